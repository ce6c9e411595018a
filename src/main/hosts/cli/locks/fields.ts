import type { EpochMs } from '#shared/units/index.ts'

export type JsonObject = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The first of some names that has a value: the same column goes by several. `null` is no value. */
export function pick(object: JsonObject, names: readonly string[]): unknown {
  for (const name of names) if (object[name] !== undefined && object[name] !== null) return object[name]
  return undefined
}

export function readText(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value
  return typeof value === 'number' ? String(value) : undefined
}

/** A whole number, as such or as text. */
export function readWhole(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : undefined
  return typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : undefined
}

/** `true`, `t`, `1` and so on; undefined where it is neither true nor false. */
export function readFlag(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value
  const word = String(value).toLowerCase()
  if (['t', 'true', '1', 'yes', 'on'].includes(word)) return true
  return ['f', 'false', '0', 'no', 'off'].includes(word) ? false : undefined
}

const timestamp = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.(\d+))?\s*(?:Z|([+-]\d\d)(?::?(\d\d))?)?$/

/** Below this a number of seconds since 1970, above it one of milliseconds. */
const mostSeconds = 100_000_000_000

/** A moment as the server writes it (microseconds are kept, no zone means UTC), or a number of seconds or milliseconds since 1970. */
export function readMoment(value: unknown): EpochMs | undefined {
  if (typeof value === 'number') return Math.abs(value) < mostSeconds ? value * 1_000 : value
  const text = readText(value)
  if (text === undefined) return undefined
  if (/^\d+(\.\d+)?$/.test(text)) return readMoment(Number(text))
  const [, date, time, fraction = '0', hours = '+00', minutes = '00'] = timestamp.exec(text) ?? []
  if (date === undefined) return undefined
  return Date.parse(`${date}T${time}${hours}:${minutes}`) + Number(`0.${fraction}`) * 1_000
}

/** Only the entries that have a value. */
export function withoutAbsent<Entries extends object>(
  entries: Entries,
): { [Key in keyof Entries]?: Exclude<Entries[Key], undefined> } {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Entries]?: Exclude<Entries[Key], undefined>
  }
}
