import { readScalar, readTexts } from '../raw.ts'
import { isGather } from './parallel.ts'
import type { TreeNode } from './tree.ts'

/** Tells whether a text names the value of an InitPlan: `$0` (up to 16) or `(InitPlan 1).col1` (17 and later). */
export function initPlanPattern(subplanName: string): RegExp | undefined {
  const returns = /^InitPlan .*\(returns (\$[\d,$ ]+)\)/.exec(subplanName)?.[1]
  if (returns !== undefined) {
    const numbers = returns.match(/\d+/g) ?? []
    return new RegExp(`\\$(?:${numbers.join('|')})(?!\\d)`)
  }
  const name = /^InitPlan (\S+)/.exec(subplanName)?.[1]
  if (name === undefined) return undefined
  return new RegExp(`\\(?InitPlan ${name.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}\\)`)
}

const silentKeys = new Set([
  'Node Type',
  'Plans',
  'Subplan Name',
  'Relation Name',
  'Alias',
  'Schema',
  'Index Name',
])

function mentions(node: TreeNode, pattern: RegExp): boolean {
  for (const key in node.raw) {
    if (silentKeys.has(key)) continue
    const value = node.raw[key]
    if (typeof value === 'string') {
      if (pattern.test(value)) return true
    } else if (Array.isArray(value) && readTexts(node.raw, key).some((text) => pattern.test(text)))
      return true
  }
  return false
}

/** The id behind the last node of the subtree that starts at `id`. */
export function subtreeEnd(tree: readonly TreeNode[], id: number): number {
  const depth = tree[id]?.depth ?? 0
  let end = id + 1
  while (end < tree.length && (tree[end]?.depth ?? 0) > depth) end += 1
  return end
}

/**
 * The node that first needs an InitPlan's value (plan-semantics, rule 3): the deepest one under the node it hangs on
 * whose texts name the value, since children run before the parent looks at their rows. A Gather computes the values
 * its workers need before it starts them, so it stands in for what is under it.
 */
export function findInitPlanUser(tree: readonly TreeNode[], initPlan: TreeNode): number | undefined {
  const ownerId = initPlan.parentId
  const pattern = initPlan.subplanName === undefined ? undefined : initPlanPattern(initPlan.subplanName)
  if (ownerId === undefined || pattern === undefined) return ownerId
  const own = subtreeEnd(tree, initPlan.id)
  const end = subtreeEnd(tree, ownerId)
  let found: TreeNode | undefined
  for (let id = ownerId; id < end; id += 1) {
    if (id === initPlan.id) id = own
    const node = id < end ? tree[id] : undefined
    if (node === undefined || node.loops === 0 || !mentions(node, pattern)) continue
    // Go on only into what runs before the node found: its own subtree.
    if (found === undefined || id < subtreeEnd(tree, found.id)) found = node
  }
  if (found === undefined) return ownerId
  let user = found.id
  for (let node = found; node.id !== ownerId && node.parentId !== undefined; ) {
    const parent = tree[node.parentId]
    if (parent === undefined) break
    if (isGather(parent.nodeType)) user = parent.id
    node = parent
  }
  return user
}

/** The CTE Scans that read each CTE, by the id of the CTE's own subtree; never-run readers left out. */
export function findCteReaders(tree: readonly TreeNode[]): ReadonlyMap<number, readonly number[]> {
  const readers = new Map<number, number[]>()
  const hasCtes = tree.some((node) => node.kind === 'cte')
  if (!hasCtes) return readers
  for (const node of tree) {
    if (node.kind === 'cte') readers.set(node.id, [])
    if (node.nodeType !== 'CTE Scan' || node.loops === 0) continue
    const name = `CTE ${readScalar(node.raw, 'CTE Name') ?? ''}`
    const cte = findCte(tree, node, name)
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
