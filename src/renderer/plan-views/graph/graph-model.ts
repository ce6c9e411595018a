import type { Plan, PlanNode } from '#shared/plan/index.ts'
import type { Figures } from '../canvas/figures.ts'
import { prefixSums, subtreeEnds } from '../canvas/subtrees.ts'

/** More children than this are folded into a group: side by side nobody reads them. */
export const mostSideBySide = 12
/** So many of a closed group's members stand beside it all the same: those that matter most. */
const shownOfGroup = 2

/** Something with a place in the graph. */
export type GraphItem =
  | { readonly kind: 'node'; readonly node: PlanNode; readonly held: Held | undefined }
  | {
      readonly kind: 'group'
      /** The node whose children it holds. */
      readonly owner: PlanNode
      readonly open: boolean
      /** Its members that are not shown beside it. */
      readonly memberIds: readonly number[]
      readonly held: Held
    }

/** What is inside something folded. */
export interface Held {
  readonly nodes: number
  /** Own figures summed; undefined by a measure whose figures do not add up. */
  readonly figure: number | undefined
}

export interface GraphModel {
  /** Pre-order: an item stands before what is under it. */
  readonly items: readonly GraphItem[]
  /** By item: the item above, −1 for the root. */
  readonly parents: Int32Array
  /** By item: 1 for an open group, whose members lie inside it. */
  readonly frames: Uint8Array
  /** By node id: its item, or the one that holds it. */
  readonly itemOf: Int32Array
}

export interface GraphChoice {
  readonly collapsed: ReadonlySet<number>
  /** Ids of nodes whose group of children is open. */
  readonly openGroups: ReadonlySet<number>
  /** Shown wherever it is. */
  readonly selectedId: number
}

/** What of a plan is in the graph: without what is folded, with groups for what is too many. Iterative. */
export function buildGraphModel(plan: Plan, figures: Figures | undefined, choice: GraphChoice): GraphModel {
  const ends = subtreeEnds(plan)
  const sums = prefixSums(figures?.own ?? new Float64Array(plan.nodes.length))
  const adds = figures !== undefined && (figures.measure.additive || figures.measure.id === 'cost')
  const sumOf = (id: number): number => (sums[ends[id] ?? id] ?? 0) - (sums[id] ?? 0)

  const items: GraphItem[] = []
  const parents: number[] = []
  const frames: number[] = []
  const itemOf = new Int32Array(plan.nodes.length).fill(-1)
  const add = (item: GraphItem, parent: number): number => {
    items.push(item)
    parents.push(parent)
    frames.push(item.kind === 'group' && item.open ? 1 : 0)
    return items.length - 1
  }
  const hold = (ids: readonly number[], item: number): Held => {
    let nodes = 0
    let figure = 0
    for (const id of ids) {
      nodes += (ends[id] ?? id) - id
      figure += sumOf(id)
      itemOf.fill(item, id, ends[id])
    }
    return { nodes, figure: adds ? figure : undefined }
  }

  type Step =
    | { readonly id: number; readonly parent: number }
    | {
        readonly owner: PlanNode
        readonly memberIds: readonly number[]
        readonly open: boolean
        readonly parent: number
      }
  const steps: Step[] = plan.nodes.length === 0 ? [] : [{ id: 0, parent: -1 }]
  for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
    if ('owner' in step) {
      const { owner, memberIds, open } = step
      const index = items.length
      const held = hold(memberIds, index)
      add({ kind: 'group', owner, open, memberIds, held }, step.parent)
      if (open) for (const id of memberIds.toReversed()) steps.push({ id, parent: index })
      continue
    }
    const node = plan.nodes[step.id]
    if (node === undefined) continue
    const index = items.length
    const folded = node.childIds.length > 0 && choice.collapsed.has(node.id)
    const held = folded ? hold(node.childIds, index) : undefined
    add({ kind: 'node', node, held }, step.parent)
    itemOf[node.id] = index
    if (folded) continue
    const children = node.childIds
    if (children.length <= mostSideBySide) {
      for (const id of children.toReversed()) steps.push({ id, parent: index })
      continue
    }
    const open = choice.openGroups.has(node.id)
    const shown = open ? new Set<number>() : chooseShown(children, sumOf, ends, choice.selectedId)
    const memberIds = children.filter((id) => !shown.has(id))
    steps.push({ owner: node, memberIds, open, parent: index })
    for (const id of children.filter((id) => shown.has(id)).toReversed()) steps.push({ id, parent: index })
  }
  return { items, parents: Int32Array.from(parents), frames: Uint8Array.from(frames), itemOf }
}

/** The members with the most in them, and the one that the selection is in. */
function chooseShown(
  children: readonly number[],
  sumOf: (id: number) => number,
  ends: Int32Array,
  selectedId: number,
): ReadonlySet<number> {
  const worst = children
    .filter((id) => sumOf(id) > 0)
    .toSorted((a, b) => sumOf(b) - sumOf(a) || a - b)
    .slice(0, shownOfGroup)
  const selected = children.find((id) => id <= selectedId && selectedId < (ends[id] ?? id))
  return new Set(selected === undefined ? worst : [...worst, selected])
}
