import { readScalar } from '../raw.ts'
import { isGather } from './parallel.ts'
import type { TreeNode } from './tree.ts'

/**
 * Who pays for InitPlans and CTEs (plan-semantics, rule 3): the server lists them where they hang, which need not be
 * where their time went.
 */

/** The value of an InitPlan in a text: `$0` up to 16, `(InitPlan 1).col1` since. */
const valueToken = /\$\d+|\(InitPlan [^()]+\)/g

/** The names under which an InitPlan's values appear in texts. */
export function initPlanTokens(subplanName: string): readonly string[] {
  const returns = /^InitPlan .*\(returns ([^)]*)\)/.exec(subplanName)?.[1]
  if (returns !== undefined) return returns.match(/\$\d+/g) ?? []
  return subplanName.startsWith('InitPlan ') ? [`(${subplanName})`] : []
}

/** Which nodes name which InitPlan's value, ids rising: one pass over all texts, however many InitPlans there are. */
function indexMentions(tree: readonly TreeNode[]): ReadonlyMap<string, readonly number[]> {
  const index = new Map<string, number[]>()
  const note = (text: string, id: number): void => {
    for (const [token] of text.matchAll(valueToken)) {
      const ids = index.get(token)
      if (ids === undefined) index.set(token, [id])
      else if (ids.at(-1) !== id) ids.push(id)
    }
  }
  for (const { id, raw, loops } of tree) {
    if (loops === 0) continue
    for (const key in raw) {
      if (key === 'Subplan Name' || key === 'Plans') continue
      const value = raw[key]
      if (typeof value === 'string') note(value, id)
      else if (Array.isArray(value)) for (const entry of value) if (typeof entry === 'string') note(entry, id)
    }
  }
  return index
}

/** For each node the id behind the last node of its subtree. */
export function findSubtreeEnds(tree: readonly TreeNode[]): readonly number[] {
  const ends = tree.map((node) => node.id + 1)
  for (let id = tree.length - 1; id > 0; id -= 1) {
    const parentId = tree[id]?.parentId
    if (parentId !== undefined) ends[parentId] = Math.max(ends[parentId] ?? 0, ends[id] ?? 0)
  }
  return ends
}

/**
 * The node that first needs each InitPlan's value, by the InitPlan's id: the deepest one under the node it hangs on
 * whose texts name the value, since children run before the parent looks at their rows. A Gather computes the values
 * its workers need before it starts them, so it stands in for what is under it.
 */
export function findInitPlanUsers(tree: readonly TreeNode[]): ReadonlyMap<number, number> {
  const users = new Map<number, number>()
  const initPlans = tree.filter((node) => node.kind === 'initPlan')
  if (initPlans.length === 0) return users
  const mentions = indexMentions(tree)
  const ends = findSubtreeEnds(tree)
  for (const initPlan of initPlans) {
    const ownerId = initPlan.parentId
    if (ownerId === undefined) continue
    const ids = initPlanTokens(initPlan.subplanName ?? '').flatMap((token) => mentions.get(token) ?? [])
    users.set(
      initPlan.id,
      findUser(
        tree,
        ends,
        initPlan.id,
        ownerId,
        ids.toSorted((a, b) => a - b),
      ),
    )
  }
  return users
}

function findUser(
  tree: readonly TreeNode[],
  ends: readonly number[],
  initPlanId: number,
  ownerId: number,
  mentionedBy: readonly number[],
): number {
  const end = ends[ownerId] ?? 0
  const ownEnd = ends[initPlanId] ?? 0
  let found: number | undefined
  for (const id of mentionedBy) {
    if (id < ownerId || id >= end || (id >= initPlanId && id < ownEnd)) continue
    // Go on only into what runs before the node found: its own subtree.
    if (found === undefined || id < (ends[found] ?? 0)) found = id
  }
  let user = found ?? ownerId
  for (let id: number | undefined = found; id !== undefined && id !== ownerId; ) {
    id = tree[id]?.parentId
    if (id !== undefined && isGather(tree[id]?.nodeType ?? '')) user = id
  }
  return user
}

/** The CTE Scans that read each CTE, by the id of the CTE's own subtree; never-run readers left out. */
export function findCteReaders(tree: readonly TreeNode[]): ReadonlyMap<number, readonly number[]> {
  const readers = new Map<number, number[]>()
  for (const node of tree) if (node.kind === 'cte') readers.set(node.id, [])
  if (readers.size === 0) return readers
  for (const node of tree) {
    if (node.nodeType !== 'CTE Scan' || node.loops === 0) continue
    const cte = findCte(tree, node, `CTE ${readScalar(node.raw, 'CTE Name') ?? ''}`)
    if (cte !== undefined) readers.get(cte)?.push(node.id)
  }
  return readers
}

/** The CTE of that name at the nearest node above: names may be used again in an inner query. */
function findCte(tree: readonly TreeNode[], reader: TreeNode, name: string): number | undefined {
  let below: number | undefined
  for (let node: TreeNode | undefined = reader; node !== undefined; ) {
    for (const childId of node.childIds) {
      const child = tree[childId]
      if (child?.kind === 'cte' && child.subplanName === name && childId !== below) return childId
    }
    below = node.id
    node = node.parentId === undefined ? undefined : tree[node.parentId]
  }
  return undefined
}
