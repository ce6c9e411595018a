import { formatCount, formatDuration, formatPercent } from '#shared/units/index.ts'
import type { PlanNode } from '../../plan-types.ts'
import { isWorth } from '../facts.ts'
import type { FindingDraft, Rule, RuleContext } from '../finding.ts'
import { runWith } from '../sql.ts'
import { inputsOf, subtreeOf } from '../subtree.ts'

/** Loss as a share of the busiest process's work from which the work counts as badly dealt. */
const leastLoss = 1 / 3
/** The leader starts at once, workers milliseconds later: its lead is no skew yet. */
const leastLossOfLeader = 0.45
/** Workers need some milliseconds to start: in a shorter run of the Gather, coming late says nothing. */
const leastBusyMs = 20
/** One that did nothing at all has come for nothing sooner than that. */
const leastBusyMsBesideIdle = 10
/** The leader has read a small table before its workers came, most of all on a busy machine. */
const leastBusyMsOfLeader = 50
const idleShare = 0.01

interface Skew {
  /** How far the busiest process was behind an even split: ms, or rows without times. */
  readonly loss: number
  readonly busiest: number
  readonly idlest: number
  readonly byLeader: boolean
}

/** How unevenly a node's work fell on the launched workers; the leader counts only where it did the most. */
function measureSkew(node: PlanNode, launched: number, timed: boolean): Skew | undefined {
  const ofWorkers = node.workers.map(({ workMs, actualRows, loops }) =>
    timed ? workMs : actualRows === undefined ? undefined : actualRows * (loops ?? 1),
  )
  const known = ofWorkers.filter((work) => work !== undefined)
  if (known.length === 0) return undefined
  // A worker that never came to this node is not listed.
  while (known.length < launched) known.push(0)
  const total = timed ? (node.workMs ?? 0) : (node.totalRows ?? 0)
  const leader = Math.max(0, total - known.reduce((sum, work) => sum + work, 0))
  const byLeader = leader > Math.max(...known)
  const parts = byLeader ? [...known, leader] : known
  const busiest = Math.max(...parts)
  const fair = parts.reduce((sum, work) => sum + work, 0) / parts.length
  return { loss: busiest - fair, busiest, idlest: Math.min(...parts), byLeader }
}

const isUneven = ({ loss, busiest, byLeader }: Skew): boolean =>
  busiest > 0 && loss / busiest >= (byLeader ? leastLossOfLeader : leastLoss)

/** True of nodes that give each process its part; a member of a Parallel Append may be one process's alone. */
function dealsOut(context: RuleContext, node: PlanNode): boolean {
  if (node.parallelAware) return true
  const { nodeType, parallelAware } = context.parent(node) ?? {}
  return node.childIds.length === 0 && !(nodeType === 'Append' && parallelAware === true)
}

function judgeFigures(context: RuleContext, gather: PlanNode, top: PlanNode): FindingDraft | undefined {
  const { timed } = context.plan
  const launched = gather.workersLaunched ?? 0
  const runs = Math.max(1, gather.loops ?? 1)
  const skew = measureSkew(top, launched, timed)
  if (skew === undefined || !isUneven(skew)) return undefined
  // Where the leader was through before the workers came, they are late and not idle.
  const isIdle = !skew.byLeader && skew.idlest <= idleShare * skew.busiest
  const leastMs = skew.byLeader ? leastBusyMsOfLeader : isIdle ? leastBusyMsBesideIdle : leastBusyMs
  if (timed && (skew.busiest / runs < leastMs || !isWorth(context, skew.loss))) return undefined
  // Where work is dealt out: the scan or Append whose own split is the worst, else the node under the Gather.
  let origin = top
  let most = 0
  for (const node of subtreeOf(context, top)) {
    if (node.neverExecuted || !dealsOut(context, node)) continue
    const own = measureSkew(node, launched, timed)
    if (own === undefined || !isUneven(own) || own.loss <= most) continue
    origin = node
    most = own.loss
  }
  const show = timed ? formatDuration : (rows: number) => `${formatCount(Math.round(rows))} rows`
  return {
    nodeId: origin.id,
    relatedNodeIds: [gather.id],
    title: `One process did ${show(skew.busiest)} of the parallel work, another ${show(skew.idlest)}`,
    evidence: [
      {
        label: 'Busiest process',
        value: `${show(skew.busiest)}${skew.byLeader ? ' (the leader)' : ''}`,
        nodeId: top.id,
      },
      { label: 'An even split', value: show(skew.busiest - skew.loss), nodeId: top.id },
      ...origin.workers.map(({ workerNumber, actualRows, loops, workMs }) => ({
        label: `Worker ${workerNumber}`,
        value: `${formatCount(Math.round((actualRows ?? 0) * (loops ?? 1)))} rows${workMs === undefined ? '' : `, ${formatDuration(workMs)}`}`,
        nodeId: origin.id,
      })),
    ],
    advice: adviceFor(origin),
    timeAtStakeMs: timed ? skew.loss : undefined,
    ...(timed ? {} : { severity: 'info' as const }),
  }
}

/** Without per-worker figures the loops tell how many processes came at all. */
function judgeLoops(context: RuleContext, gather: PlanNode, top: PlanNode): FindingDraft | undefined {
  const launched = gather.workersLaunched ?? 0
  const runs = Math.max(1, gather.loops ?? 1)
  const came = (top.loops ?? 0) / runs
  // The leader may have been left out by a setting: one missing is no trouble.
  if (came <= 0 || came > launched - 1 || top.workers.length > 0) return undefined
  const missing = 1 - came / (launched + 1)
  const atStakeMs = top.inclusiveMs === undefined ? undefined : top.inclusiveMs * missing
  if (!isWorth(context, atStakeMs) || (top.inclusiveMs ?? leastBusyMs) / runs < leastBusyMs) return undefined
  return {
    nodeId: top.id,
    relatedNodeIds: [gather.id],
    title: `${formatCount(Math.round(launched + 1 - came))} of ${formatCount(launched + 1)} processes did nothing`,
    evidence: [
      { label: 'Workers launched', value: formatCount(launched), nodeId: gather.id },
      { label: 'Processes that ran this node', value: formatCount(came), nodeId: top.id },
      { label: 'Share of processes idle', value: formatPercent(missing), nodeId: top.id },
    ],
    advice: adviceFor(top),
    timeAtStakeMs: atStakeMs,
    ...(context.plan.timed ? {} : { severity: 'info' as const }),
  }
}

function adviceFor(node: PlanNode): FindingDraft['advice'] {
  const what =
    node.nodeType === 'Append'
      ? 'Members of a Parallel Append that are not parallel themselves are run by one process each: let the large ones be scanned in parallel (min_parallel_table_scan_size).'
      : 'Work is dealt out block by block: rows that cost much (large values, dear functions, many matches) and stand together fall to one process. Spread them, or take the dear part behind the join or aggregate.'
  return [
    { text: what },
    runWith(
      'See what it takes without workers: where most of them wait, they are of use elsewhere.',
      'Run without workers',
      'max_parallel_workers_per_gather',
      '0',
    ),
  ]
}

function find(context: RuleContext, gathers: readonly PlanNode[]): readonly FindingDraft[] {
  const drafts: FindingDraft[] = []
  for (const gather of gathers) {
    const [top] = inputsOf(context, gather)
    if (top === undefined || top.neverExecuted) continue
    const draft = judgeFigures(context, gather, top) ?? judgeLoops(context, gather, top)
    if (draft !== undefined) drafts.push(draft)
  }
  return drafts
}

export const workersSkewed: Rule = {
  id: 'workers-skewed',
  name: 'Parallel workers that did unequal work',
  why: 'A Gather ends when its last process does. Where one process has most of the work, the others start, wait and end for nothing.',
  verify:
    'Run it again with VERBOSE: the processes have about equal time and rows, and the Gather ends sooner.',
  notWhen:
    'When the workers came late because the whole statement takes some milliseconds, or when the leader was busy with the rows it received.',
  concerns: (node) => (node.workersLaunched ?? 0) > 0 && !node.neverExecuted,
  find,
}
