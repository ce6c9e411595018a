import type { Charge, Exactness, Interval } from '../plan-types.ts'
import { findCteReaders, findInitPlanUser } from './charge.ts'
import { isGather, type Participation } from './parallel.ts'
import type { TreeNode } from './tree.ts'

/**
 * Where the time went (plan-semantics, rules 2 and 3). Every node's elapsed time is charged once to whoever waited
 * for it: its parent, the node that used an InitPlan's value, the readers of a CTE. What is left of a node after
 * its charges is its own.
 */
export interface NodeTimes {
  readonly workMs: number
  readonly inclusiveMs: number
  readonly inclusiveRange: Interval | undefined
  readonly inclusiveExactness: Exactness
  readonly exclusiveMs: number
  readonly exclusiveExactness: Exactness
  readonly exclusiveWorkMs: number
  readonly exclusiveWorkExactness: Exactness
  /** What the subtraction gave beyond rounding noise, when it was below zero. */
  readonly negativeMs: number | undefined
}

export interface TreeTimes {
  /** By node id; undefined for nodes that never ran or were not timed. */
  readonly nodes: readonly (NodeTimes | undefined)[]
  readonly charges: readonly (readonly Charge[])[]
  /** Time of subtrees that nobody above waited for. */
  readonly apartMs: number
  readonly apartIds: readonly number[]
}

/** Times are printed with three decimals. */
const halfPrintedMs = 0.0005

/** Differences below this are noise: 1 % or 0.1 ms (plan-semantics, rule 9). */
export const isNoise = (differenceMs: number, ofMs: number): boolean =>
  Math.abs(differenceMs) <= Math.max(0.1, Math.abs(ofMs) * 0.01)

interface Draft {
  workMs: number
  inclusiveMs: number
  roundingMs: number
  exactness: Exactness
  range: Interval | undefined
  /** Inclusive minus what was charged so far. */
  leftMs: number
  leftWorkMs: number
  /** Rounding of everything subtracted. */
  noiseMs: number
  leftExactness: Exactness
  leftWorkExactness: Exactness
  /** The node's part of the statement's wall clock, per millisecond of its own elapsed time. */
  scale: number
}

const rank: Readonly<Record<Exactness, number>> = { exact: 0, bounded: 1, estimated: 2 }

export const leastExact = (a: Exactness, b: Exactness): Exactness => (rank[a] >= rank[b] ? a : b)

function startDraft(node: TreeNode, part: Participation, gatherMs: number | undefined): Draft | undefined {
  if (node.timeMs === undefined || node.loops === undefined) return undefined
  const workMs = node.timeMs * node.loops
  const inclusiveMs = workMs / part.processes
  const roundingMs = node.loops > 1 ? (halfPrintedMs * node.loops) / part.processes : 0
  let exactness: Exactness = 'exact'
  let range: Interval | undefined
  if (node.loops > 1 && roundingMs > Math.max(0.05, inclusiveMs * 0.01)) exactness = 'bounded'
  if (part.processes > 1) exactness = part.witnessed ? 'bounded' : 'estimated'
  if (exactness !== 'exact') {
    // Processes overlap but do not run in step: at least their mean, at most the Gather's own wall clock.
    const most = part.processes > 1 ? (gatherMs ?? inclusiveMs) : inclusiveMs
    range = { low: Math.max(0, inclusiveMs - roundingMs), high: Math.max(most, inclusiveMs) + roundingMs }
  }
  return {
    workMs,
    inclusiveMs,
    roundingMs,
    exactness,
    range,
    leftMs: inclusiveMs,
    leftWorkMs: workMs,
    noiseMs: roundingMs,
    leftExactness: exactness,
    leftWorkExactness: 'exact',
    scale: 1,
  }
}

/** How much of the payer's wall clock a child took, where both ran in the same processes or the payer waited. */
function elapsedInside(
  child: Draft,
  childPart: Participation,
  payer: TreeNode,
  payerPart: Participation,
): number {
  if (childPart.gatherId === undefined || childPart.gatherId !== payerPart.gatherId) return child.inclusiveMs
  // One process builds the bitmap while the others wait for it.
  if (payer.nodeType === 'Bitmap Heap Scan') return child.inclusiveMs
  // Processes that did not run the child did something else meanwhile (Parallel Append): its mean share counts.
  return child.workMs / payerPart.processes
}

/** The work of a child that was done in the processes that the payer's work counts. */
function workInside(
  child: Draft,
  childPart: Participation,
  payer: TreeNode,
  payerPart: Participation,
): { readonly ms: number; readonly exactness: Exactness } {
  const crossesGather = isGather(payer.nodeType) && childPart.gatherId === payer.id
  if (!crossesGather || childPart.gatherId === payerPart.gatherId)
    return { ms: child.workMs, exactness: 'exact' }
  // A Gather's time is the leader's; the workers' is not inside it.
  if (childPart.leaderWorkMs !== undefined) return { ms: childPart.leaderWorkMs, exactness: 'exact' }
  return { ms: child.workMs / childPart.processes, exactness: 'estimated' }
}

export function computeTimes(tree: readonly TreeNode[], parts: readonly Participation[]): TreeTimes {
  const drafts: (Draft | undefined)[] = []
  for (const node of tree) {
    const part = parts[node.id]
    const gather = part?.gatherId === undefined ? undefined : drafts[part.gatherId]
    drafts.push(part === undefined ? undefined : startDraft(node, part, gather?.inclusiveMs))
  }

  const charges: Charge[][] = tree.map(() => [])
  /** Charges with the milliseconds they took from the payer, for handing the scale down. */
  const taken: { readonly payerId: number; readonly ms: number }[][] = tree.map(() => [])
  const apart: { readonly id: number; readonly ms: number }[] = []

  const charge = (childId: number, payerId: number, share: number, exactness?: Exactness): void => {
    charges[childId]?.push({ nodeId: payerId, share })
    const child = drafts[childId]
    const payer = drafts[payerId]
    const payerNode = tree[payerId]
    const childPart = parts[childId]
    const payerPart = parts[payerId]
    if (!child || !payer || !payerNode || !childPart || !payerPart) return
    const elapsedMs = elapsedInside(child, childPart, payerNode, payerPart) * share
    const work = workInside(child, childPart, payerNode, payerPart)
    payer.leftMs -= elapsedMs
    payer.leftWorkMs -= work.ms * share
    payer.noiseMs += child.roundingMs * share
    payer.leftExactness = leastExact(payer.leftExactness, leastExact(child.exactness, exactness ?? 'exact'))
    payer.leftWorkExactness = leastExact(
      payer.leftWorkExactness,
      leastExact(work.exactness, exactness ?? 'exact'),
    )
    taken[childId]?.push({ payerId, ms: elapsedMs })
  }

  for (const node of tree) {
    if (node.parentId === undefined) continue
    if (node.kind === 'ordinary' || node.kind === 'subPlan') charge(node.id, node.parentId, 1)
  }
  for (const [cteId, readerIds] of findCteReaders(tree)) {
    const cte = drafts[cteId]
    const readMs = readerIds.reduce((sum, id) => sum + (drafts[id]?.inclusiveMs ?? 0), 0)
    // What a writing CTE does after its readers stopped happens behind the tree.
    const share =
      cte === undefined || cte.inclusiveMs <= readMs || !isWrite(tree[cteId]) ? 1 : readMs / cte.inclusiveMs
    for (const id of readerIds) {
      const part = readerIds.length === 1 ? 1 : (drafts[id]?.inclusiveMs ?? 0) / (readMs === 0 ? 1 : readMs)
      charge(
        cteId,
        id,
        share * (readMs === 0 && readerIds.length > 1 ? 1 / readerIds.length : part),
        readerIds.length > 1 ? 'estimated' : undefined,
      )
    }
    if (cte !== undefined && (readerIds.length === 0 || share < 1)) {
      apart.push({ id: cteId, ms: readerIds.length === 0 ? cte.inclusiveMs : cte.inclusiveMs * (1 - share) })
    }
  }
  for (const node of tree) {
    if (node.kind !== 'initPlan') continue
    const userId = holder(tree, drafts, node, findInitPlanUser(tree, node))
    if (userId !== undefined) charge(node.id, userId, 1)
  }

  handScalesDown(tree, drafts, taken, new Map(apart.map(({ id, ms }) => [id, ms])))
  return {
    nodes: drafts.map(finish),
    charges,
    apartMs: apart.reduce((sum, { ms }) => sum + ms, 0),
    apartIds: apart.map(({ id }) => id),
  }
}

const isWrite = (node: TreeNode | undefined): boolean => node?.nodeType === 'ModifyTable'

/** The nearest node from the user up to the InitPlan's owner whose own time can hold the InitPlan's. */
function holder(
  tree: readonly TreeNode[],
  drafts: readonly (Draft | undefined)[],
  initPlan: TreeNode,
  userId: number | undefined,
): number | undefined {
  const needMs = drafts[initPlan.id]?.inclusiveMs
  if (needMs === undefined || userId === undefined) return userId
  for (let id: number | undefined = userId; id !== undefined; id = tree[id]?.parentId) {
    const payer = drafts[id]
    if (payer !== undefined && (payer.leftMs >= needMs || isNoise(needMs - payer.leftMs, needMs))) return id
    if (id === initPlan.parentId) break
  }
  return initPlan.parentId
}

/**
 * A child that took less of its payer's wall clock than its own elapsed time (it ran in one of several processes)
 * hands its descendants the same scale, so that exclusive times still sum to the whole. Payers come first.
 */
function handScalesDown(
  tree: readonly TreeNode[],
  drafts: readonly (Draft | undefined)[],
  taken: readonly (readonly { readonly payerId: number; readonly ms: number }[])[],
  apart: ReadonlyMap<number, number>,
): void {
  if (taken.every((list, id) => list.length === 1 && list[0]?.ms === drafts[id]?.inclusiveMs)) return
  const waiting = tree.map((node) => taken[node.id]?.length ?? 0)
  const paidFor: number[][] = tree.map(() => [])
  for (const node of tree) for (const { payerId } of taken[node.id] ?? []) paidFor[payerId]?.push(node.id)
  const ready = tree.filter((node) => waiting[node.id] === 0).map((node) => node.id)
  for (let id = ready.pop(); id !== undefined; id = ready.pop()) {
    const draft = drafts[id]
    const list = taken[id] ?? []
    if (draft !== undefined && list.length > 0 && draft.inclusiveMs > 0) {
      const insideMs = list.reduce((sum, { payerId, ms }) => sum + ms * (drafts[payerId]?.scale ?? 1), 0)
      draft.scale = (insideMs + (apart.get(id) ?? 0)) / draft.inclusiveMs
    }
    for (const childId of paidFor[id] ?? []) {
      const left = (waiting[childId] ?? 1) - 1
      waiting[childId] = left
      if (left === 0) ready.push(childId)
    }
  }
}

function finish(draft: Draft | undefined): NodeTimes | undefined {
  if (draft === undefined) return undefined
  const negative = draft.leftMs < -draft.noiseMs && !isNoise(draft.leftMs, draft.inclusiveMs)
  const scaled = Math.abs(draft.scale - 1) > 1e-9
  return {
    workMs: draft.workMs,
    inclusiveMs: draft.inclusiveMs,
    inclusiveRange: draft.range,
    inclusiveExactness: draft.exactness,
    exclusiveMs: Math.max(0, draft.leftMs) * draft.scale,
    exclusiveExactness: scaled || negative ? 'estimated' : draft.leftExactness,
    exclusiveWorkMs: Math.max(0, draft.leftWorkMs),
    exclusiveWorkExactness: draft.leftWorkMs < 0 ? 'estimated' : draft.leftWorkExactness,
    negativeMs: negative ? draft.leftMs : undefined,
  }
}
