import { readNumber } from '../raw.ts'
import { findCteReaders } from './charge.ts'
import { charge, isNoise, type Ledger } from './ledger.ts'
import type { TreeNode } from './tree.ts'

/**
 * Who waited for a node: its parent, or the nearest node above that has figures where extensions put nodes without any
 * between (a Task of Citus). Undefined for what ran before the tree.
 */
function findPayer({ tree, drafts }: Ledger, node: TreeNode, parentId: number): number | undefined {
  if (drafts[node.id] === undefined) return parentId
  let payer = tree[parentId]
  while (
    payer !== undefined &&
    (payer.loops === undefined || (node.kind === 'before' && payer.kind !== 'before'))
  ) {
    if (payer.kind === 'before') return undefined
    payer = payer.parentId === undefined ? undefined : tree[payer.parentId]
  }
  return payer?.id ?? (node.kind === 'before' ? undefined : parentId)
}

/** Children that run when they are asked, and what ran before: nobody in the tree waited for that. */
export function chargeParent(ledger: Ledger, node: TreeNode, parentId: number): void {
  const payerId = findPayer(ledger, node, parentId)
  if (payerId !== undefined) charge(ledger, node.id, payerId, 1)
  else ledger.apart.set(node.id, ledger.drafts[node.id]?.inclusiveMs ?? 0)
}

/**
 * CTEs: their readers pay, several in proportion to what their own charges leave of their time: a reader whose condition
 * needs an InitPlan that reads the CTE too holds that reader's time, and must not pay for it again. What the readers
 * cannot have paid happened later: a write goes on behind the tree when its readers stop, and a Gather is wound up
 * only when the node that the CTE hangs on ends.
 */
export function chargeCtes(ledger: Ledger): void {
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
export function chargeInitPlan(ledger: Ledger, initPlanId: number, userId: number): void {
  const { drafts, tree } = ledger
  const ownerId = tree[initPlanId]?.parentId ?? userId
  const needMs = drafts[initPlanId]?.inclusiveMs
  if (needMs === undefined) {
    // Without times nothing but the texts tells; what it read and wrote is paid for as well.
    charge(ledger, initPlanId, userId, 1)
    return
  }
  if (userId === ownerId) {
    // Where nobody names the value, it may still be wanted below: without VERBOSE a node does not tell its output.
    const belowId = canHold(drafts[ownerId]?.exclusiveMs, needMs)
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
