/** Sizes and places in CSS pixels on screen, or in units of the drawing ("world"), as said. */
export interface Size {
  readonly width: number
  readonly height: number
}

export interface Rect extends Size {
  readonly x: number
  readonly y: number
}

/** Where the drawing stands on screen: `screen = world × scale + (x, y)`. */
export interface Viewport {
  readonly scale: number
  readonly x: number
  readonly y: number
}

export interface ZoomLimits {
  readonly least: number
  readonly most: number
}

export function toWorld(
  viewport: Viewport,
  x: number,
  y: number,
): { readonly x: number; readonly y: number } {
  return { x: (x - viewport.x) / viewport.scale, y: (y - viewport.y) / viewport.scale }
}

export function toScreen(viewport: Viewport, rect: Rect): Rect {
  return {
    x: rect.x * viewport.scale + viewport.x,
    y: rect.y * viewport.scale + viewport.y,
    width: rect.width * viewport.scale,
    height: rect.height * viewport.scale,
  }
}

/** The part of the drawing that is on screen. */
export function visibleWorld(viewport: Viewport, size: Size): Rect {
  const { scale } = viewport
  return {
    x: -viewport.x / scale,
    y: -viewport.y / scale,
    width: size.width / scale,
    height: size.height / scale,
  }
}

export function panBy(viewport: Viewport, dx: number, dy: number): Viewport {
  return { scale: viewport.scale, x: viewport.x + dx, y: viewport.y + dy }
}

/** Zooms so that what is under the pointer (screen pixels) stays under it. */
export function zoomAt(
  viewport: Viewport,
  factor: number,
  at: { readonly x: number; readonly y: number },
  limits: ZoomLimits,
): Viewport {
  const scale = Math.min(limits.most, Math.max(limits.least, viewport.scale * factor))
  const ratio = scale / viewport.scale
  return { scale, x: at.x - (at.x - viewport.x) * ratio, y: at.y - (at.y - viewport.y) * ratio }
}

/** The scale at which all of a rectangle is on screen, with a margin around it; never above `most`. */
export function fittingScale(rect: Rect, size: Size, margin: number, most = 1): number {
  const across = Math.max(1, size.width - 2 * margin) / Math.max(1, rect.width)
  const down = Math.max(1, size.height - 2 * margin) / Math.max(1, rect.height)
  return Math.min(across, down, most)
}

/** Shows all of a rectangle: in the middle, or from its top where it leaves room below. */
export function fitRect(rect: Rect, size: Size, margin: number, most = 1): Viewport {
  const scale = fittingScale(rect, size, margin, most)
  const left = (size.width - rect.width * scale) / 2 - rect.x * scale
  const spare = size.height - rect.height * scale
  return { scale, x: left, y: Math.min(spare / 2, margin * 2) - rect.y * scale }
}

/** Puts the middle of a rectangle into the middle of the screen. */
export function centreOn(rect: Rect, size: Size, scale: number): Viewport {
  return {
    scale,
    x: size.width / 2 - (rect.x + rect.width / 2) * scale,
    y: size.height / 2 - (rect.y + rect.height / 2) * scale,
  }
}

/** The smallest move that brings a rectangle on screen, with a margin around it. */
export function revealRect(viewport: Viewport, rect: Rect, size: Size, margin: number): Viewport {
  const on = toScreen(viewport, rect)
  return {
    scale: viewport.scale,
    x: viewport.x + nudge(on.x, on.width, size.width, margin),
    y: viewport.y + nudge(on.y, on.height, size.height, margin),
  }
}

function nudge(start: number, length: number, room: number, margin: number): number {
  const edge = Math.max(0, Math.min(margin, (room - length) / 2))
  if (start < edge) return edge - start
  const over = start + length - (room - edge)
  return over > 0 ? -over : 0
}

/** Keeps some of the drawing on screen, so that nobody pans into nothing. */
export function keepInSight(viewport: Viewport, bounds: Rect, size: Size, leastPx: number): Viewport {
  const on = toScreen(viewport, bounds)
  const x = Math.min(size.width - leastPx, Math.max(leastPx - on.width, on.x))
  const y = Math.min(size.height - leastPx, Math.max(leastPx - on.height, on.y))
  return { scale: viewport.scale, x: viewport.x + x - on.x, y: viewport.y + y - on.y }
}

/** A step of a move from one place to another; `t` 0–1. Scale moves by ratio, so that zooming looks even. */
export function between(from: Viewport, to: Viewport, t: number): Viewport {
  if (t >= 1) return to
  const eased = 1 - (1 - t) ** 3
  const scale = from.scale * (to.scale / from.scale) ** eased
  // Place follows scale, so that the point both views share stands still.
  const part = to.scale === from.scale ? eased : (scale - from.scale) / (to.scale - from.scale)
  return { scale, x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }
}

export function overlaps(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

export function contains(rect: Rect, x: number, y: number): boolean {
  return x >= rect.x && x < rect.x + rect.width && y >= rect.y && y < rect.y + rect.height
}
