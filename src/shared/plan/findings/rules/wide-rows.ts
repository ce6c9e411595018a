import { formatBytes, formatCount } from '#shared/units/index.ts'
import { titleOf } from '../../derive/title.ts'
import type { PlanNode } from '../../plan-types.ts'
import { isWorth, shareOf } from '../facts.ts'
import type { FindingDraft, Rule, RuleContext } from '../finding.ts'
import { largestBy } from '../subtree.ts'

/** Ordinary rows have some hundred bytes. */
const leastWidthBytes = 500
/** 4 MB is the usual work_mem. */
const leastCarriedBytes = 4 * 1_048_576
const leastShare = 0.1
/** Of copying rows in memory; measured with rows of 550 bytes: narrow ones took 31 ms to sort instead of 36. */
const copyShare = 0.3
/** What leaves the statement counts only when it is much: EXPLAIN does not send it. */
const leastResultWidthBytes = 1_000
const leastResultBytes = 32 * 1_048_576

/** Nodes that copy whole rows into memory or files. */
const carries = new Set([
  'Sort',
  'Incremental Sort',
  'Hash',
  'Materialize',
  'WindowAgg',
  'CTE Scan',
  'Memoize',
])

const bytesOf = (node: PlanNode): number => (node.planWidthBytes ?? 0) * (node.totalRows ?? 0)

const adviseFor = (what: string): FindingDraft['advice'] => [
  { text: `Select only the columns that are needed instead of *: every one is carried through ${what}.` },
  {
    text: 'Where the wide columns are needed for the few rows of the result, carry the key through, and join the table once more by it at the end.',
  },
]

function judgeCarrier(context: RuleContext, node: PlanNode): FindingDraft | undefined {
  const { exclusiveMs, planWidthBytes = 0 } = node
  // Only the first rows are kept, however many come.
  if (node.sort?.method?.includes('top-N') === true) return undefined
  const bytes = bytesOf(node)
  if (bytes < leastCarriedBytes) return undefined
  if (!isWorth(context, shareOf(exclusiveMs, copyShare)) || (exclusiveMs ?? 0) < leastShare * context.wholeMs)
    return undefined
  return {
    nodeId: node.id,
    title: `${titleOf(node).name} carries ${formatBytes(bytes)}: ${formatCount(planWidthBytes)} bytes a row`,
    evidence: [
      { label: 'Width of a row', value: formatBytes(planWidthBytes), nodeId: node.id },
      { label: 'Rows', value: formatCount(node.totalRows ?? 0), nodeId: node.id },
      { label: 'Carried', value: formatBytes(bytes), nodeId: node.id },
    ],
    advice: adviseFor(`the ${node.nodeType.toLowerCase()}`),
    timeAtStakeMs: shareOf(exclusiveMs, copyShare),
    ...(context.plan.timed ? {} : { severity: 'info' as const }),
  }
}

function judgeResult({ plan, blockBytes }: RuleContext): FindingDraft | undefined {
  const [root] = plan.nodes
  if (root === undefined || root.nodeType === 'ModifyTable') return undefined
  const { planWidthBytes = 0 } = root
  const bytes = bytesOf(root)
  if (planWidthBytes < leastResultWidthBytes || bytes < leastResultBytes) return undefined
  const scan =
    largestBy(plan.nodes, (node) => (node.relation === undefined ? 0 : node.planWidthBytes)) ?? root
  const width = scan.planWidthBytes ?? planWidthBytes
  return {
    nodeId: scan.id,
    title: `The result is ${formatBytes(bytes)}: ${formatCount(planWidthBytes)} bytes a row`,
    evidence: [
      { label: 'Width of a row', value: formatBytes(planWidthBytes), nodeId: root.id },
      { label: 'Rows', value: formatCount(root.totalRows ?? 0), nodeId: root.id },
      ...(width > blockBytes / 4
        ? [
            {
              label: 'Likely stored apart',
              value: 'values this wide are fetched from the TOAST table when they are sent',
              nodeId: scan.id,
            },
          ]
        : []),
    ],
    advice: adviseFor('to the client, and fetched from where large values are kept'),
    // EXPLAIN neither fetches large values nor sends them.
    timeAtStakeMs: undefined,
    severity: 'info',
  }
}

function find(context: RuleContext, nodes: readonly PlanNode[]): readonly FindingDraft[] {
  const carriers = nodes.map((node) => judgeCarrier(context, node)).filter((draft) => draft !== undefined)
  if (carriers.length > 0) return carriers
  const result = judgeResult(context)
  return result === undefined ? [] : [result]
}

export const wideRows: Rule = {
  id: 'wide-rows',
  name: 'Wide rows carried through the plan',
  why: 'Sorts, hashes and materialised rows copy every selected column of each row. Wide columns fill work_mem, spill, and push other blocks out of the caches.',
  verify: 'Plan it again: Plan Width is smaller, and with it the memory or files of the node.',
  notWhen: 'When the client needs all of these columns for all of these rows.',
  concerns: (node) =>
    (node.planWidthBytes ?? 0) >= leastWidthBytes && carries.has(node.nodeType) && !node.neverExecuted,
  find,
}
