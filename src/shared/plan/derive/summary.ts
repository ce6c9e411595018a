import type {
  BufferBlocks,
  PlanJit,
  PlanNode,
  PlanPart,
  PlanSerialization,
  PlanTotals,
  PlanTrigger,
  PlanWarning,
  WorstNodes,
} from '../plan-types.ts'
import { isNoise } from './ledger.ts'
import { isGather } from './parallel.ts'

/** The statement's account: what the server reported, in the parts that have to add up. */
export interface StatementAccount {
  readonly planningMs: number | undefined
  readonly executionMs: number | undefined
  readonly treeMs: number | undefined
  readonly apartMs: number
  readonly jit: PlanJit | undefined
  readonly serialization: PlanSerialization | undefined
  readonly triggers: readonly PlanTrigger[]
}

/** Lays the statement's time out in parts; what no part explains is `unaccounted` (plan-semantics, rule 6). */
export function computeParts(account: StatementAccount): {
  readonly parts: readonly PlanPart[]
  readonly unaccountedMs: number | undefined
  readonly warnings: readonly PlanWarning[]
} {
  const { planningMs, executionMs, treeMs, apartMs, jit, serialization, triggers } = account
  const outside = triggers.filter(
    (trigger) => trigger.placement === 'outside' && trigger.timeMs !== undefined,
  )
  const triggersMs = outside.reduce((sum, trigger) => sum + (trigger.timeMs ?? 0), 0)
  const surely = outside.every((trigger) => trigger.exactness === 'exact')
  const parts: PlanPart[] = []
  const add = (
    kind: PlanPart['kind'],
    ms: number | undefined,
    exactness: PlanPart['exactness'] = 'exact',
  ): void => {
    if (ms !== undefined) parts.push({ kind, ms, exactness })
  }
  add('planning', planningMs)
  add('tree', treeMs)
  if (apartMs > 0) add('apart', apartMs, 'estimated')
  if (outside.length > 0) add('triggers', triggersMs, surely ? 'exact' : 'estimated')
  add('jit', jit?.outsideMs, 'estimated')
  add('serialization', serialization?.timeMs)
  if (executionMs === undefined || treeMs === undefined)
    return { parts, unaccountedMs: undefined, warnings: [] }
  const leftMs =
    executionMs - treeMs - apartMs - triggersMs - (jit?.outsideMs ?? 0) - (serialization?.timeMs ?? 0)
  const unaccountedMs = Math.max(0, leftMs)
  add('unaccounted', unaccountedMs)
  if (leftMs >= 0 || isNoise(leftMs, executionMs)) return { parts, unaccountedMs, warnings: [] }
  const message = `The parts of this statement take ${(-leftMs).toFixed(3)} ms more than its execution time.`
  return { parts, unaccountedMs, warnings: [{ code: 'negativeUnaccounted', nodeId: undefined, message }] }
}

/** What all nodes add up to, and who stands out: each node is added while it is at hand. */
export interface PlanSums {
  exclusiveMs: number
  exclusiveWorkMs: number
  /** By all Gathers. */
  workersLaunched: number
  readonly warnings: PlanWarning[]
  readonly byExclusiveMs: Ranked[]
  readonly byExclusiveWorkMs: Ranked[]
  readonly byMisestimate: Ranked[]
  readonly byBuffers: Ranked[]
}

export const startSums = (): PlanSums => ({
  exclusiveMs: 0,
  exclusiveWorkMs: 0,
  workersLaunched: 0,
  warnings: [],
  byExclusiveMs: [],
  byExclusiveWorkMs: [],
  byMisestimate: [],
  byBuffers: [],
})

export function addUp(sums: PlanSums, node: PlanNode): void {
  const { id } = node
  sums.exclusiveMs += node.exclusiveMs ?? 0
  sums.exclusiveWorkMs += node.exclusiveWorkMs ?? 0
  if (isGather(node.nodeType)) sums.workersLaunched += node.workersLaunched ?? 0
  if (node.warnings.length > 0) sums.warnings.push(...node.warnings)
  rank(sums.byExclusiveMs, id, node.exclusiveMs ?? 0)
  rank(sums.byExclusiveWorkMs, id, node.exclusiveWorkMs ?? 0)
  rank(sums.byMisestimate, id, (node.misestimate?.factor ?? 1) - 1)
  rank(sums.byBuffers, id, countBlocks(node.buffersExclusive))
}

export const listWorst = (sums: PlanSums): WorstNodes => ({
  byExclusiveMs: idsOf(sums.byExclusiveMs),
  byExclusiveWorkMs: idsOf(sums.byExclusiveWorkMs),
  byMisestimate: idsOf(sums.byMisestimate),
  byBuffers: idsOf(sums.byBuffers),
})

export function computeTotals(
  nodes: readonly PlanNode[],
  sums: PlanSums,
  account: StatementAccount,
): PlanTotals {
  const timed = account.treeMs !== undefined
  const { planningMs, executionMs } = account
  return {
    statementMs: executionMs === undefined ? undefined : executionMs + (planningMs ?? 0),
    treeMs: account.treeMs,
    exclusiveMs: timed ? sums.exclusiveMs : undefined,
    apartMs: timed ? account.apartMs : undefined,
    workMs: timed ? sums.exclusiveWorkMs : undefined,
    buffers: nodes[0]?.buffers,
  }
}

/** All blocks a node touched itself; hits count, since they cost time too. */
export function countBlocks(buffers: BufferBlocks | undefined): number {
  if (buffers === undefined) return 0
  const {
    sharedHitBlocks,
    sharedReadBlocks,
    localHitBlocks,
    localReadBlocks,
    tempReadBlocks,
    tempWrittenBlocks,
  } = buffers
  return (
    sharedHitBlocks + sharedReadBlocks + localHitBlocks + localReadBlocks + tempReadBlocks + tempWrittenBlocks
  )
}

const worstCount = 10

/** A node and its figure, in a list of the worst. */
interface Ranked {
  readonly id: number
  readonly value: number
}

/** Keeps the nodes with the largest figures above zero, largest first; equal ones in plan order. */
function rank(worst: Ranked[], id: number, value: number): void {
  const bar = worst.length < worstCount ? 0 : (worst[worstCount - 1]?.value ?? 0)
  if (value <= bar) return
  let at = worst.length
  while (at > 0 && (worst[at - 1]?.value ?? 0) < value) at -= 1
  worst.splice(at, 0, { id, value })
  if (worst.length > worstCount) worst.pop()
}

const idsOf = (worst: readonly Ranked[]): readonly number[] => worst.map(({ id }) => id)
