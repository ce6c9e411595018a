import { type Plan, titleOf } from '#shared/plan/index.ts'
import { formatPercent } from '#shared/units/index.ts'
import type { Curve } from '../canvas/painter.ts'
import type { Rect } from '../canvas/viewport.ts'
import type { GraphModel } from './graph-model.ts'
import type { Layout } from './layout-tree.ts'

/** From an InitPlan or a CTE to a node that reads it and pays for it. */
export interface ReaderEdge {
  readonly sourceId: number
  readonly readerId: number
  readonly curve: Curve
  readonly bounds: Rect
  /** Where the head of the arrow points: from the left or from the right. */
  readonly direction: 1 | -1
  readonly title: string
}

export function buildReaderEdges(plan: Plan, model: GraphModel, layout: Layout): readonly ReaderEdge[] {
  const edges: ReaderEdge[] = []
  for (const node of plan.nodes) {
    if (node.subplanName === undefined) continue
    for (const charge of node.chargedTo) {
      if (charge.nodeId === node.parentId) continue
      const [source, reader] = [model.itemOf[node.id] ?? -1, model.itemOf[charge.nodeId] ?? -1]
      if (source < 0 || reader < 0 || source === reader) continue
      const target = plan.nodes[charge.nodeId]
      if (target === undefined) continue
      const { curve, direction } = curveBetween(layout, source, reader)
      edges.push({
        sourceId: node.id,
        readerId: charge.nodeId,
        curve,
        bounds: boundsOf(curve),
        direction,
        title: `${node.subplanName}: ${formatPercent(charge.share)} of its time is paid by ${titleOf(target).text}`,
      })
    }
  }
  return edges
}

/** Out at the side that faces the reader, in at the reader's side that faces back. */
function curveBetween(layout: Layout, source: number, reader: number): { curve: Curve; direction: 1 | -1 } {
  const side = (item: number, right: boolean) =>
    (layout.x[item] ?? 0) + (right ? (layout.widths[item] ?? 0) : 0)
  const height = (item: number) => (layout.y[item] ?? 0) + Math.min(60, layout.heights[item] ?? 0) / 2
  const middle = (item: number) => (side(item, false) + side(item, true)) / 2
  const outRight = middle(reader) >= middle(source)
  // Where the two stand one over the other, the line goes round on one side.
  const beside = side(reader, false) >= side(source, true) || side(reader, true) <= side(source, false)
  const inRight = beside ? !outRight : outRight
  const [x0, y0] = [side(source, outRight), height(source)]
  const [x3, y3] = [side(reader, inRight), height(reader)]
  const reach = Math.min(90, 30 + Math.abs(x3 - x0) / 2)
  return {
    curve: [x0, y0, x0 + (outRight ? reach : -reach), y0, x3 + (inRight ? reach : -reach), y3, x3, y3],
    direction: inRight ? -1 : 1,
  }
}

function boundsOf(curve: Curve): Rect {
  const [x0, y0, x1, y1, x2, y2, x3, y3] = curve
  const [xs, ys] = [
    [x0, x1, x2, x3],
    [y0, y1, y2, y3],
  ]
  const [left, top] = [Math.min(...xs), Math.min(...ys)]
  return { x: left, y: top, width: Math.max(...xs) - left, height: Math.max(...ys) - top }
}

const samples = 24

/** How near a point is to a curve, by points along it: near enough for a pointer. */
export function distanceTo(curve: Curve, x: number, y: number): number {
  const [x0, y0, x1, y1, x2, y2, x3, y3] = curve
  let nearest = Number.POSITIVE_INFINITY
  for (let step = 0; step <= samples; step += 1) {
    const t = step / samples
    const [a, b, c, d] = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t ** 3]
    nearest = Math.min(
      nearest,
      Math.hypot(a * x0 + b * x1 + c * x2 + d * x3 - x, a * y0 + b * y1 + c * y2 + d * y3 - y),
    )
  }
  return nearest
}
