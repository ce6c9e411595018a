import type { Charge, Exactness, Interval } from '../plan-types.ts'
import { readNumber } from '../raw.ts'
import { findCteReaders, findInitPlanUsers } from './charge.ts'
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

export interface TreeTimes {
  /** By node id; undefined for nodes that never ran or were not timed. */
  readonly nodes: readonly (NodeTimes | undefined)[]
  readonly charges: readonly (readonly Charge[])[]
  /** Time of subtrees that nobody above waited for. */
  readonly apartMs: number
}

/** Times are printed with three decimals. */
const halfPrintedMs = 0.0005

/** Differences below this are noise: 1 % or 0.1 ms (plan-semantics, rule 9). */
export const isNoise = (differenceMs: number, ofMs: number): boolean =>
  Math.abs(differenceMs) <= Math.max(0.1, Math.abs(ofMs) * 0.01)

type Mutable<Figures> = { -readonly [field in keyof Figures]: Figures[field] }

/** A node's times while they are charged: exclusive ones are what is left so far, and may be below zero. */
interface Draft extends Mutable<NodeTimes> {
  /** How far the node's own mean may be off. */
  readonly ownRoundingMs: number
  /** The node's part of the statement's wall clock, per millisecond of its own elapsed time. */
  scale: number
}

/** What a child took from a payer's wall clock. */
interface Payment {
  readonly childId: number
  readonly payerId: number
  readonly ms: number
}

interface Payments {
  readonly childIds: number[]
  readonly payerIds: number[]
  readonly ms: number[]
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
  isGather(payer.nodeType) && childPart.gatherId === payer.id

/** The work of a child that was done in the processes that the payer's work counts. */
function workInside(child: Draft, childPart: Participation, payer: TreeNode): number {
  if (!crossesGather(childPart, payer)) return child.workMs
  return childPart.leaderWorkMs ?? child.workMs / childPart.processes
}

/** The running account: drafts by node id, what was charged to whom, and what nobody waited for. */
interface Ledger {
  readonly tree: readonly TreeNode[]
  readonly parts: readonly Participation[]
  readonly drafts: readonly (Draft | undefined)[]
  /** By node id; undefined until the first charge. */
  readonly charges: (readonly Charge[] | undefined)[]
  /** The one charge that all ordinary children of a node share, by the node's id. */
  readonly whole: (readonly Charge[] | undefined)[]
  /** What each charge took, in three lists of one length: of thousands, most are never asked for. */
  readonly payments: Payments
  readonly apart: Map<number, number>
  /** True once a child took another time from its payer than its own elapsed time. */
  uneven: boolean
}

function wholeCharge({ whole }: Ledger, payerId: number): readonly Charge[] {
  const known = whole[payerId] ?? [{ nodeId: payerId, share: 1 }]
  whole[payerId] = known
  return known
}

function charge(ledger: Ledger, childId: number, payerId: number, share: number, guess?: 'estimated'): void {
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
  ledger.payments.childIds.push(childId)
  ledger.payments.payerIds.push(payerId)
  ledger.payments.ms.push(elapsedMs * share)
}

/**
 * Who waited for a node: its parent, or the nearest node above that has figures where extensions put nodes without any
 * between (a Task of Citus).
 */
function findPayer({ tree, drafts }: Ledger, node: TreeNode, parentId: number): number {
  if (drafts[node.id] === undefined) return parentId
  let payer = tree[parentId]
  while (payer !== undefined && payer.loops === undefined)
    payer = payer.parentId === undefined ? undefined : tree[payer.parentId]
  return payer?.id ?? parentId
}

/**
 * CTEs: their readers pay, several in proportion to what their own charges leave of their time: a reader whose condition
 * needs an InitPlan that reads the CTE too holds that reader's time, and must not pay for it again. What the readers
 * cannot have paid happened later: a write goes on behind the tree when its readers stop, and a Gather is wound up
 * only when the node that the CTE hangs on ends.
 */
function chargeCtes(ledger: Ledger): void {
  const { drafts, tree } = ledger
  for (const [cteId, readerIds] of findCteReaders(tree)) {
    const cteMs = drafts[cteId]?.inclusiveMs ?? 0
    const freeOf = (id: number): number => Math.max(0, drafts[id]?.exclusiveMs ?? 0)
    const freeMs = readerIds.map(freeOf)
    const readMs = freeMs.reduce((sum, ms) => sum + ms, 0)
    const overMs = cteMs - readMs
    const isWrite = tree[cteId]?.nodeType === 'ModifyTable'
    const ownerId = tree[cteId]?.parentId ?? 0
    const isOwners =
      !isWrite && !isNoise(overMs, cteMs) && !readerIds.includes(ownerId) && freeOf(ownerId) >= overMs
    const isPart = overMs > 0 && (isWrite || isOwners)
    const paid = readerIds.length === 0 ? 0 : isPart ? readMs / cteMs : 1
    const guess = readerIds.length > 1 || (isPart && isOwners) ? 'estimated' : undefined
    for (const [at, id] of readerIds.entries()) {
      const part = readMs === 0 ? 1 / readerIds.length : (freeMs[at] ?? 0) / readMs
      charge(ledger, cteId, id, paid * part, guess)
    }
    if (paid === 1 || cteMs === 0) continue
    if (isOwners && readerIds.length > 0) charge(ledger, cteId, ownerId, 1 - paid, 'estimated')
    else ledger.apart.set(cteId, cteMs * (1 - paid))
  }
}

/** Whether so much time can hold as much as is needed, noise apart. */
const canHold = (haveMs: number | undefined, needMs: number): boolean =>
  haveMs !== undefined && (haveMs >= needMs || isNoise(needMs - haveMs, needMs))

/** The nearest node below whose own time can hold as much; undefined if there is none. */
function findHolder({ tree, drafts }: Ledger, topId: number, needMs: number): number | undefined {
  let ids: readonly number[] = [topId]
  while (ids.length > 0) {
    const below: number[] = []
    for (const id of ids)
      for (const childId of tree[id]?.childIds ?? []) {
        const draft = drafts[childId]
        // Below what took less as a whole nobody took more.
        if (tree[childId]?.kind !== 'ordinary' || !canHold(draft?.inclusiveMs, needMs)) continue
        if (canHold(draft?.exclusiveMs, needMs)) return childId
        below.push(childId)
      }
    ids = below
  }
  return undefined
}

/**
 * InitPlans: the nearest node from the user up to the owner whose own time can hold all of it pays. Where none can, the
 * user pays what it took to have the value, and the owner the rest: a Gather inside an InitPlan is wound up only when
 * the owner ends.
 */
function chargeInitPlan(ledger: Ledger, initPlanId: number, userId: number): void {
  const { drafts, tree } = ledger
  const ownerId = tree[initPlanId]?.parentId ?? userId
  const needMs = drafts[initPlanId]?.inclusiveMs
  if (needMs === undefined || userId === ownerId) {
    // Where nobody names the value, it may still be wanted below: without VERBOSE a node does not tell its output.
    const belowId =
      needMs === undefined || canHold(drafts[ownerId]?.exclusiveMs, needMs)
        ? undefined
        : findHolder(ledger, ownerId, needMs)
    if (belowId === undefined) charge(ledger, initPlanId, ownerId, 1)
    else charge(ledger, initPlanId, belowId, 1, 'estimated')
    return
  }
  for (
    let id: number | undefined = userId;
    id !== undefined;
    id = id === ownerId ? undefined : tree[id]?.parentId
  ) {
    if (!canHold(drafts[id]?.exclusiveMs, needMs)) continue
    charge(ledger, initPlanId, id, 1)
    return
  }
  const startupMs =
    (readNumber(tree[initPlanId]?.raw ?? {}, 'Actual Startup Time') ?? 0) * (tree[initPlanId]?.loops ?? 1)
  const share =
    needMs > 0 && startupMs < needMs && canHold(drafts[userId]?.exclusiveMs, startupMs)
      ? startupMs / needMs
      : 0
  if (share > 0) charge(ledger, initPlanId, userId, share, 'estimated')
  charge(ledger, initPlanId, ownerId, 1 - share, 'estimated')
}

const noCharges: readonly Charge[] = []

/** Divides the tree's time among its nodes; linear in their number. */
export function computeTimes(tree: readonly TreeNode[], parts: readonly Participation[]): TreeTimes {
  const drafts: (Draft | undefined)[] = []
  for (const node of tree) {
    const part = parts[node.id]
    const gather = part?.gatherId === undefined ? undefined : drafts[part.gatherId]
    drafts.push(part === undefined ? undefined : startDraft(node, part, gather?.inclusiveMs))
  }
  const charges: Ledger['charges'] = tree.map(() => undefined)
  const whole: Ledger['whole'] = tree.map(() => undefined)
  const ledger: Ledger = {
    tree,
    parts,
    drafts,
    charges,
    whole,
    payments: { childIds: [], payerIds: [], ms: [] },
    apart: new Map(),
    uneven: false,
  }
  for (const node of tree) {
    if (node.parentId === undefined) continue
    if (node.kind === 'ordinary' || node.kind === 'subPlan')
      charge(ledger, node.id, findPayer(ledger, node, node.parentId), 1)
  }
  for (const [id, userId] of findInitPlanUsers(tree)) chargeInitPlan(ledger, id, userId)
  chargeCtes(ledger)
  if (ledger.uneven) handScalesDown(ledger)
  let apartMs = 0
  for (const ms of ledger.apart.values()) apartMs += ms
  flagSumBreakers(drafts)
  for (const draft of drafts) if (draft !== undefined) finish(draft)
  return { nodes: drafts, charges: charges.map((list) => list ?? noCharges), apartMs }
}

/**
 * A child that took less of its payer's wall clock than its own elapsed time (it ran in one of several processes)
 * hands its descendants the same scale, so that exclusive times still sum to the whole. Payers come first.
 */
function handScalesDown({ tree, drafts, payments, apart }: Ledger): void {
  const taken: Payment[][] = tree.map(() => [])
  const paidFor: number[][] = tree.map(() => [])
  for (const [at, childId] of payments.childIds.entries()) {
    const payerId = payments.payerIds[at] ?? 0
    taken[childId]?.push({ childId, payerId, ms: payments.ms[at] ?? 0 })
    paidFor[payerId]?.push(childId)
  }
  const waiting = taken.map((list) => list.length)
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

/**
 * Nodes whose children exceed them. Each may be noise, and yet all of them together break the sum (hundreds of looped
 * nodes whose means are rounded): then the worst are named until the rest is noise.
 */
function flagSumBreakers(drafts: readonly (Draft | undefined)[]): void {
  const small: Draft[] = []
  let overMs = 0
  for (const draft of drafts) {
    if (draft === undefined || draft.exclusiveMs >= 0) continue
    if (!isNoise(draft.exclusiveMs, draft.inclusiveMs)) draft.negativeMs = draft.exclusiveMs
    else {
      small.push(draft)
      overMs -= draft.exclusiveMs * draft.scale
    }
  }
  const treeMs = drafts[0]?.inclusiveMs ?? 0
  for (const draft of small.toSorted((a, b) => a.exclusiveMs * a.scale - b.exclusiveMs * b.scale)) {
    if (isNoise(overMs, treeMs)) break
    draft.negativeMs = draft.exclusiveMs
    overMs += draft.exclusiveMs * draft.scale
  }
}

/** What is left becomes the node's own: never below zero, and in the statement's wall clock. */
function finish(draft: Draft): void {
  const isScaled = Math.abs(draft.scale - 1) > 1e-9
  if (isScaled || draft.negativeMs !== undefined) draft.exclusiveExactness = 'estimated'
  if (draft.exclusiveWorkMs < 0) draft.exclusiveWorkExactness = 'estimated'
  draft.exclusiveMs = Math.max(0, draft.exclusiveMs) * draft.scale
  draft.exclusiveWorkMs = Math.max(0, draft.exclusiveWorkMs)
}
