import type { Advice, FindingDraft, Rule, RuleContext } from '../finding.ts'
import { indexStatement, unqualified } from '../index-keys.ts'
import { tableOf } from '../partitioned.ts'
import { findScanLosses, lossEvidence, lossWords, mayLoseRows, type ScanLoss } from '../scan-losses.ts'
import { openStatement } from '../sql.ts'
import { columnText, expressionIndex, rewriting, type Wrapped, wrappedOf } from '../wrapped-columns.ts'

/** Whoever filters by a month or a year keeps more rows than others do; a range on the column still serves. */
const leastShare = 0.75

/** Expressions may be longer than a title. */
const clip = (text: string): string => (text.length > 32 ? `${text.slice(0, 31)}…` : text)

function advise(context: RuleContext, loss: ScanLoss, wrapped: Wrapped): readonly Advice[] {
  const advice: Advice[] = [{ text: rewriting(wrapped) }]
  const table = tableOf(context, loss)
  const index = expressionIndex(loss.filter.uses, wrapped)
  if (table !== undefined && index !== undefined)
    advice.push(
      openStatement(
        'Or index the expression itself. ANALYZE gathers statistics for it, too.',
        'Open CREATE INDEX',
        `${indexStatement(table, index)}\nANALYZE ${table};`,
      ),
    )
  return advice
}

function draft(context: RuleContext, loss: ScanLoss): FindingDraft {
  const found = wrappedOf(loss.filter.uses)
  if (found === undefined) throw new Error('a loss by a function without one')
  const what = unqualified(found.operand)
  const kind =
    found.operand.kind === 'column' ? 'cast' : found.operand.kind === 'call' ? 'function' : 'arithmetic'
  return {
    nodeId: loss.node.id,
    relatedNodeIds: loss.others.map(({ id }) => id),
    title: `${clip(what)} hides ${columnText(found.operand)} from its index: the scan ${lossWords(loss)}`,
    evidence: [{ label: `Column in a ${kind}`, value: what, nodeId: loss.node.id }, ...lossEvidence(loss)],
    advice: advise(context, loss, found),
    timeAtStakeMs: loss.atStakeMs,
  }
}

export const functionOrCastOnIndexedColumn: Rule = {
  id: 'function-or-cast-on-indexed-column',
  name: 'Function or cast on an indexed column',
  why: 'An index holds the column’s values, not what a function makes of them, so every row is read and computed. The planner has no statistics for the result either.',
  verify:
    'Run the statement again: the condition stands under Index Cond, the rows removed are gone, and the estimate comes close to the rows that came.',
  notWhen: 'Most rows pass the condition anyway, or the statement is rare: then the scan is the right way.',
  concerns: mayLoseRows,
  find: (context, scans) =>
    findScanLosses(context, scans, 'function', leastShare).map((loss) => draft(context, loss)),
}
