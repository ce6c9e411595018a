import { fittingScale, type Size } from '../canvas/viewport.ts'
import { cardHeight, type Layout, layerStep } from './layout-tree.ts'

/** A card of two lines: name and figure, bar and marks. */
export const compactCardHeight = 36
const compactStep = compactCardHeight + 22

/** The same layers, lower and closer together. */
export function compactLayout(layout: Layout): Layout {
  const y = layout.y.map((top) => (top / layerStep) * compactStep)
  const heights = new Float32Array(layout.heights.length).fill(compactCardHeight)
  const layers = Math.round((layout.height - cardHeight) / layerStep)
  return { ...layout, y, heights, height: layers * compactStep + compactCardHeight }
}

export interface Readable {
  /** Above the drawing, for the root's rows. */
  readonly headroom: number
  readonly margin: number
  /** From this scale on all of a card can be read. */
  readonly fullScale: number
  /** From this scale on the whole is a picture that can be read at all. */
  readonly leastScale: number
}

/**
 * A plan that would be seen whole, in full words, if only its cards were lower, gets such cards. What is seen whole
 * anyway keeps its own, and so does what is too large for either.
 */
export function fitsOnlyCompact(layout: Layout, room: Size, readable: Readable): boolean {
  const { headroom, margin, fullScale, leastScale } = readable
  const scaleOf = ({ width, height }: Layout) =>
    fittingScale({ x: 0, y: -headroom, width, height: height + headroom }, room, margin)
  return scaleOf(layout) < fullScale && scaleOf(compactLayout(layout)) >= leastScale
}
