import type { Plan, PlanNode } from '../plan-types.ts'
import type { FigureChange, NodePair, PlanComparison } from './comparison.ts'
import { matchNodes } from './match-nodes.ts'
import { describeChanges, isReshaped } from './node-changes.ts'
import { findCautions, sayVerdict } from './verdict.ts'

const usualBlockBytes = 8_192

export interface CompareOptions {
  readonly blockBytes?: number | undefined
}

/**
 * Compares two plans of what should be one question: which nodes do the same job, what changed in shape, estimates,
 * rows, time and blocks, and a verdict in a line. Linear in the number of nodes, without recursion.
 */
export function comparePlans(before: Plan, after: Plan, options: CompareOptions = {}): PlanComparison {
  const pairs = matchNodes(before, after).flatMap(({ beforeId, afterId, sureness }): readonly NodePair[] => {
    const a = before.nodes[beforeId]
    const b = after.nodes[afterId]
    if (a === undefined || b === undefined) return []
    const exclusiveMsChange =
      a.exclusiveMs === undefined || b.exclusiveMs === undefined ? undefined : b.exclusiveMs - a.exclusiveMs
    const changes = describeChanges(a, b)
    return [{ beforeId, afterId, sureness, reshaped: isReshaped(a, b), changes, exclusiveMsChange }]
  })
  const pairedBefore = new Set(pairs.map((pair) => pair.beforeId))
  const pairedAfter = new Set(pairs.map((pair) => pair.afterId))
  const without = (nodes: readonly PlanNode[], paired: ReadonlySet<number>): readonly number[] =>
    nodes.filter((node) => !paired.has(node.id)).map((node) => node.id)
  const onlyBefore = without(before.nodes, pairedBefore)
  const onlyAfter = without(after.nodes, pairedAfter)
  const figures = listFigures(before, after, options.blockBytes ?? usualBlockBytes)
  const sameShape = onlyBefore.length === 0 && onlyAfter.length === 0 && pairs.every((pair) => !pair.reshaped)
  const found = { pairs, onlyBefore, onlyAfter, sameShape, figures }
  return { ...found, ...sayVerdict(before, after, found), cautions: findCautions(before, after) }
}

/** The statements' figures that both plans tell. */
function listFigures(before: Plan, after: Plan, blockBytes: number): readonly FigureChange[] {
  const figures: FigureChange[] = []
  const add = (
    id: FigureChange['id'],
    label: string,
    unit: FigureChange['unit'],
    read: (plan: Plan) => number | undefined,
  ): void => {
    const [a, b] = [read(before), read(after)]
    if (a !== undefined && b !== undefined) figures.push({ id, label, unit, before: a, after: b })
  }
  const blocks =
    (pick: (buffers: NonNullable<Plan['totals']['buffers']>) => number) =>
    ({ totals }: Plan): number | undefined =>
      totals.buffers === undefined ? undefined : pick(totals.buffers) * blockBytes
  // Like with like: with planning only where both say it, the tree alone where one says nothing about the whole.
  const has = (read: (plan: Plan) => number | undefined): boolean =>
    read(before) !== undefined && read(after) !== undefined
  const executed = has((plan) => plan.executionMs)
  if (
    executed &&
    has((plan) => plan.planningMs) === (before.planningMs !== undefined || after.planningMs !== undefined)
  ) {
    add('statement', 'statement', 'ms', (plan) => plan.totals.statementMs)
    add('execution', 'execution', 'ms', (plan) => plan.executionMs)
  } else if (executed) add('statement', 'execution', 'ms', (plan) => plan.executionMs)
  else add('statement', 'tree', 'ms', (plan) => plan.totals.treeMs)
  add('planning', 'planning', 'ms', (plan) => plan.planningMs)
  add('cost', 'planner’s cost', 'cost', (plan) => plan.nodes[0]?.totalCost)
  add('rows', 'rows', 'rows', (plan) => plan.nodes[0]?.totalRows)
  add(
    'read',
    'read',
    'bytes',
    blocks((buffers) => buffers.sharedReadBlocks + buffers.localReadBlocks),
  )
  add(
    'hit',
    'found in buffers',
    'bytes',
    blocks((buffers) => buffers.sharedHitBlocks + buffers.localHitBlocks),
  )
  add(
    'temp',
    'temporary',
    'bytes',
    blocks((buffers) => buffers.tempReadBlocks + buffers.tempWrittenBlocks),
  )
  add('wal', 'WAL', 'bytes', (plan) => plan.nodes[0]?.wal?.walBytes)
  return figures
}
