import { extraLines, type RawValue } from '../raw.ts'

/** How a line of a foreign text begins that stood under a label, and no entry of a list: further in, or with a sign. */
const foreignLine = /^[\s:│┌└├]/

/** The lines of a key that text writes as it stands: `Filter: (a > 1)`; lists are joined, groups of unknown keys are shown as JSON. */
export function plainLines(key: string, value: RawValue): readonly string[] {
  if (value === null) return []
  if (!Array.isArray(value)) return [`${key}: ${scalar(value)}`]
  const entries = value.map((entry) => scalar(entry))
  if (key === extraLines) return entries
  if (entries.some((entry) => foreignLine.test(entry)))
    return [`${key}:`, ...entries.map((entry) => `  ${entry}`)]
  return [`${key}: ${entries.join(', ')}`]
}

const scalar = (value: RawValue): string =>
  typeof value === 'object' ? JSON.stringify(value) : String(value)
