import type { Blocks, Milliseconds } from '#shared/units/index.ts'
import type { BufferBlocks, PlanNode } from '../plan-types.ts'
import { sumOf } from './facts.ts'
import type { RuleContext } from './finding.ts'

/** A node with everything below it, in pre-order. */
export function subtreeOf({ plan }: RuleContext, node: PlanNode): readonly PlanNode[] {
  let end = node.id + 1
  while ((plan.nodes[end]?.depth ?? -1) > node.depth) end += 1
  return plan.nodes.slice(node.id, end)
}

/** Wall clock that a node and all below it spent themselves; undefined without times. */
export const ownMsBelow = (context: RuleContext, node: PlanNode): Milliseconds | undefined =>
  sumOf(subtreeOf(context, node), ({ exclusiveMs }) => exclusiveMs)

/** What below a node ran so much less often than the node is not run again with it: a Materialize keeps it. */
const keptShare = 0.5

/**
 * Wall clock of what runs again with each loop of a node: its own time without what it keeps from its first loop (below a
 * Materialize, a hash table, an InitPlan).
 */
export function repeatedMs(context: RuleContext, node: PlanNode): Milliseconds | undefined {
  const { inclusiveMs, loops = 1 } = node
  if (inclusiveMs === undefined || loops <= 1) return inclusiveMs
  let keptMs = 0
  const open = [...context.children(node)]
  for (let below = open.pop(); below !== undefined; below = open.pop()) {
    if ((below.loops ?? loops) >= loops * keptShare) open.push(...context.children(below))
    else keptMs += below.inclusiveMs ?? 0
  }
  return Math.max(0, inclusiveMs - keptMs)
}

const isApart = (node: PlanNode): boolean =>
  node.parentRelationship === 'InitPlan' || node.parentRelationship === 'SubPlan'

/** Children whose rows the node takes: no InitPlans, SubPlans or CTEs. */
export const inputsOf = (context: RuleContext, node: PlanNode): readonly PlanNode[] =>
  context.children(node).filter((child) => !isApart(child))

export const firstInput = (context: RuleContext, node: PlanNode): PlanNode | undefined =>
  context.children(node).find((child) => !isApart(child))

/** The only input, where there is just one. */
export function onlyInput(context: RuleContext, node: PlanNode): PlanNode | undefined {
  let input: PlanNode | undefined
  for (const child of context.children(node)) {
    if (isApart(child)) continue
    if (input !== undefined) return undefined
    input = child
  }
  return input
}

/** Wall clock a node itself spent in reading shared and local blocks: I/O times sum over processes. */
export function ownReadMs({ ioTimesExclusive, processes, exclusiveMs }: PlanNode): Milliseconds | undefined {
  if (ioTimesExclusive === undefined) return undefined
  const ms = (ioTimesExclusive.sharedReadMs + ioTimesExclusive.localReadMs) / Math.max(1, processes ?? 1)
  return exclusiveMs === undefined ? ms : Math.min(ms, exclusiveMs)
}

export const readBlocksOf = (buffers: BufferBlocks | undefined): Blocks =>
  buffers === undefined ? 0 : buffers.sharedReadBlocks + buffers.localReadBlocks

export const tempBlocksOf = (buffers: BufferBlocks | undefined): Blocks =>
  buffers === undefined ? 0 : buffers.tempReadBlocks + buffers.tempWrittenBlocks

/** The node with the largest figure above zero. */
export function largestBy(
  nodes: readonly PlanNode[],
  figure: (node: PlanNode) => number | undefined,
): PlanNode | undefined {
  let largest: PlanNode | undefined
  let most = 0
  for (const node of nodes) {
    const value = figure(node) ?? 0
    if (value <= most) continue
    largest = node
    most = value
  }
  return largest
}
