import type { Charge } from '../plan-types.ts'
import { findInitPlanUsers } from './charge.ts'
import { type Draft, elapsedOf, isNoise, type Ledger, type NodeTimes, startDraft } from './ledger.ts'
import type { Participation } from './parallel.ts'
import { chargeCtes, chargeInitPlan, chargeParent } from './payers.ts'
import type { TreeNode } from './tree.ts'

export interface TreeTimes {
  /** By node id; undefined for nodes that never ran or were not timed. */
  readonly nodes: readonly (NodeTimes | undefined)[]
  readonly charges: readonly (readonly Charge[])[]
  /** Time of subtrees that nobody above waited for. */
  readonly apartMs: number
}

/** What a child took from a payer's wall clock. */
interface Payment {
  readonly payerId: number
  readonly ms: number
}

const noCharges: readonly Charge[] = []

/** Divides the tree's time among its nodes; linear in their number. */
export function computeTimes(tree: readonly TreeNode[], parts: readonly Participation[]): TreeTimes {
  const drafts = tree.map((): Draft | undefined => undefined)
  for (const node of tree) {
    const part = parts[node.id]
    const gather = part?.gatherId === undefined ? undefined : drafts[part.gatherId]
    if (part !== undefined) drafts[node.id] = startDraft(node, part, gather?.inclusiveMs)
  }
  const charges: Ledger['charges'] = tree.map(() => undefined)
  const whole: Ledger['whole'] = tree.map(() => undefined)
  const ledger: Ledger = {
    tree,
    parts,
    drafts,
    charges,
    whole,
    apart: new Map(),
    uneven: false,
  }
  for (const node of tree) {
    if (node.parentId === undefined) continue
    if (node.kind !== 'initPlan' && node.kind !== 'cte') chargeParent(ledger, node, node.parentId)
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
function handScalesDown(ledger: Ledger): void {
  const { tree, drafts, charges, apart } = ledger
  const taken: Payment[][] = tree.map(() => [])
  const paidFor: number[][] = tree.map(() => [])
  for (const [childId, list] of charges.entries())
    for (const { nodeId: payerId, share } of list ?? noCharges) {
      const elapsedMs = elapsedOf(ledger, childId, payerId)
      if (elapsedMs === undefined) continue
      taken[childId]?.push({ payerId, ms: elapsedMs * share })
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
