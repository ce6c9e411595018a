import type { Plan } from '#shared/plan/index.ts'

/** For each node the id behind the last one of its subtree: nodes stand in pre-order, so a subtree is a stretch of ids. */
export function subtreeEnds(plan: Plan): Int32Array {
  const ends = Int32Array.from(plan.nodes, (node) => node.id + 1)
  for (let id = plan.nodes.length - 1; id > 0; id -= 1) {
    const parentId = plan.nodes[id]?.parentId
    if (parentId !== undefined) ends[parentId] = Math.max(ends[parentId] ?? 0, ends[id] ?? 0)
  }
  return ends
}

/** Sums of a figure over any stretch of ids in one subtraction; what is unknown counts as nothing. */
export function prefixSums(figures: Float64Array): Float64Array {
  const sums = new Float64Array(figures.length + 1)
  for (let id = 0; id < figures.length; id += 1) {
    const figure = figures[id] ?? 0
    sums[id + 1] = (sums[id] ?? 0) + (Number.isFinite(figure) ? figure : 0)
  }
  return sums
}
