import type { Plan, PlanPartKind } from '#shared/plan/index.ts'
import type { Figures } from '../canvas/figures.ts'

/** One block of the icicle. A CTE with several readers has a block under each, as wide as what that reader pays. */
export interface FlameBlock {
  readonly kind: 'node' | 'part' | 'whole'
  /** −1 for what is no node. */
  readonly nodeId: number
  /** What stands beside the tree. */
  readonly part: PlanPartKind | undefined
  /** The row, from 0. */
  readonly row: number
  /** In the measure's unit, from the left. */
  readonly start: number
  readonly width: number
  /** The node's own part of the width; it is drawn at the left end of what its children leave. */
  readonly own: number
  /** How much of the node's figures stands here, 0–1. */
  readonly share: number
  /** Index of the block above, −1 for the first. */
  readonly parent: number
  /** Index behind the last block below. */
  readonly end: number
}

export interface FlameModel {
  readonly blocks: readonly FlameBlock[]
  /** Width of everything, in the measure's unit. */
  readonly total: number
  readonly rows: number
  /** By node id: its first block, −1 where it has none. */
  readonly blockOf: Int32Array
  readonly neverExecuted: number
}

/** Blocks at most, beyond one a node: CTEs that read CTEs may multiply. */
const spareBlocks = 2_000

interface Child {
  readonly id: number
  readonly share: number
}

/** Who is inside whom, by who pays: `inside[id]` are charged to `id`; `apart` is what nobody waits for. */
function listCharges(plan: Plan): { readonly inside: readonly Child[][]; readonly apart: readonly Child[] } {
  const inside: Child[][] = plan.nodes.map(() => [])
  const apart: Child[] = []
  for (const node of plan.nodes) {
    if (node.id === 0 || node.neverExecuted) continue
    // Without times nothing is charged to anybody: the tree says who is inside whom.
    const unknown = node.chargedTo.length === 0 && !plan.analyzed && node.parentId !== undefined
    const charges = unknown ? [{ nodeId: node.parentId ?? 0, share: 1 }] : node.chargedTo
    let rest = 1
    for (const charge of charges) {
      inside[charge.nodeId]?.push({ id: node.id, share: charge.share })
      rest -= charge.share
    }
    if (rest > 1e-6) apart.push({ id: node.id, share: rest })
  }
  return { inside, apart }
}

/** Own figure and everything charged to it, by node id. Iterative: children before those who pay for them. */
function sumWidths(inside: readonly (readonly Child[])[], own: (id: number) => number): Float64Array {
  const widths = new Float64Array(inside.length)
  const seen = new Uint8Array(inside.length)
  const stack: number[] = []
  for (let from = 0; from < inside.length; from += 1) {
    stack.push(from)
    while (stack.length > 0) {
      const id = stack.at(-1) ?? 0
      const state = seen[id]
      if (state === 0) {
        seen[id] = 1
        for (const child of inside[id] ?? []) if (seen[child.id] === 0) stack.push(child.id)
        continue
      }
      stack.pop()
      if (state === 2) continue
      seen[id] = 2
      widths[id] = (inside[id] ?? []).reduce(
        (sum, child) => sum + (widths[child.id] ?? 0) * child.share,
        own(id),
      )
    }
  }
  return widths
}

/**
 * The icicle of a plan: each block as wide as its own figure and what is charged to it, so that blocks side by side add
 * up to the one above. By elapsed time the parts outside the tree stand beside it, so that the top is the statement.
 * @param size what widths are made of: an additive measure, or the planner's cost
 */
export function buildFlameModel(plan: Plan, size: Figures | undefined): FlameModel {
  const blockOf = new Int32Array(plan.nodes.length).fill(-1)
  const neverExecuted = plan.nodes.filter((node) => node.neverExecuted).length
  if (size === undefined || plan.nodes.length === 0) {
    return { blocks: [], total: 0, rows: 0, blockOf, neverExecuted }
  }
  const own = (id: number): number => {
    const figure = size.own[id] ?? 0
    return figure > 0 ? figure : 0
  }
  const { inside, apart } = listCharges(plan)
  const widths = sumWidths(inside, own)
  const parts =
    size.measure.id === 'elapsed' ? plan.parts.filter(({ kind }) => kind !== 'tree' && kind !== 'apart') : []
  const before = parts.filter(({ kind }) => kind === 'planning')
  const behind = parts.filter(({ kind }) => kind !== 'planning')
  const tops: readonly Child[] = [{ id: 0, share: 1 }, ...apart]
  const total =
    tops.reduce((sum, { id, share }) => sum + (widths[id] ?? 0) * share, 0) +
    parts.reduce((sum, { ms }) => sum + Math.max(0, ms), 0)

  const blocks: Mutable[] = []
  const topRow = parts.length > 0 ? 1 : 0
  const roof = parts.length > 0 ? 0 : -1
  if (parts.length > 0) blocks.push(block({ kind: 'whole', row: 0, start: 0, width: total, parent: -1 }))
  let cursor = 0
  const addParts = (list: typeof parts): void => {
    for (const { kind, ms } of list) {
      const width = Math.max(0, ms)
      blocks.push(
        block({ kind: 'part', part: kind, row: topRow, start: cursor, width, own: width, parent: roof }),
      )
      cursor += width
    }
  }
  addParts(before)
  const most = plan.nodes.length + spareBlocks
  const stack: { id: number; share: number; row: number; start: number; parent: number }[] = []
  for (const { id, share } of tops) {
    stack.push({ id, share, row: topRow, start: cursor, parent: roof })
    cursor += (widths[id] ?? 0) * share
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      if (blocks.length >= most) break
      const index = blocks.length
      const node = next
      blocks.push(
        block({
          kind: 'node',
          nodeId: node.id,
          row: node.row,
          start: node.start,
          width: (widths[node.id] ?? 0) * node.share,
          own: own(node.id) * node.share,
          share: node.share,
          parent: node.parent,
        }),
      )
      if ((blockOf[node.id] ?? -1) < 0) blockOf[node.id] = index
      let start = node.start
      const children = (inside[node.id] ?? []).map((child) => {
        const placed = {
          id: child.id,
          share: child.share * node.share,
          row: node.row + 1,
          start,
          parent: index,
        }
        start += (widths[child.id] ?? 0) * placed.share
        return placed
      })
      for (const child of children.toReversed()) stack.push(child)
    }
  }
  addParts(behind)
  closeBlocks(blocks)
  return {
    blocks,
    total,
    rows: blocks.reduce((most, { row }) => Math.max(most, row + 1), 0),
    blockOf,
    neverExecuted,
  }
}

type Mutable = { -readonly [key in keyof FlameBlock]: FlameBlock[key] }

function block(
  of: Partial<FlameBlock> & Pick<FlameBlock, 'kind' | 'row' | 'start' | 'width' | 'parent'>,
): Mutable {
  return { nodeId: -1, part: undefined, own: 0, share: 1, end: 0, ...of }
}

function closeBlocks(blocks: Mutable[]): void {
  for (let index = blocks.length - 1; index >= 0; index -= 1) {
    const closed = blocks[index]
    if (closed === undefined) continue
    closed.end = Math.max(closed.end, index + 1)
    const above = blocks[closed.parent]
    if (above !== undefined) above.end = Math.max(above.end, closed.end)
  }
}

/** Blocks from the top down to one, itself included. */
export function pathTo(model: FlameModel, index: number): readonly number[] {
  const path: number[] = []
  for (let at = index; at >= 0; at = model.blocks[at]?.parent ?? -1) path.push(at)
  return path.toReversed()
}
