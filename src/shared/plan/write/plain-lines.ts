import { extraLines, isRecord, type RawRecord, type RawValue } from '../raw.ts'

/** How a line of a foreign text begins that stood under a label, and no entry of a list: further in, or with a sign. */
const foreignLine = /^[\s:│┌└├]/

/** The lines of a key that text writes as it stands: `Filter: (a > 1)`; lists are joined, groups stand further in. */
export function plainLines(key: string, value: RawValue): readonly string[] {
  if (value === null) return []
  if (isRecord(value))
    return [`${key}:`, ...indented(Object.keys(value).flatMap((one) => inGroup(value, one)))]
  if (!Array.isArray(value)) return [`${key}: ${scalar(value)}`]
  const entries = value.map((entry) => scalar(entry))
  if (key === extraLines) return entries
  if (entries.some((entry) => foreignLine.test(entry))) return [`${key}:`, ...indented(entries)]
  return [`${key}: ${entries.join(', ')}`]
}

/** A group within a group is shown as JSON: servers write none. */
function inGroup(group: RawRecord, key: string): readonly string[] {
  const value = group[key]
  if (value === undefined) return []
  return plainLines(key, isRecord(value) ? JSON.stringify(value) : value)
}

const indented = (lines: readonly string[]): readonly string[] => lines.map((line) => `  ${line}`)

const scalar = (value: RawValue): string =>
  typeof value === 'object' ? JSON.stringify(value) : String(value)
