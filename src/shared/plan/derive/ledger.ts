import type { Charge, Exactness, Interval } from '../plan-types.ts'
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
  /** What the subtraction gave, when it was below zero beyond noise or breaks the sum with others of its kind. */
  readonly negativeMs: number | undefined
  /** How far rounded means over many loops may be off in that subtraction. */
  readonly roundingMs: number
}

/** Times are printed with three decimals. */
const halfPrintedMs = 0.0005

/** Differences below this are noise: 1 % or 0.1 ms (plan-semantics, rule 9). */
export const isNoise = (differenceMs: number, ofMs: number): boolean =>
  Math.abs(differenceMs) <= Math.max(0.1, Math.abs(ofMs) * 0.01)

type Mutable<Figures> = { -readonly [field in keyof Figures]: Figures[field] }

/** A node's times while they are charged: exclusive ones are what is left so far, and may be below zero. */
export interface Draft extends Mutable<NodeTimes> {
  /** How far the node's own mean may be off. */
  readonly ownRoundingMs: number
  /** The node's part of the statement's wall clock, per millisecond of its own elapsed time. */
  scale: number
}

const rank: Readonly<Record<Exactness, number>> = { exact: 0, bounded: 1, estimated: 2 }

const leastExact = (a: Exactness, b: Exactness): Exactness => (rank[a] >= rank[b] ? a : b)

export function startDraft(
  node: TreeNode,
  part: Participation,
  gatherMs: number | undefined,
): Draft | undefined {
  if (node.timeMs === undefined || node.loops === undefined) return undefined
  const workMs = node.timeMs * node.loops
  const inclusiveMs = workMs / part.processes
  const roundingMs = node.loops > 1 ? (halfPrintedMs * node.loops) / part.processes : 0
  let exactness: Exactness = 'exact'
  let range: Interval | undefined
  if (part.processes > 1) exactness = part.witnessed ? 'bounded' : 'estimated'
  else if (roundingMs > Math.max(0.05, inclusiveMs * 0.01)) exactness = 'bounded'
  if (exactness !== 'exact') {
    // Processes overlap but do not run in step: at least their mean, at most the Gather's own wall clock.
    const most = part.processes > 1 ? (gatherMs ?? inclusiveMs) : inclusiveMs
    range = { low: Math.max(0, inclusiveMs - roundingMs), high: Math.max(most, inclusiveMs) + roundingMs }
  }
  return {
    workMs,
    inclusiveMs,
    inclusiveRange: range,
    inclusiveExactness: exactness,
    exclusiveMs: inclusiveMs,
    exclusiveExactness: exactness,
    exclusiveWorkMs: workMs,
    exclusiveWorkExactness: 'exact',
    negativeMs: undefined,
    roundingMs,
    ownRoundingMs: roundingMs,
    scale: 1,
  }
}

/**
 * Workers run on while the leader does something else (a Gather inside a CTE that is read row by row): nobody waited for
 * more of their time than the Gather's own wall clock.
 */
function waitedFor(child: Draft, childPart: Participation, payer: TreeNode, payerDraft: Draft): number {
  if (!crossesGather(childPart, payer)) return child.inclusiveMs
  const overMs = child.inclusiveMs - payerDraft.inclusiveMs
  return overMs <= 0 || isNoise(overMs, payerDraft.inclusiveMs) ? child.inclusiveMs : payerDraft.inclusiveMs
}

/** How much of the payer's wall clock a child took, where both ran in the same processes or the payer waited. */
function elapsedInside(
  child: Draft,
  childPart: Participation,
  payer: TreeNode,
  payerPart: Participation,
  payerDraft: Draft,
): number {
  if (childPart.gatherId === undefined || childPart.gatherId !== payerPart.gatherId)
    return waitedFor(child, childPart, payer, payerDraft)
  // One process builds the bitmap while the others wait for it.
  if (payer.nodeType === 'Bitmap Heap Scan') return child.inclusiveMs
  // Processes that did not run the child did something else meanwhile (Parallel Append): its mean share counts.
  return child.workMs / payerPart.processes
}

/** True if the payer is the Gather above the child: its time is the leader's, the workers' is not inside it. */
const crossesGather = (childPart: Participation, payer: TreeNode): boolean =>
  childPart.gatherId === payer.id && isGather(payer.nodeType)

/** The work of a child that was done in the processes that the payer's work counts. */
function workInside(child: Draft, childPart: Participation, payer: TreeNode): number {
  if (!crossesGather(childPart, payer)) return child.workMs
  return childPart.leaderWorkMs ?? child.workMs / childPart.processes
}

/** The running account: drafts by node id, what was charged to whom, and what nobody waited for. */
export interface Ledger {
  readonly tree: readonly TreeNode[]
  readonly parts: readonly Participation[]
  readonly drafts: readonly (Draft | undefined)[]
  /** By node id; undefined until the first charge. */
  readonly charges: (readonly Charge[] | undefined)[]
  /** The one charge that all ordinary children of a node share, by the node's id. */
  readonly whole: (readonly Charge[] | undefined)[]
  readonly apart: Map<number, number>
  /** True once a child took another time from its payer than its own elapsed time. */
  uneven: boolean
}

function wholeCharge({ whole }: Ledger, payerId: number): readonly Charge[] {
  const known = whole[payerId] ?? [{ nodeId: payerId, share: 1 }]
  whole[payerId] = known
  return known
}

export function charge(
  ledger: Ledger,
  childId: number,
  payerId: number,
  share: number,
  guess?: 'estimated',
): void {
  const earlier = ledger.charges[childId]
  if (share === 1 && earlier === undefined) ledger.charges[childId] = wholeCharge(ledger, payerId)
  else ledger.charges[childId] = [...(earlier ?? []), { nodeId: payerId, share }]
  const child = ledger.drafts[childId]
  const payer = ledger.drafts[payerId]
  const payerNode = ledger.tree[payerId]
  const childPart = ledger.parts[childId]
  const payerPart = ledger.parts[payerId]
  if (!child || !payer || !payerNode || !childPart || !payerPart) return
  const elapsedMs = elapsedInside(child, childPart, payerNode, payerPart, payer)
  const workMs = workInside(child, childPart, payerNode)
  const guessedWork = crossesGather(childPart, payerNode) && childPart.leaderWorkMs === undefined
  payer.exclusiveMs -= elapsedMs * share
  payer.exclusiveWorkMs -= workMs * share
  payer.roundingMs += child.ownRoundingMs * share
  payer.exclusiveExactness = leastExact(payer.exclusiveExactness, guess ?? child.inclusiveExactness)
  if (guess !== undefined || guessedWork) payer.exclusiveWorkExactness = 'estimated'
  if (elapsedMs !== child.inclusiveMs) ledger.uneven = true
}

/** How much of a payer's wall clock a child took, its share of it aside; undefined where either has no times. */
export function elapsedOf(
  { drafts, parts, tree }: Ledger,
  childId: number,
  payerId: number,
): number | undefined {
  const child = drafts[childId]
  const payer = drafts[payerId]
  const payerNode = tree[payerId]
  const childPart = parts[childId]
  const payerPart = parts[payerId]
  if (!child || !payer || !payerNode || !childPart || !payerPart) return undefined
  return elapsedInside(child, childPart, payerNode, payerPart, payer)
}
