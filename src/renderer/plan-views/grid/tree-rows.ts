import type { Plan, PlanNode } from '#shared/plan/index.ts'

/** A visible line of the plan tree. */
export interface TreeRow {
  readonly node: PlanNode
  /** Position among its siblings, from 1, for `aria-posinset`. */
  readonly position: number
  readonly siblings: number
  readonly expanded: boolean
  /** How the line from its parent ends: at the last child, or running on to the next one. */
  readonly elbow: 'last' | 'inner' | undefined
}

/**
 * The lines of the tree that are not inside a collapsed node, in the plan's order.
 * Iterative, so that a chain of thousands of nested nodes does not overflow the stack.
 */
export function buildTreeRows(plan: Plan, collapsed: ReadonlySet<number>): readonly TreeRow[] {
  const rows: TreeRow[] = []
  const open: Omit<TreeRow, 'expanded'>[] = []
  const [root] = plan.nodes
  if (root !== undefined) open.push({ node: root, position: 1, siblings: 1, elbow: undefined })
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { childIds, id } = next.node
    const expanded = childIds.length > 0 && !collapsed.has(id)
    rows.push({ ...next, expanded })
    if (!expanded) continue
    // Pushed backwards, so that the first child is popped first.
    for (let index = childIds.length - 1; index >= 0; index -= 1) {
      const node = plan.nodes[childIds[index] ?? -1]
      if (node === undefined) continue
      const elbow = index === childIds.length - 1 ? 'last' : 'inner'
      open.push({ node, position: index + 1, siblings: childIds.length, elbow })
    }
  }
  return rows
}

/** The nodes that are not inside a collapsed one, in the plan's order: where few of the lines are drawn. */
export function listVisibleIds({ nodes }: Plan, collapsed: ReadonlySet<number>): readonly number[] {
  if (collapsed.size === 0) return nodes.map(({ id }) => id)
  const ids: number[] = []
  let insideDepth = Number.POSITIVE_INFINITY
  for (const { id, depth } of nodes) {
    if (depth > insideDepth) continue
    ids.push(id)
    insideDepth = collapsed.has(id) ? depth : Number.POSITIVE_INFINITY
  }
  return ids
}

/** One line of the tree, as `buildTreeRows` has it. */
export function readTreeRow(
  { nodes }: Plan,
  nodeId: number,
  collapsed: ReadonlySet<number>,
): TreeRow | undefined {
  const node = nodes[nodeId]
  if (node === undefined) return undefined
  const among = nodes[node.parentId ?? -1]?.childIds
  const position = among === undefined ? 1 : among.indexOf(nodeId) + 1
  const siblings = among?.length ?? 1
  return {
    node,
    position,
    siblings,
    expanded: node.childIds.length > 0 && !collapsed.has(nodeId),
    elbow: among === undefined ? undefined : position === siblings ? 'last' : 'inner',
  }
}

/** What an arrow key means in a tree grid: move, open, close, or nothing. */
export type TreeMove =
  | { readonly kind: 'select'; readonly nodeId: number }
  | { readonly kind: 'toggle'; readonly nodeId: number }

/**
 * Where the keyboard leads from the selected row.
 * @param key `KeyboardEvent.key`
 * @param pageRows how many rows a page holds
 * @source WAI-ARIA Authoring Practices, "Treegrid Pattern"
 */
export function moveInTree(
  rows: readonly TreeRow[],
  selectedId: number,
  key: string,
  pageRows: number,
): TreeMove | undefined {
  const at = Math.max(
    0,
    rows.findIndex((row) => row.node.id === selectedId),
  )
  const row = rows[at]
  if (row === undefined) return undefined
  const select = (index: number): TreeMove | undefined => {
    const target = rows[Math.min(Math.max(index, 0), rows.length - 1)]
    return target === undefined ? undefined : { kind: 'select', nodeId: target.node.id }
  }
  switch (key) {
    case 'ArrowDown':
      return select(at + 1)
    case 'ArrowUp':
      return select(at - 1)
    case 'PageDown':
      return select(at + pageRows)
    case 'PageUp':
      return select(at - pageRows)
    case 'Home':
      return select(0)
    case 'End':
      return select(rows.length - 1)
    case 'ArrowRight':
      if (row.node.childIds.length === 0) return undefined
      return row.expanded ? select(at + 1) : { kind: 'toggle', nodeId: row.node.id }
    case 'ArrowLeft':
      if (row.expanded) return { kind: 'toggle', nodeId: row.node.id }
      return row.node.parentId === undefined ? undefined : { kind: 'select', nodeId: row.node.parentId }
    case 'Enter':
    case ' ':
      return row.node.childIds.length === 0 ? undefined : { kind: 'toggle', nodeId: row.node.id }
    default:
      return undefined
  }
}
