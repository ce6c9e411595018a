import type { BufferBlocks, IoTimes, Plan, PlanNode } from '../plan-types.ts'

/** What a plan's nodes can be measured by: the width of a flame, the bar of a node, the order of the worst. */
export type MeasureId =
  | 'elapsed'
  | 'work'
  | 'cost'
  | 'rows'
  | 'misestimate'
  | 'buffers'
  | 'io'
  | 'temp'
  | 'wal'

export type MeasureUnit = 'ms' | 'cost' | 'rows' | 'factor' | 'blocks' | 'bytes'

/** One way to measure a node. Figures are undefined where the plan does not tell them. */
export interface Measure {
  readonly id: MeasureId
  readonly label: string
  readonly unit: MeasureUnit
  /** Where the figure comes from, in one line, for whoever hovers it. */
  readonly formula: string
  /** Exclusive figures sum to the root's inclusive one, so that shares of the whole mean something. */
  readonly additive: boolean
  /** The node's own part; for a measure that is not additive, the node's figure. */
  readonly exclusive: (node: PlanNode) => number | undefined
  /** With everything below it; for a measure that is not additive, the node's figure. */
  readonly inclusive: (node: PlanNode) => number | undefined
}

/** Many parts of a screen ask, and one measure without figures takes a look at every node. */
const known = new WeakMap<Plan, readonly Measure[]>()

/** All measures that this plan has figures for, in the order of the switch; the first is the one to begin with. */
export function measuresOf(plan: Plan): readonly Measure[] {
  const said = known.get(plan)
  if (said !== undefined) return said
  const measures = allMeasures(plan).filter((measure) =>
    plan.nodes.some((node) => (measure.inclusive(node) ?? 0) > 0 || (measure.id === 'elapsed' && plan.timed)),
  )
  known.set(plan, measures)
  return measures
}

/** The figure that shares of a measure are told against: the root's, or the largest where parts do not add up. */
export function wholeOf(plan: Plan, measure: Measure): number {
  if (measure.id === 'elapsed') return Math.max(plan.executionMs ?? 0, plan.totals.treeMs ?? 0)
  if (measure.id === 'work') return plan.totals.workMs ?? 0
  const figures = plan.nodes.map((node) => measure.inclusive(node) ?? 0)
  return measure.additive
    ? Math.max(figures[0] ?? 0, sum(plan.nodes.map((node) => measure.exclusive(node) ?? 0)))
    : figures.reduce((most, figure) => Math.max(most, figure), 0)
}

/** The nodes with the largest own figure, worst first, equal ones in plan order; nodes without one are left out. */
export function worstNodes(plan: Plan, measure: Measure, count = 10): readonly number[] {
  const least = measure.id === 'misestimate' ? 1 : 0
  // A few of thousands: kept in order on the way, so that not all have to be sorted.
  const worst: { readonly id: number; readonly figure: number }[] = []
  for (const node of plan.nodes) {
    const figure = measure.exclusive(node) ?? 0
    if (!(figure > least) || (worst.length >= count && figure <= (worst.at(-1)?.figure ?? 0))) continue
    let at = worst.length
    while (at > 0 && (worst[at - 1]?.figure ?? 0) < figure) at -= 1
    worst.splice(at, 0, { id: node.id, figure })
    if (worst.length > count) worst.pop()
  }
  return worst.map(({ id }) => id)
}

const sum = (figures: readonly number[]): number => figures.reduce((total, figure) => total + figure, 0)

const sharedAndLocal = (blocks: BufferBlocks | undefined): number | undefined =>
  blocks && blocks.sharedHitBlocks + blocks.sharedReadBlocks + blocks.localHitBlocks + blocks.localReadBlocks

const temp = (blocks: BufferBlocks | undefined): number | undefined =>
  blocks && blocks.tempReadBlocks + blocks.tempWrittenBlocks

const ioMs = (times: IoTimes | undefined): number | undefined =>
  times &&
  times.sharedReadMs +
    times.sharedWriteMs +
    times.localReadMs +
    times.localWriteMs +
    times.tempReadMs +
    times.tempWriteMs

function ownCost(plan: Plan, node: PlanNode): number | undefined {
  if (node.totalCost === undefined) return undefined
  const below = sum(node.childIds.map((id) => plan.nodes[id]?.totalCost ?? 0))
  return Math.max(0, node.totalCost - below)
}

function allMeasures(plan: Plan): readonly Measure[] {
  const rows = (node: PlanNode): number | undefined => (plan.analyzed ? node.totalRows : node.planRows)
  const misestimate = (node: PlanNode): number | undefined => node.misestimate?.factor
  return [
    {
      id: 'elapsed',
      label: 'Elapsed',
      unit: 'ms',
      formula: 'wall clock: Actual Total Time × loops ÷ processes; own = less what ran inside it',
      additive: true,
      exclusive: (node) => node.exclusiveMs,
      inclusive: (node) => node.inclusiveMs,
    },
    {
      id: 'work',
      label: 'Work',
      unit: 'ms',
      formula: 'time summed over processes: Actual Total Time × loops; own = less what ran inside it',
      additive: true,
      exclusive: (node) => node.exclusiveWorkMs,
      inclusive: (node) => node.workMs,
    },
    {
      id: 'cost',
      label: 'Cost',
      unit: 'cost',
      formula: 'the planner’s estimate: Total Cost; own = less its children’s, at least 0',
      additive: false,
      exclusive: (node) => ownCost(plan, node),
      inclusive: (node) => node.totalCost,
    },
    {
      id: 'rows',
      label: 'Rows',
      unit: 'rows',
      formula: plan.analyzed ? 'Actual Rows × loops, summed over processes' : 'Plan Rows, as estimated',
      additive: false,
      exclusive: rows,
      inclusive: rows,
    },
    {
      id: 'misestimate',
      label: 'Misestimate',
      unit: 'factor',
      formula: 'rows that came ÷ rows expected, or the reverse; per loop and process on the same footing',
      additive: false,
      exclusive: misestimate,
      inclusive: misestimate,
    },
    {
      id: 'buffers',
      label: 'Buffers',
      unit: 'blocks',
      formula: 'shared and local blocks, hit or read; own = less its children’s',
      additive: true,
      exclusive: (node) => sharedAndLocal(node.buffersExclusive),
      inclusive: (node) => sharedAndLocal(node.buffers),
    },
    {
      id: 'io',
      label: 'I/O time',
      unit: 'ms',
      formula: 'time in reads and writes, summed over processes (track_io_timing); own = less its children’s',
      additive: true,
      exclusive: (node) => ioMs(node.ioTimesExclusive),
      inclusive: (node) => ioMs(node.ioTimes),
    },
    {
      id: 'temp',
      label: 'Temp',
      unit: 'blocks',
      formula: 'temporary blocks read and written; own = less its children’s',
      additive: true,
      exclusive: (node) => temp(node.buffersExclusive),
      inclusive: (node) => temp(node.buffers),
    },
    {
      id: 'wal',
      label: 'WAL',
      unit: 'bytes',
      formula: 'WAL Bytes; own = less its children’s',
      additive: true,
      exclusive: (node) => node.walExclusive?.walBytes,
      inclusive: (node) => node.wal?.walBytes,
    },
  ]
}
