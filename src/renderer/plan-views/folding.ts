import type { Plan } from '#shared/plan/index.ts'

/** What of a view's state folding concerns. */
export interface FoldState {
  readonly selectedId: number
  readonly collapsed: ReadonlySet<number>
}

/**
 * What a change brings with it: a node that gets selected is not left inside a folded one, and a node that is folded
 * takes over the selection of what it hides.
 */
export function settleChange<Change extends Partial<FoldState>>(
  plan: Plan,
  state: FoldState,
  change: Change,
): Change | (Change & Partial<FoldState>) {
  const selectedId = change.selectedId ?? state.selectedId
  const collapsed = change.collapsed ?? state.collapsed
  if (collapsed.size === 0) return change
  const hiding = ancestors(plan, selectedId).filter((id) => collapsed.has(id))
  const outermost = hiding.at(-1)
  if (outermost === undefined) return change
  if (change.selectedId === undefined) return { ...change, selectedId: outermost }
  return { ...change, collapsed: new Set([...collapsed].filter((id) => !hiding.includes(id))) }
}

/** From the parent up to the root. */
function ancestors(plan: Plan, nodeId: number): readonly number[] {
  const above: number[] = []
  for (let id = plan.nodes[nodeId]?.parentId; id !== undefined; id = plan.nodes[id]?.parentId) above.push(id)
  return above
}

/** The set of folded nodes with one more, or one less. */
export function toggleFolded(collapsed: ReadonlySet<number>, nodeId: number): ReadonlySet<number> {
  const after = new Set(collapsed)
  if (!after.delete(nodeId)) after.add(nodeId)
  return after
}
