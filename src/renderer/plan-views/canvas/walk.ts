import type { Plan } from '#shared/plan/index.ts'

/** Where a key leads from the selected node, or what it folds. */
export type Walk =
  | { readonly kind: 'select'; readonly nodeId: number }
  | { readonly kind: 'toggle'; readonly nodeId: number }

export interface WalkPlace {
  readonly plan: Plan
  /** Node ids that are not inside a folded one, in the plan's order. */
  readonly visibleIds: readonly number[]
  readonly selectedId: number
  readonly collapsed: ReadonlySet<number>
  /** Worst first, by the chosen measure. */
  readonly listWorst: () => readonly number[]
}

const pageNodes = 10

/**
 * The keyboard in pictures that grow downwards: up to the parent, down to the first child, sideways along the layer;
 * `w` and `W` along the worst.
 * @param key `KeyboardEvent.key`
 */
export function walk(place: WalkPlace, key: string): Walk | undefined {
  const { plan, visibleIds, collapsed } = place
  const at = standingIndex(visibleIds, place.selectedId)
  const node = plan.nodes[visibleIds[at] ?? -1]
  if (node === undefined) return undefined
  switch (key) {
    case 'ArrowUp':
      return select(node.parentId)
    case 'ArrowDown':
      if (node.childIds.length > 0 && collapsed.has(node.id)) return { kind: 'toggle', nodeId: node.id }
      return select(node.childIds[0])
    case 'ArrowRight':
      return select(visibleIds.find((id, index) => index > at && plan.nodes[id]?.depth === node.depth))
    case 'ArrowLeft':
      return select(visibleIds.findLast((id, index) => index < at && plan.nodes[id]?.depth === node.depth))
    case 'PageDown':
      return select(visibleIds[Math.min(visibleIds.length - 1, at + pageNodes)])
    case 'PageUp':
      return select(visibleIds[Math.max(0, at - pageNodes)])
    case 'Home':
      return select(visibleIds[0])
    case 'End':
      return select(visibleIds.at(-1))
    case 'Enter':
      return node.childIds.length === 0 ? undefined : { kind: 'toggle', nodeId: node.id }
    case 'w':
      return select(alongWorst(place.listWorst(), place.selectedId, 1))
    case 'W':
      return select(alongWorst(place.listWorst(), place.selectedId, -1))
    default:
      return undefined
  }
}

function select(nodeId: number | undefined): Walk | undefined {
  return nodeId === undefined ? undefined : { kind: 'select', nodeId }
}

/** Where the selection stands; a node inside a folded one stands where that is. */
export function standingIndex(visibleIds: readonly number[], selectedId: number): number {
  let [low, high] = [0, visibleIds.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((visibleIds[middle] ?? 0) <= selectedId) low = middle
    else high = middle - 1
  }
  return low
}

/** Round and round; from a node that is not among the worst, to the worst of all. */
function alongWorst(worstIds: readonly number[], selectedId: number, step: 1 | -1): number | undefined {
  const at = worstIds.indexOf(selectedId)
  if (at < 0) return worstIds[0]
  return worstIds[(at + step + worstIds.length) % worstIds.length]
}
