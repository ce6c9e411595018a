import type { Rect } from '../canvas/viewport.ts'
import { type Layout, layerStep } from './layout-tree.ts'

/** Finds what is in a part of the drawing: cards by bands of a layer's height, each band sorted from left to right. */
export interface SpatialIndex {
  /** Calls back for each card that touches the rectangle. */
  readonly within: (rect: Rect, visit: (item: number) => void) => void
  readonly frameItems: readonly number[]
}

/** @param frames 1 for what spans bands of its own: those are few, and always looked at */
export function buildSpatialIndex(layout: Layout, frames: Uint8Array): SpatialIndex {
  const { x, y, widths, heights } = layout
  const bands: number[][] = []
  const frameItems: number[] = []
  for (let item = 0; item < x.length; item += 1) {
    if (frames[item] === 1) frameItems.push(item)
    else {
      const band = Math.floor((y[item] ?? 0) / layerStep)
      const items = bands[band] ?? []
      bands[band] = items
      items.push(item)
    }
  }
  for (const items of bands) items?.sort((a, b) => (x[a] ?? 0) - (x[b] ?? 0))
  const within = (rect: Rect, visit: (item: number) => void): void => {
    // A card reaches into the next band at most.
    const from = Math.max(0, Math.floor(rect.y / layerStep) - 1)
    const to = Math.min(bands.length - 1, Math.floor((rect.y + rect.height) / layerStep))
    for (let band = from; band <= to; band += 1) {
      const items = bands[band]
      if (items === undefined) continue
      for (let at = firstBehind(items, x, widths, rect.x); at < items.length; at += 1) {
        const item = items[at] ?? 0
        if ((x[item] ?? 0) >= rect.x + rect.width) break
        const top = y[item] ?? 0
        if (top < rect.y + rect.height && top + (heights[item] ?? 0) > rect.y) visit(item)
      }
    }
  }
  return { within, frameItems }
}

/** The first of a band whose right edge is behind `left`; cards of a band are equally wide. */
function firstBehind(items: readonly number[], x: Float32Array, widths: Float32Array, left: number): number {
  let [low, high] = [0, items.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const item = items[middle] ?? 0
    if ((x[item] ?? 0) + (widths[item] ?? 0) <= left) low = middle + 1
    else high = middle
  }
  return low
}
