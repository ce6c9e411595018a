import type { SourceLine } from '../source-line.ts'
import type { LineKind } from './classify-line.ts'
import { joinLine, type LogicalLine } from './logical-line.ts'
import { readNodeLine } from './node-line.ts'
import type { PlainLine } from './plain-line.ts'
import { joinWrapped, type Wrap } from './wrap.ts'

/** The line that is being read: of the server, perhaps in pieces. */
export interface OpenLine {
  readonly line: LogicalLine
  readonly kind: LineKind
  readonly source: SourceLine
}

/** What stands below it, which may go on it. */
export interface NextLine {
  readonly plain: PlainLine
  readonly kind: LineKind
  /** Blank lines before it. */
  readonly blanks: number
  /** Whether it is a piece of the line above it, as the whole text proves. */
  readonly isPiece: boolean
}

/** Whether the figures of a node read to their end. */
function isWhole(text: string): boolean {
  const { isCut, rest } = readNodeLine(text)
  return !isCut && rest === ''
}

/** A node that came in pieces. */
export function isCutNode({ line, kind }: OpenLine): boolean {
  return line.pieces !== undefined && (kind.kind === 'node' || kind.kind === 'bareNode')
}

/**
 * The text of a line whose pieces are all here.
 *
 * @param cutWidth the column at which lines were cut, where several tell the same
 * @param margin column at which the plan begins
 * @param isWrapped lines of nodes before it were cut at spaces
 * @param wrap how the whole text was wrapped, if that is known
 */
export function textOf(
  open: OpenLine,
  cutWidth: () => number | undefined,
  margin: number,
  isWrapped: boolean,
  wrap: Wrap | undefined,
): string {
  const { line } = open
  if (line.pieces === undefined) return line.first.text
  if (wrap !== undefined) {
    const text = joinWrapped([line.first, ...line.pieces.map(({ plain }) => plain)], wrap)
    if (!isCutNode(open) || isWhole(text)) return text
  }
  const width = cutWidth()
  const text = joinLine(line, width, margin, isWrapped && width === undefined)
  if (!isCutNode(open) || isWhole(text)) return text
  // Cut once, inside a word: nothing tells but that the figures read whole without a space.
  const tight = joinLine(line, 0)
  return isWhole(tight) ? tight : text
}
