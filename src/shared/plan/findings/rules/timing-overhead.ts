import { formatCount, formatDuration } from '#shared/units/index.ts'
import type { PlanNode } from '../../plan-types.ts'
import { isWorth } from '../facts.ts'
import type { FindingDraft, Rule, RuleContext } from '../finding.ts'
import { largestBy } from '../subtree.ts'

const leastLoops = 500_000
/** A node that takes less a call is largely the clock: two looks at it take 40 to 100 ns. */
const leastNsPerCall = 100
/** Reading the clock twice, at the quick end. */
const clockNsPerCall = 50

/** Each row asked for reads the clock before and after; the row that ends a loop too. */
const callsOf = ({ loops = 0, totalRows = 0 }: PlanNode): number => loops + totalRows

const isMostlyClock = (node: PlanNode): boolean =>
  (node.loops ?? 0) >= leastLoops &&
  node.exclusiveWorkMs !== undefined &&
  (node.exclusiveWorkMs * 1e6) / callsOf(node) < leastNsPerCall

function find(context: RuleContext, nodes: readonly PlanNode[]): readonly FindingDraft[] {
  const { plan } = context
  if (!plan.timed) return []
  const worst = largestBy(nodes, callsOf)
  if (worst === undefined) return []
  const calls = nodes.reduce((sum, node) => sum + callsOf(node) / Math.max(1, node.processes ?? 1), 0)
  // A node's clock is partly in its own time and partly in its parent's.
  const ownMs = nodes.reduce(
    (sum, node) => sum + (node.exclusiveMs ?? 0) + (context.parent(node)?.exclusiveMs ?? 0),
    0,
  )
  const atStakeMs = Math.min((calls * clockNsPerCall) / 1e6, ownMs)
  if (!isWorth(context, atStakeMs)) return []
  return [
    {
      nodeId: worst.id,
      relatedNodeIds: nodes.filter((node) => node !== worst).map(({ id }) => id),
      title: `The clock was read for ${formatCount(Math.round(calls))} calls: part of this time is the measuring`,
      evidence: [
        { label: 'Loops', value: formatCount(worst.loops ?? 0), nodeId: worst.id },
        { label: 'Rows', value: formatCount(worst.totalRows ?? 0), nodeId: worst.id },
        { label: 'Likely time in the clock', value: `about ${formatDuration(atStakeMs)}` },
      ],
      advice: [
        {
          text: 'Run it with EXPLAIN (ANALYZE, TIMING OFF): rows and the whole time stay, the times of nodes go, and so does their price.',
        },
        {
          text: 'See how dear the clock is on this server: the program pg_test_timing tells it; a virtual machine without tsc reads it many times slower.',
        },
      ],
      timeAtStakeMs: atStakeMs,
      severity: 'info',
    },
  ]
}

export const timingOverhead: Rule = {
  id: 'timing-overhead',
  name: 'Times that are largely the measuring itself',
  why: 'Measuring a node reads the clock twice for each row asked of it. For a node that runs millions of times and does next to nothing, that is most of the time shown.',
  verify: 'Compare the Execution Time with TIMING OFF: the difference is what the clock took.',
  notWhen: 'When nodes are only compared with each other, and the price of the clock is the same for all.',
  concerns: isMostlyClock,
  find,
}
