import { formatCount, formatDuration } from '#shared/units/index.ts'
import type { PlanNode } from '../../plan-types.ts'
import { isCatalog, isWorth, sumOf } from '../facts.ts'
import type { FindingDraft, Rule, RuleContext } from '../finding.ts'
import { openStatement, tableName } from '../sql.ts'

/** Smaller tables are counted before anybody notices. */
const fewRows = 10_000

const scans: ReadonlySet<string> = new Set(['Seq Scan', 'Index Only Scan', 'Index Scan'])
const between: ReadonlySet<string> = new Set(['Gather', 'Append', 'Aggregate'])

/** The scans under an aggregate, if nothing but scans of whole tables is there. */
function findWholeScans(context: RuleContext, node: PlanNode): readonly PlanNode[] | undefined {
  const found: PlanNode[] = []
  const open = [...context.children(node)]
  for (let below = open.pop(); below !== undefined; below = open.pop()) {
    if (scans.has(below.nodeType) && below.conditions.length === 0 && below.relation !== undefined)
      found.push(below)
    else if (between.has(below.nodeType) && (below.nodeType !== 'Aggregate' || below.strategy === 'Plain'))
      open.push(...context.children(below))
    else return undefined
  }
  return found.length === 0 || found.some(isCatalog) ? undefined : found
}

/** Different values are counted by nothing else. */
const counts = /\bcount\((?!DISTINCT\b)/i
const calls = /\w\(/

/** Rows without columns are only counted: sums need what they sum up. `count(id)` shows in the output or the text. */
function isCount(context: RuleContext, node: PlanNode, found: readonly PlanNode[]): boolean {
  if (node.output.length > 0)
    return (
      node.output.some((text) => counts.test(text)) &&
      node.output.every((text) => counts.test(text) || !calls.test(text))
    )
  if (found.every(({ planWidthBytes }) => planWidthBytes === 0)) return true
  // The statement's own count, and not what a subquery in it computes.
  for (let at: PlanNode | undefined = node; at !== undefined; at = context.parent(at))
    if (at.parentRelationship === 'InitPlan' || at.parentRelationship === 'SubPlan') return false
  return /^\s*select\s+count\s*\((?!\s*distinct\b)/i.test(context.statement ?? '')
}

function draft(context: RuleContext, node: PlanNode): readonly FindingDraft[] {
  const found = findWholeScans(context, node)
  const [first] = found ?? []
  if (found === undefined || first === undefined || !isCount(context, node, found)) return []
  const rows = sumOf(found, (scan) => (context.plan.analyzed ? scan.totalRows : scan.planRows)) ?? 0
  if (rows < fewRows) return []
  if (context.plan.analyzed && !isWorth(context, node.inclusiveMs)) return []
  const table = tableName(first)
  const isVisited = found.some(({ nodeType }) => nodeType === 'Seq Scan')
  const name = table ?? ''
  const where =
    found.length === 1 ? (first.relation ?? 'the table') : `${formatCount(found.length)} tables or partitions`
  return [
    {
      nodeId: node.id,
      relatedNodeIds: found.map(({ id }) => id),
      title: `Counts all ${formatCount(Math.round(rows))} rows of ${where}`,
      evidence: [
        { label: 'Rows counted', value: formatCount(Math.round(rows)), nodeId: first.id },
        ...(node.inclusiveMs === undefined
          ? []
          : [{ label: 'Time, with all below', value: formatDuration(node.inclusiveMs), nodeId: node.id }]),
      ],
      advice: [
        ...(found.length === 1
          ? [
              openStatement(
                'Where about right is enough (a page count, a dashboard), ask the catalogue: as of the last ANALYZE or vacuum.',
                'Open the estimate',
                `SELECT reltuples::bigint FROM pg_class WHERE oid = '${name.replaceAll("'", "''")}'::regclass;`,
              ),
            ]
          : [
              {
                text: 'Where about right is enough, sum up pg_class.reltuples of the tables: as of the last ANALYZE or vacuum.',
              },
            ]),
        {
          text: 'To tell whether there are any, or more than a page of them, count no further than needed: SELECT count(*) FROM (SELECT 1 FROM … LIMIT 1001).',
        },
        ...(isVisited && table !== undefined
          ? [
              {
                text: 'Where the count must be exact and often, an index-only scan of the smallest index reads less than the table, as long as the table is vacuumed; or keep the number in a table of its own by a trigger.',
              },
            ]
          : [
              {
                text: 'Where the count must be exact and often, keep the number in a table of its own by a trigger.',
              },
            ]),
      ],
      timeAtStakeMs: node.inclusiveMs,
    },
  ]
}

export const countEverything: Rule = {
  id: 'count-everything',
  name: 'Counts every row of a table',
  why: 'A table has no count of its own: each transaction may see other rows, so that all are visited, every time, and ever longer as the table grows.',
  verify:
    'Run what stands in its place: the catalogue answers in less than a millisecond, a bounded count stops at its LIMIT.',
  notWhen:
    'The exact number is the very question, and it is asked seldom: a report, a check after a migration.',
  nodeTypes: new Set(['Aggregate']),
  concerns: (node) =>
    node.strategy === 'Plain' &&
    node.partialMode !== 'Partial' &&
    node.conditions.length === 0 &&
    !node.neverExecuted,
  find: (context, nodes) => nodes.flatMap((node) => draft(context, node)),
}
