/**
 * A tidy tree, top down: children in their order side by side as close as their subtrees allow, a parent in the middle
 * over its first and last child. The way of Reingold and Tilford (1981) with outlines instead of threads: each subtree
 * keeps its left and right outline a layer at a time, deepest first, so that a parent is a push and a merge costs the
 * shallower of two subtrees. Linear in the number of items; nothing recurses, so depth costs no stack.
 *
 * A frame is the exception: what is in it lies on shelves, since a thousand siblings in one row are no picture.
 */
export const cardWidth = 224
export const cardHeight = 58
const siblingGap = 26
/** From the top of one layer to the top of the next. */
export const layerStep = cardHeight + 26
export const frameHeader = 30
const framePad = 16
const shelfGap = 22
/** How much wider than high a frame is meant to be. */
const frameAspect = 1.7

export interface LayoutInput {
  /** Pre-order; the item above each, −1 for the root. */
  readonly parents: Int32Array
  readonly frames: Uint8Array
}

export interface Layout {
  /** Upper left corners. */
  readonly x: Float32Array
  readonly y: Float32Array
  readonly widths: Float32Array
  readonly heights: Float32Array
  /** Of everything; it begins at 0, 0. */
  readonly width: number
  readonly height: number
}

/** Both sides of a subtree relative to its middle, deepest layer first; stored values lack their shift. */
interface Outline {
  left: number[]
  right: number[]
  leftShift: number
  rightShift: number
}

export function layoutTree({ parents, frames }: LayoutInput): Layout {
  const count = parents.length
  const first = new Int32Array(count).fill(-1)
  const next = new Int32Array(count).fill(-1)
  for (let item = count - 1; item > 0; item -= 1) {
    const parent = parents[item] ?? 0
    next[item] = first[parent] ?? -1
    first[parent] = item
  }
  const widths = new Float32Array(count).fill(cardWidth)
  const heights = new Float32Array(count).fill(cardHeight)
  /** Middle and top, relative to the parent's. */
  const dx = new Float64Array(count)
  const dy = new Float64Array(count).fill(layerStep)
  const outlines: (Outline | undefined)[] = Array.from({ length: count }, () => undefined)

  for (let item = count - 1; item >= 0; item -= 1) {
    const children: number[] = []
    for (let child = first[item] ?? -1; child >= 0; child = next[child] ?? -1) children.push(child)
    if (frames[item] === 1) outlines[item] = layFrame(item, children, outlines, widths, heights, dx, dy)
    else outlines[item] = laySideBySide(children, outlines, dx)
    for (const child of children) outlines[child] = undefined
  }
  return place(parents, dx, dy, widths, heights)
}

function laySideBySide(
  children: readonly number[],
  outlines: readonly (Outline | undefined)[],
  dx: Float64Array,
): Outline {
  let all: Outline | undefined
  for (const child of children) {
    const outline = outlines[child]
    if (outline === undefined) continue
    if (all === undefined) {
      all = outline
      continue
    }
    dx[child] = distance(all, outline)
    all = merge(all, outline, dx[child] ?? 0)
  }
  const outline = all ?? { left: [], right: [], leftShift: 0, rightShift: 0 }
  const middle = ((dx[children[0] ?? -1] ?? 0) + (dx[children.at(-1) ?? -1] ?? 0)) / 2
  for (const child of children) dx[child] = (dx[child] ?? 0) - middle
  outline.leftShift -= middle
  outline.rightShift -= middle
  pushLayers(outline, cardWidth, 1)
  return outline
}

/** How far the middle of the right subtree has to be from that of the left. */
function distance(left: Outline, right: Outline): number {
  const common = Math.min(left.right.length, right.left.length)
  let most = Number.NEGATIVE_INFINITY
  for (let layer = 1; layer <= common; layer += 1) {
    const edge = (left.right[left.right.length - layer] ?? 0) + left.rightShift
    const start = (right.left[right.left.length - layer] ?? 0) + right.leftShift
    most = Math.max(most, edge - start)
  }
  return most + siblingGap
}

function merge(a: Outline, b: Outline, shift: number): Outline {
  const common = Math.min(a.left.length, b.left.length)
  const [bLeft, bRight] = [b.leftShift + shift, b.rightShift + shift]
  if (b.left.length > a.left.length) {
    for (let layer = 1; layer <= common; layer += 1) {
      b.left[b.left.length - layer] = (a.left[a.left.length - layer] ?? 0) + a.leftShift - bLeft
    }
    return { left: b.left, right: b.right, leftShift: bLeft, rightShift: bRight }
  }
  for (let layer = 1; layer <= common; layer += 1) {
    a.right[a.right.length - layer] = (b.right[b.right.length - layer] ?? 0) + bRight - a.rightShift
  }
  return a
}

function pushLayers(outline: Outline, width: number, layers: number): void {
  for (let layer = 0; layer < layers; layer += 1) {
    outline.left.push(-width / 2 - outline.leftShift)
    outline.right.push(width / 2 - outline.rightShift)
  }
}

/** Members on shelves, each with its subtree under it. */
function layFrame(
  frame: number,
  children: readonly number[],
  outlines: readonly (Outline | undefined)[],
  widths: Float32Array,
  heights: Float32Array,
  dx: Float64Array,
  dy: Float64Array,
): Outline {
  const cells = children.map((child) => {
    const outline = outlines[child]
    const left = least(outline?.left) + (outline?.leftShift ?? 0)
    const right = most(outline?.right) + (outline?.rightShift ?? 0)
    const layers = outline?.left.length ?? 1
    return { child, left, width: right - left, height: layers * layerStep - (layerStep - cardHeight) }
  })
  const area = cells.reduce((sum, cell) => sum + (cell.width + siblingGap) * (cell.height + shelfGap), 0)
  const widest = cells.reduce((width, cell) => Math.max(width, cell.width), 0)
  const room = Math.max(widest, Math.sqrt(area * frameAspect))
  let [x, y, shelf, reach] = [0, 0, 0, 0]
  for (const cell of cells) {
    if (x > 0 && x + cell.width > room) {
      y += shelf + shelfGap
      x = 0
      shelf = 0
    }
    dx[cell.child] = x - cell.left
    dy[cell.child] = frameHeader + framePad + y
    x += cell.width + siblingGap
    shelf = Math.max(shelf, cell.height)
    reach = Math.max(reach, x - siblingGap)
  }
  const width = Math.max(cardWidth, reach + 2 * framePad)
  const height = frameHeader + 2 * framePad + y + shelf
  for (const cell of cells) dx[cell.child] = (dx[cell.child] ?? 0) + framePad - width / 2
  widths[frame] = width
  heights[frame] = height
  const outline: Outline = { left: [], right: [], leftShift: 0, rightShift: 0 }
  pushLayers(outline, width, Math.max(1, Math.ceil((height + layerStep - cardHeight) / layerStep)))
  return outline
}

const least = (values: readonly number[] = []): number =>
  values.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY)
const most = (values: readonly number[] = []): number =>
  values.reduce((high, value) => Math.max(high, value), Number.NEGATIVE_INFINITY)

/** From places relative to the parent to places in the drawing, which begins at 0, 0. */
function place(
  parents: Int32Array,
  dx: Float64Array,
  dy: Float64Array,
  widths: Float32Array,
  heights: Float32Array,
): Layout {
  const count = parents.length
  const middles = new Float64Array(count)
  const y = new Float32Array(count)
  let [left, right, bottom] = [0, 0, 0]
  for (let item = 0; item < count; item += 1) {
    const parent = parents[item] ?? -1
    middles[item] = parent < 0 ? 0 : (middles[parent] ?? 0) + (dx[item] ?? 0)
    y[item] = parent < 0 ? 0 : (y[parent] ?? 0) + (dy[item] ?? 0)
    left = Math.min(left, (middles[item] ?? 0) - (widths[item] ?? 0) / 2)
    right = Math.max(right, (middles[item] ?? 0) + (widths[item] ?? 0) / 2)
    bottom = Math.max(bottom, (y[item] ?? 0) + (heights[item] ?? 0))
  }
  const x = Float32Array.from(middles, (middle, item) => middle - (widths[item] ?? 0) / 2 - left)
  return { x, y, widths, heights, width: right - left, height: bottom }
}
