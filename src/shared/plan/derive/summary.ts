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
import { isNoise } from './times.ts'

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

const sum = (nodes: readonly PlanNode[], pick: (node: PlanNode) => number | undefined): number =>
  nodes.reduce((total, node) => total + (pick(node) ?? 0), 0)

export function computeTotals(nodes: readonly PlanNode[], account: StatementAccount): PlanTotals {
  const timed = account.treeMs !== undefined
  const { planningMs, executionMs } = account
  return {
    statementMs: executionMs === undefined ? undefined : executionMs + (planningMs ?? 0),
    treeMs: account.treeMs,
    exclusiveMs: timed ? sum(nodes, (node) => node.exclusiveMs) : undefined,
    apartMs: timed ? account.apartMs : undefined,
    workMs: timed ? sum(nodes, (node) => node.exclusiveWorkMs) : undefined,
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

/** The nodes with the largest measure above zero; equal ones in plan order. */
function worstBy(nodes: readonly PlanNode[], measure: (node: PlanNode) => number): readonly number[] {
  const worst: { readonly id: number; readonly value: number }[] = []
  for (const node of nodes) {
    const value = measure(node)
    const last = worst.at(-1)
    if (value <= 0 || (last !== undefined && worst.length === worstCount && value <= last.value)) continue
    let at = worst.length
    while (at > 0 && (worst[at - 1]?.value ?? 0) < value) at -= 1
    worst.splice(at, 0, { id: node.id, value })
    if (worst.length > worstCount) worst.pop()
  }
  return worst.map(({ id }) => id)
}

export function findWorst(nodes: readonly PlanNode[]): WorstNodes {
  return {
    byExclusiveMs: worstBy(nodes, (node) => node.exclusiveMs ?? 0),
    byExclusiveWorkMs: worstBy(nodes, (node) => node.exclusiveWorkMs ?? 0),
    byMisestimate: worstBy(nodes, (node) => (node.misestimate?.factor ?? 1) - 1),
    byBuffers: worstBy(nodes, (node) => countBlocks(node.buffersExclusive)),
  }
}
