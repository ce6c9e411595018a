import type { SourceLine } from '../source-line.ts'
import { lastPiece } from './logical-line.ts'
import type { NextLine, OpenLine } from './open-line.ts'
import type { PlanState } from './plan-state.ts'
import { wasFull, widthOf } from './wrap.ts'

/** Figures that end a node, and what is no rest of a line: marks of pages and programs, comments, statements. */
const closed = /\((?:cost=|actual )[^()]{1,200}\)$|\(never executed\)$/
const isOther =
  /^(?:--|[<{[$\\#*;`]|(?:EXPLAIN|SELECT|SET|RESET|BEGIN|COMMIT|ROLLBACK|DROP|CREATE|INSERT|UPDATE|DELETE|WITH)\b)|;\s*$/i
/** What people put for lines that they left out. */
const leftOut = /^\[?(?:\.{3,9}|…)\]?$/
/** Narrower lines are not broken by anybody. */
const leastBroken = 60

/** Says that what ends the plan may be the rest of its last line, where nothing but the width of that tells. */
export function warnOfDoubt(
  { warnings, beside }: PlanState,
  { line, source }: OpenLine,
  { plain, kind, blanks }: NextLine,
  below: SourceLine,
  widest: number,
): void {
  if (leftOut.test(plain.text)) {
    // Behind the execution time nothing more could come.
    if (blanks === 0 && beside['Execution Time'] === undefined)
      warnings.add(`The text leaves out the rest of the plan (line ${below.line}).`)
    return
  }
  const above = lastPiece(line)
  const isLoose = kind.kind === 'other' || (kind.kind === 'label' && kind.place === 'unknown')
  if (closed.test(above.text) || isOther.test(plain.text)) return
  if (!isLoose || blanks > 0 || widthOf(above) < leastBroken || !wasFull(above, plain, widest)) return
  warnings.add(`Line ${below.line} may be the rest of line ${source.line}, and was left out.`)
}
