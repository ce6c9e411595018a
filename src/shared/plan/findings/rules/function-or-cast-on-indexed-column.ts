import type { Operand } from '../conditions.ts'
import type { Advice, FindingDraft, Rule, RuleContext } from '../finding.ts'
import {
  type IndexKeys,
  indexKeys,
  indexStatement,
  isIndexable,
  otherSide,
  patternKeys,
  unqualified,
} from '../index-keys.ts'
import { tableOf } from '../partitioned.ts'
import type { TermUse } from '../scan-filters.ts'
import { findScanLosses, lossEvidence, lossWords, mayLoseRows, type ScanLoss } from '../scan-losses.ts'
import { openStatement, quoteIdentifier } from '../sql.ts'

/** Whoever filters by a month or a year keeps more rows than others do; a range on the column still serves. */
const leastShare = 0.75

type Wrapped = Extract<TermUse, { kind: 'wrapped' }>

const columnText = (operand: Operand): string => quoteIdentifier(operand.columns[0]?.name ?? 'column')

const dateParts = new Set([
  'date_trunc',
  'date_part',
  'extract',
  'to_char',
  'timezone',
  'date',
  'date_bin',
  'age',
])

/** Parts of a time that come again and again. */
const recurring =
  /\bEXTRACT\((dow|isodow|doy|hour|minute|second|day|week|month|quarter) |\bdate_part\('(dow|isodow|doy|hour|minute|second|day|week|month|quarter)'/i

/** Expressions may be longer than a title. */
const clip = (text: string): string => (text.length > 32 ? `${text.slice(0, 31)}…` : text)

/** How to say the same with the column left alone. */
function rewriting({ operand, comparison }: Wrapped): string {
  const column = columnText(operand)
  const { callee } = operand
  const ranged = `Compare the column itself with a range instead: ${column} >= … AND ${column} < …`
  if (operand.kind === 'column') {
    return operand.casts.some((type) => /^(date|timestamp)/.test(type))
      ? ranged
      : `Leave ${column} as it is and cast the other side to its type: often a driver's parameter has the wrong type (“${comparison.text}”).`
  }
  if (recurring.test(operand.text))
    return `No range of ${column} stands for this part of a time: keep it in a generated column with an index, or index the expression where the column's type has no time zone.`
  if (callee !== undefined && dateParts.has(callee)) return ranged
  if (callee === 'lower' || callee === 'upper')
    return `Index the expression as it stands below, or give ${column} a case-insensitive collation (or type citext).`
  if (callee === 'substr' || callee === 'substring' || callee === 'left')
    return `Say it as a pattern from the start: ${column} LIKE 'abc%', with an index of text_pattern_ops.`
  if (callee === 'coalesce')
    return `Compare ${column} itself: ${column} ${comparison.operator} …, with OR ${column} IS NULL only where the value put in for NULL passes, too; or declare the column NOT NULL.`
  if (operand.kind === 'expression')
    return `Move the arithmetic to the other side, so that ${column} stands alone.`
  return `Say the condition about ${column} itself, if it can be said without ${callee ?? 'the call'}.`
}

/** The expression with the filter's other columns, where they serve together; else alone. */
function expressionIndex(loss: ScanLoss, wrapped: Wrapped): IndexKeys | undefined {
  const { operand } = wrapped
  const pattern = patternKeys(wrapped)
  if (pattern !== undefined || wrapped.like !== undefined) return pattern
  if (!isIndexable(operand, otherSide(wrapped))) return undefined
  const keys = indexKeys(loss.filter.uses)?.keys ?? []
  const expression = `(${unqualified(operand)})`
  return { keys: keys.includes(expression) ? keys : [expression], method: undefined }
}

function advise(context: RuleContext, loss: ScanLoss, wrapped: Wrapped): readonly Advice[] {
  const advice: Advice[] = [{ text: rewriting(wrapped) }]
  const table = tableOf(context, loss)
  const index = expressionIndex(loss, wrapped)
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
  const wrapped = loss.filter.uses.find((use) => use.kind === 'wrapped' && use.isEquality)
  const found = wrapped ?? loss.filter.uses.find((use) => use.kind === 'wrapped')
  if (found?.kind !== 'wrapped') throw new Error('a loss by a function without one')
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
