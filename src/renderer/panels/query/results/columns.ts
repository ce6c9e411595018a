export interface ResultColumn {
  readonly name: string
  readonly type: string
}

const charPx = 7.3
const paddingPx = 22
export const minColumnPx = 56
const maxFirstPx = 360

const numericTypes =
  /^(?:smallint|integer|bigint|numeric|real|double precision|money|oid|xid8?|cid)\b(?!.*\[\])/

/** Numbers stand to the right, so that digits line up. */
export function isNumeric(type: string): boolean {
  return numericTypes.test(type)
}

/** Width that suits a column's name and what its first rows hold. */
export function guessWidth(column: ResultColumn, samples: readonly (string | null)[]): number {
  const longest = samples.reduce((most, text) => Math.max(most, firstLineLength(text)), 0)
  const chars = Math.max(longest, column.name.length + 1, Math.min(column.type.length, 18))
  return Math.round(Math.min(Math.max(chars * charPx + paddingPx, minColumnPx), maxFirstPx))
}

function firstLineLength(text: string | null): number {
  if (text === null) return 4
  const end = text.indexOf('\n')
  return end < 0 ? text.length : end
}

/** What of a cell is drawn in a grid's one line: breaks become signs, and no more than fits any screen. */
export function cellPreview(text: string): string {
  const short = text.length > 500 ? text.slice(0, 500) : text
  return short.replace(/\r\n|\r|\n/g, '↵').replaceAll('\t', '⇥')
}
