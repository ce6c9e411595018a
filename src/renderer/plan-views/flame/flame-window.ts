import type { FlameModel } from './flame-model.ts'

/** Height of a row, and of what is left free between two. */
export const rowPx = 24
export const rowGapPx = 1

/** What of the icicle is on screen: a stretch of the width (parts of the whole, 0–1), and how far it is scrolled down. */
export interface FlameWindow {
  readonly from: number
  readonly to: number
  readonly top: number
}

export const wholeWindow: FlameWindow = { from: 0, to: 1, top: 0 }
/** Narrower than this and figures lose their meaning. */
const narrowest = 1e-9

/** All of one block across, its row in sight. */
export function windowOf(model: FlameModel, index: number, heightPx: number): FlameWindow {
  const block = model.blocks[index]
  if (block === undefined || model.total <= 0) return wholeWindow
  const from = block.start / model.total
  const to = (block.start + block.width) / model.total
  const top = clampTop(model, Math.max(0, (block.row - 2) * rowPx), heightPx)
  return { from, to: Math.max(to, from + narrowest), top }
}

export function clampTop(model: FlameModel, top: number, heightPx: number): number {
  return Math.min(Math.max(0, model.rows * rowPx + rowPx - heightPx), Math.max(0, top))
}

/** Keeps a stretch inside the whole, as wide as it is. */
export function clampWindow({ from, to, top }: FlameWindow): FlameWindow {
  const width = Math.min(1, Math.max(narrowest, to - from))
  const start = Math.min(1 - width, Math.max(0, from))
  return { from: start, to: start + width, top }
}

/** Zooms across so that what is at a part of the screen (0–1) stays there. */
export function zoomWindow(window: FlameWindow, factor: number, at: number): FlameWindow {
  const point = window.from + (window.to - window.from) * at
  const width = Math.min(1, (window.to - window.from) / factor)
  return clampWindow({ from: point - width * at, to: point + width * (1 - at), top: window.top })
}

export function betweenWindows(from: FlameWindow, to: FlameWindow, t: number): FlameWindow {
  if (t >= 1) return to
  const part = 1 - (1 - t) ** 3
  const move = (a: number, b: number) => a + (b - a) * part
  return { from: move(from.from, to.from), to: move(from.to, to.to), top: move(from.top, to.top) }
}

/** Brings a block's row on screen, and its stretch where it lies outside. */
export function revealBlock(
  model: FlameModel,
  window: FlameWindow,
  index: number,
  heightPx: number,
): FlameWindow {
  const block = model.blocks[index]
  if (block === undefined || model.total <= 0) return window
  const [from, to] = [block.start / model.total, (block.start + block.width) / model.total]
  const outside = to <= window.from || from >= window.to
  const y = block.row * rowPx
  const above = y < window.top
  const below = y + 2 * rowPx > window.top + heightPx
  const top = above ? y - rowPx : below ? y + 2 * rowPx - heightPx : window.top
  const moved = { ...window, top: clampTop(model, top, heightPx) }
  return outside ? { ...wholeWindow, top: moved.top } : moved
}

/** The block at a place on screen. */
export function blockAt(
  model: FlameModel,
  window: FlameWindow,
  widthPx: number,
  x: number,
  y: number,
): number | undefined {
  const row = Math.floor((y + window.top) / rowPx)
  const at = (window.from + ((window.to - window.from) * x) / Math.max(1, widthPx)) * model.total
  let index = 0
  while (index < model.blocks.length) {
    const block = model.blocks[index]
    if (block === undefined) return undefined
    const within = at >= block.start && at < block.start + block.width
    if (within && block.row === row) return index
    index = within ? index + 1 : block.end
  }
  return undefined
}
