import { formatCount } from '#shared/units/index.ts'
import type { Advice, FindingDraft, Rule, RuleContext } from '../finding.ts'
import { indexKeys, indexStatement, unqualified } from '../index-keys.ts'
import { findJoinLosses, type JoinLoss, joinEvidence, mayJoinFew } from '../join-losses.ts'
import { tableOf } from '../partitioned.ts'
import type { TermUse } from '../scan-filters.ts'
import { findScanLosses, lossEvidence, lossWords, mayLoseRows, type ScanLoss } from '../scan-losses.ts'
import { openStatement } from '../sql.ts'
import {
  columnText,
  expressionIndex,
  rewriting,
  sidesOf,
  type Wrapped,
  wrappedOf,
} from '../wrapped-columns.ts'

/** Whoever filters by a month or a year keeps more rows than others do; a range on the column still serves. */
const leastShare = 0.75

/** Expressions may be longer than a title. */
const clip = (text: string): string => (text.length > 32 ? `${text.slice(0, 31)}…` : text)

function advise(
  context: RuleContext,
  scans: Pick<ScanLoss, 'node' | 'others'>,
  wrapped: Wrapped,
  index = expressionIndex([wrapped], wrapped),
): readonly Advice[] {
  const advice: Advice[] = [{ text: rewriting(wrapped) }]
  const table = tableOf(context, scans)
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

/** An OR of which each side has to find an index: the server adds up what all of them find. */
function adviseSides(context: RuleContext, loss: ScanLoss, sides: readonly TermUse[]): readonly Advice[] {
  const texts = new Set(sides.flatMap((side) => (side.kind === 'wrapped' ? [rewriting(side)] : [])))
  const table = tableOf(context, loss)
  const indexes = sides.map((side) =>
    side.kind === 'wrapped' ? expressionIndex([side], side) : indexKeys([side]),
  )
  const advice: Advice[] = [
    ...[...texts].slice(0, 2).map((text) => ({ text })),
    {
      text: 'Every side of the OR needs its index: the server then adds up what they find (BitmapOr); one side without leaves the scan of the whole table.',
    },
  ]
  const statements = new Set(
    indexes.flatMap((index) =>
      index === undefined || table === undefined ? [] : [indexStatement(table, index)],
    ),
  )
  if (table !== undefined && indexes.every((index) => index !== undefined))
    advice.push(
      openStatement(
        'Or index each side as it stands. ANALYZE gathers statistics for the expressions, too.',
        'Open CREATE INDEX',
        `${[...statements].join('\n')}\nANALYZE ${table};`,
      ),
    )
  return advice
}

function draft(context: RuleContext, loss: ScanLoss): FindingDraft {
  const own = wrappedOf(loss.filter.uses)
  const sides = own === undefined || !own.isEquality ? sidesOf(loss.filter.uses) : []
  const found = wrappedOf(sides) ?? own
  if (found === undefined) throw new Error('a loss by a function without one')
  const what = unqualified(found.operand)
  const kind =
    found.operand.kind === 'column' ? 'cast' : found.operand.kind === 'call' ? 'function' : 'arithmetic'
  return {
    nodeId: loss.node.id,
    relatedNodeIds: loss.others.map(({ id }) => id),
    title: `${clip(what)} hides ${columnText(found.operand)} from its index: the scan ${lossWords(loss)}`,
    evidence: [{ label: `Column in a ${kind}`, value: what, nodeId: loss.node.id }, ...lossEvidence(loss)],
    advice:
      sides.length > 0
        ? adviseSides(context, loss, sides)
        : advise(context, loss, found, expressionIndex(loss.filter.uses, found)),
    timeAtStakeMs: loss.atStakeMs,
  }
}

/** A table read whole for a join that computes something of its column, of which it keeps the partners of a few rows. */
function joinDraft(context: RuleContext, loss: JoinLoss, wrapped: Wrapped): FindingDraft {
  const { scan, others, join, readRows, keptRows } = loss
  const what = unqualified(wrapped.operand)
  return {
    nodeId: scan.id,
    relatedNodeIds: [join.id, ...others.map(({ id }) => id)],
    title: `${clip(what)} hides ${columnText(wrapped.operand)} from its index: the join keeps ${formatCount(Math.round(keptRows))} of ${formatCount(Math.round(readRows))} rows of ${scan.relation ?? 'the table'}`,
    evidence: joinEvidence(loss),
    advice: advise(context, { node: scan, others }, wrapped),
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
  concerns: (node) => mayLoseRows(node) || mayJoinFew(node),
  find: (context, nodes) => [
    ...findScanLosses(context, nodes, 'function', leastShare).map((loss) => draft(context, loss)),
    ...findJoinLosses(context, nodes).flatMap((loss) =>
      loss.wrapped === undefined ? [] : [joinDraft(context, loss, loss.wrapped)],
    ),
  ],
}
