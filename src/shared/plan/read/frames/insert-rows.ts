import type { SourceLine } from '../source-line.ts'
import { withText } from './split-lines.ts'

/** A row of one text, as clients export results as statements: `INSERT INTO … VALUES ('…');`, or a row of its list. */
const row = /^(\s*(?:INSERT\s+INTO\s[^']{1,400}VALUES\s*)?\(\s*')(.*)'\s*\)\s*[,;]?\s*$/i
const head = /^\s*INSERT\s+INTO\s[^']{1,400}VALUES\s*(?:\(|$)/i
export const insertSign = /^\s*INSERT\s+INTO\s/im

/** Takes plans out of the statements that insert their lines as rows. */
export function withoutInserts(lines: readonly SourceLine[]): readonly SourceLine[] {
  const from = lines.findIndex(({ text }) => head.test(text))
  if (from === -1) return lines
  return lines.map((line, at) => {
    if (at < from || line.text.length > 100_000) return line
    const found = row.exec(line.text)
    if (found === null) return line
    const [, before = '', body = ''] = found
    return withText(line, body.replaceAll("''", "'"), before.length)
  })
}
