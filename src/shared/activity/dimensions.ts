import type { BackendSample } from './model.ts'

/** What load can be told apart by. */
export const loadDimensions = [
  'waitClass',
  'waitEvent',
  'statement',
  'user',
  'database',
  'application',
  'client',
  'backendType',
] as const
export type LoadDimension = (typeof loadDimensions)[number]

/** Key of what has no value in a dimension (no database, no query id …). */
export const noKey = ''

/**
 * The key under which a sample counts in a dimension. Wait events are `class:event` (`CPU` alone has none), statements
 * their query id, or, on servers without one, the text itself.
 */
export function loadKeyOf(sample: BackendSample, by: LoadDimension): string {
  if (by === 'waitClass') return sample.waitClass
  if (by === 'waitEvent')
    return sample.waitEvent === undefined ? sample.waitClass : `${sample.waitClass}:${sample.waitEvent}`
  if (by === 'statement') return sample.queryId ?? sample.statement ?? noKey
  return sample[by] ?? noKey
}
