import { splitFields } from './fields.ts'

/** Tasks that ran, waited for a core or for a disk, averaged over one, five and fifteen minutes. */
export interface LoadAverages {
  readonly one: number
  readonly five: number
  readonly fifteen: number
}

/**
 * `/proc/loadavg`.
 *
 * @source proc(5), /proc/loadavg
 */
export function parseLoadAverages(text: string): LoadAverages | undefined {
  const [one, five, fifteen] = splitFields(text).slice(0, 3).map(Number)
  if (one === undefined || five === undefined || fifteen === undefined) return undefined
  return [one, five, fifteen].every(Number.isFinite) ? { one, five, fifteen } : undefined
}
