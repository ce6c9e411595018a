import type { Plan } from '#shared/plan/index.ts'
import type { Figures } from '../canvas/figures.ts'
import { contains, type Rect, type Size } from '../canvas/viewport.ts'
import { compactLayout, fitsOnlyCompact } from './compact-layout.ts'
import type { GraphModel } from './graph-model.ts'
import { frameHeader, type Layout, layerStep } from './layout-tree.ts'
import { buildReaderEdges, type ReaderEdge } from './reader-edges.ts'
import { buildSpatialIndex, type SpatialIndex } from './spatial-index.ts'

/** A graph with everything in its place, ready to be drawn. */
export interface GraphScene {
  readonly plan: Plan
  readonly figures: Figures | undefined
  readonly model: GraphModel
  readonly layout: Layout
  readonly index: SpatialIndex
  readonly readerEdges: readonly ReaderEdge[]
  readonly bounds: Rect
  /** Its cards are low, so that it is seen whole. */
  readonly isCompact: boolean
}

/** Room around the drawing for the root's rows above it. */
const headroom = 26
/** Between the drawing and the canvas's edge, in pixels. */
export const margin = 16
/** From this scale on a card is drawn whole. */
export const nearScale = 0.62
/** Below this the whole is no picture that can be read: then it opens where the story is. */
export const readableScale = 0.5

/** @param room what it is looked at in; absent for a picture of everything, which has all the room it wants */
export function buildGraphScene(
  plan: Plan,
  figures: Figures | undefined,
  model: GraphModel,
  full: Layout,
  room?: Size,
): GraphScene {
  const isCompact =
    room !== undefined &&
    // Groups stand on shelves of their own.
    model.items.every(({ kind }) => kind === 'node') &&
    fitsOnlyCompact(full, room, { headroom, margin, fullScale: nearScale, leastScale: readableScale })
  const layout = isCompact ? compactLayout(full) : full
  return {
    plan,
    figures,
    model,
    layout,
    index: buildSpatialIndex(layout, model.frames),
    readerEdges: buildReaderEdges(plan, model, layout),
    bounds: { x: 0, y: -headroom, width: layout.width, height: layout.height + headroom },
    isCompact,
  }
}

export function rectOf({ x, y, widths, heights }: Layout, item: number): Rect {
  return { x: x[item] ?? 0, y: y[item] ?? 0, width: widths[item] ?? 0, height: heights[item] ?? 0 }
}

/** The card of a node, or what holds it. */
export function rectOfNode(scene: GraphScene, nodeId: number): Rect | undefined {
  const item = scene.model.itemOf[nodeId]
  return item === undefined || item < 0 ? undefined : rectOf(scene.layout, item)
}

/** What is drawn at a place: a card first, then the header of an open group. */
export function itemAt(scene: GraphScene, x: number, y: number): number | undefined {
  let found: number | undefined
  scene.index.within({ x, y, width: 1e-3, height: 1e-3 }, (item) => {
    found = item
  })
  if (found !== undefined) return found
  return scene.index.frameItems.findLast((item) =>
    contains({ ...rectOf(scene.layout, item), height: frameHeader }, x, y),
  )
}

/** The line from an item up to the one it belongs to; undefined at the root and inside a group. */
export function edgeAbove(scene: GraphScene, item: number): Rect | undefined {
  const { model, layout } = scene
  const parent = model.parents[item] ?? -1
  if (parent < 0 || model.frames[parent] === 1) return undefined
  const from = (layout.x[parent] ?? 0) + (layout.widths[parent] ?? 0) / 2
  const to = (layout.x[item] ?? 0) + (layout.widths[item] ?? 0) / 2
  const top = (layout.y[parent] ?? 0) + (layout.heights[parent] ?? 0)
  return { x: from, y: top, width: to - from, height: (layout.y[item] ?? 0) - top }
}

/** Which items' lines may cross a rectangle: those of the layers in it. */
export function crosses(edge: Rect, rect: Rect): boolean {
  const left = Math.min(edge.x, edge.x + edge.width)
  return (
    left < rect.x + rect.width &&
    left + Math.abs(edge.width) >= rect.x &&
    edge.y < rect.y + rect.height &&
    edge.y + edge.height > rect.y - layerStep / 4
  )
}
