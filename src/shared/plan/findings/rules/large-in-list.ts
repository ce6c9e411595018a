import { formatCount, formatDuration } from '#shared/units/index.ts'
import type { PlanNode } from '../../plan-types.ts'
import { isWorth } from '../facts.ts'
import type { Advice, FindingDraft, Rule, RuleContext } from '../finding.ts'

/** Shorter lists are looked through in no time, or hashed (from 14 on). */
const leastValues = 500
/** In an estimate nothing tells that it hurts: only the really long ones. */
const leastValuesEstimated = 2_000

/**
 * A value compared takes a few nanoseconds, and half of the list is passed on the average. Quicker rows are looked up in a
 * hash table (from 14 on, NOT IN from 15 on): there the list costs nothing, and a join would cost more.
 */
const nsPerValue = 1.5

const isQuick = (
  { exclusiveWorkMs, exclusiveMs, totalRows = 0, rowsRemoved }: PlanNode,
  { count, isPatterns }: List,
): boolean => {
  const ms = exclusiveWorkMs ?? exclusiveMs
  if (ms === undefined) return false
  const rows = rowsRemoved.reduce((sum, removed) => sum + removed.totalRows, totalRows)
  return (ms * 1e6) / Math.max(1, rows) < count * (isPatterns ? nsPerPattern : nsPerValue)
}

/** Patterns are tried one by one, in every version, and each takes far longer than a value. */
const leastPatterns = 50
const nsPerPattern = 15

/** The shortest text that lists so many. */
const leastLength = 2 * leastPatterns
const filters: ReadonlySet<string> = new Set(['Filter', 'Join Filter'])

interface List {
  readonly count: number
  /** What is compared with the list. */
  readonly subject: string
  readonly operator: string
  readonly isPatterns: boolean
}

/** The longest constant list in a condition, counted without reading the condition whole: it may have megabytes. */
function longestList(text: string): List | undefined {
  let longest: List | undefined
  for (const match of text.matchAll(/(<>|=|!?~~?\*?) (ANY|ALL) \('\{/g)) {
    const from = match.index + match[0].length
    const end = text.indexOf("}'", from)
    if (end < 0) break
    let count = 1
    for (let at = text.indexOf(',', from); at !== -1 && at < end; at = text.indexOf(',', at + 1)) count += 1
    if (count <= (longest?.count ?? 0)) continue
    const before = text.slice(Math.max(0, match.index - 120), match.index).trimEnd()
    const subject =
      /([\w."]+(?:\)?::[\w ]+)?\)?)$/.exec(before)?.[1]?.replace(/\)?::.*$|\)$/g, '') ?? 'a column'
    longest = {
      count,
      subject,
      operator: `${match[1] ?? ''} ${match[2] ?? ''}`,
      isPatterns: match[1]?.includes('~') === true,
    }
  }
  return longest
}

const adviseForPatterns: readonly Advice[] = [
  {
    text: "Say the patterns as one regular expression (~ 'abc|def|ghi'), or leave out those that another one holds: each row is then read through once. Compare both.",
  },
  {
    text: 'Where few rows match, an index of trigrams (pg_trgm, gin) finds them for patterns with at least three letters in a row, too; words of a text are found by full-text search.',
  },
]

function judge(context: RuleContext, node: PlanNode): FindingDraft | undefined {
  const text = node.conditions.find(({ label }) => filters.has(label))?.texts.join(' ')
  const list = text === undefined || text.length < leastLength ? undefined : longestList(text)
  if (list === undefined || list.count < (list.isPatterns ? leastPatterns : leastValues)) return undefined
  if (
    node.exclusiveMs === undefined ? list.count < leastValuesEstimated : !isWorth(context, node.exclusiveMs)
  )
    return undefined
  if (isQuick(node, list)) return undefined
  const isNot = list.operator.startsWith('<>')
  return {
    nodeId: node.id,
    title: `Each row is compared with a list of ${formatCount(list.count)} ${list.isPatterns ? 'patterns' : 'values'}`,
    evidence: [
      {
        label: list.isPatterns ? 'Patterns in the list' : 'Values in the list',
        value: formatCount(list.count),
        nodeId: node.id,
      },
      { label: 'Compared with', value: `${list.subject} ${list.operator}`, nodeId: node.id },
      ...(node.exclusiveMs === undefined
        ? []
        : [{ label: 'Own time', value: formatDuration(node.exclusiveMs), nodeId: node.id }]),
      ...(context.plan.planningMs === undefined
        ? []
        : [{ label: 'Planning', value: formatDuration(context.plan.planningMs) }]),
    ],
    advice: list.isPatterns
      ? adviseForPatterns
      : [
          {
            text: isNot
              ? `Put the values into a temporary table (or a VALUES list) and use NOT EXISTS: the rows are then hashed once.`
              : `Join the values instead of listing them: … JOIN unnest($1::…[]) AS wanted(value) ON ${list.subject} = wanted.value, with the list as one array parameter.`,
          },
          {
            text: 'For lists that are used again, keep them in a temporary table with a primary key and ANALYZE it: the planner then knows how many there are.',
          },
        ],
    timeAtStakeMs: node.exclusiveMs,
    ...(context.plan.timed ? {} : { severity: 'info' as const }),
  }
}

export const largeInList: Rule = {
  id: 'large-in-list',
  name: 'A filter by a long list',
  why: 'The list is parsed and planned with every statement, its rows are guessed, and before PostgreSQL 14 (15 for NOT IN), or where it can’t be hashed, each row walks through it.',
  verify: 'Run it again: a join with the values stands in place of the filter, and planning takes less.',
  notWhen: 'When the time goes into reading the table, and the list only happens to be there.',
  concerns: (node) =>
    !node.neverExecuted &&
    node.conditions.some(
      ({ label, texts }) =>
        (texts.length > 1 || (texts[0]?.length ?? 0) >= leastLength) && filters.has(label),
    ),
  find: (context, nodes) => nodes.map((node) => judge(context, node)).filter((draft) => draft !== undefined),
}
