import type { SourceLine } from '../source-line.ts'
import { labelOf } from '../text/classify-line.ts'
import { isNodeLine } from '../text/node-line.ts'
import { isStatementLabel } from '../text/statement-lines.ts'
import { displayLength } from './display-length.ts'
import { isFooter } from './furniture.ts'

/** Whether a blank stands right at the edge: with it old-ascii marks what it breaks. */
export const endsInBlankMark = (text: string, hasMargin: boolean, width: number): boolean =>
  text.endsWith(' ') && displayLength(text) === (hasMargin ? width : width + 1)

/**
 * Whether rows are padded: by another client, or by psql where one cell holds the whole plan, whose lines end in such a
 * mark, too.
 */
export function arePadded(lines: readonly SourceLine[], from: number): boolean {
  for (let at = from; at < lines.length; at += 1) {
    const { text = '' } = lines[at] ?? {}
    if (text.trim() === '' || isFooter(text)) return false
    if (text.endsWith('    ')) return true
  }
  return false
}

const cellOfRow = /^\s*\| ( ?\S.*?) *\|\s*$/
/** What stands at the margin of a plan in JSON, YAML or XML. */
const outermost = /^(?:[[\]]$|- Plan:|<\/?explain\b)/

/** Whether a row goes on with the one above: it stands at the margin, where only a node and the statement's own lines begin. */
export function isRestOfCell(row: SourceLine | undefined): boolean {
  const cell = cellOfRow.exec(row?.text ?? '')?.[1]?.trim()
  if (cell === undefined || outermost.test(cell) || isNodeLine(cell)) return false
  const label = labelOf(cell)
  return label === undefined || !isStatementLabel(label)
}
