export interface Point {
  readonly x: number
  readonly y: number
}
export type Places = ReadonlyMap<string, Point>

export const nodeWidth = 232
export const nodeHeight = 86
const gap = 14

/**
 * Where nodes stand after an update: those that have a place keep it, new ones go where the layout wants them, seen from
 * those that they are new beside, or to the nearest free place below.
 *
 * @param kept places of before; only those of nodes that are still wanted count
 * @param wanted a layout of all nodes, made anew
 */
export function placeNodes(kept: Places, wanted: Places): Places {
  const stay = [...wanted.keys()].filter((key) => kept.has(key))
  if (stay.length === 0) return wanted
  const shift = meanShift(kept, wanted, stay)
  const placed = new Map<string, Point>()
  for (const key of stay) placed.set(key, kept.get(key) ?? { x: 0, y: 0 })
  for (const [key, point] of wanted) {
    if (placed.has(key)) continue
    placed.set(key, findFree({ x: point.x + shift.x, y: point.y + shift.y }, [...placed.values()]))
  }
  return placed
}

/** From who is waited for to who waits. */
export type Links = readonly (readonly [from: string, to: string])[]

/** Wider or higher than this many times the layout made anew, a picture is mostly empty. */
const mostSpread = 1.6
/** So many of the links may be harder to follow than in the layout made anew, for the sake of standing still. */
const mostLost = 0.25

/**
 * Whether nodes that kept their places still make a picture that reads as well as one made anew: not spread over much
 * more room, and with few links that go backwards or pass under others.
 */
export function readsAsWell(placed: Places, wanted: Places, links: Links): boolean {
  const [room, needed] = [extent(placed), extent(wanted)]
  if (room.x > needed.x * mostSpread || room.y > needed.y * mostSpread) return false
  return countHard(placed, links) - countHard(wanted, links) <= links.length * mostLost
}

function extent(places: Places): Point {
  const xs = [...places.values()].map(({ x }) => x)
  const ys = [...places.values()].map(({ y }) => y)
  return {
    x: Math.max(...xs) - Math.min(...xs) + nodeWidth,
    y: Math.max(...ys) - Math.min(...ys) + nodeHeight,
  }
}

/** Links that are hard to follow: to the left, or under somebody else. */
function countHard(places: Places, links: Links): number {
  const all = [...places]
  return links.filter(([from, to]) => {
    const [start, end] = [places.get(from), places.get(to)]
    if (start === undefined || end === undefined) return false
    if (end.x < start.x - nodeWidth / 2) return true
    return all.some(([key, point]) => key !== from && key !== to && isUnder(point, start, end))
  }).length
}

/** Whether the straight way between two nodes passes under another. */
function isUnder(node: Point, start: Point, end: Point): boolean {
  // Cut to the node's sides, one after the other (Liang and Barsky); both ends are nodes as large as this one.
  let [from, to] = [0, 1]
  for (const [offset, way, half] of [
    [start.x - node.x, end.x - start.x, nodeWidth / 2],
    [start.y - node.y, end.y - start.y, nodeHeight / 2],
  ] as const) {
    if (way === 0) {
      if (Math.abs(offset) >= half) return false
      continue
    }
    const [a, b] = [(-half - offset) / way, (half - offset) / way]
    from = Math.max(from, Math.min(a, b))
    to = Math.min(to, Math.max(a, b))
  }
  return from < to
}

/** How far the layout made anew lies from what is on screen. */
function meanShift(kept: Places, wanted: Places, keys: readonly string[]): Point {
  let [x, y] = [0, 0]
  for (const key of keys) {
    const [before, after] = [kept.get(key), wanted.get(key)]
    if (before === undefined || after === undefined) continue
    x += before.x - after.x
    y += before.y - after.y
  }
  return { x: x / keys.length, y: y / keys.length }
}

/** Whether nodes at these places would lie on each other, or too near. */
export function touches(a: Point, b: Point): boolean {
  return Math.abs(a.x - b.x) < nodeWidth + gap && Math.abs(a.y - b.y) < nodeHeight + gap
}

function findFree(from: Point, taken: readonly Point[]): Point {
  let { y } = from
  for (;;) {
    const hit = taken.find((other) => touches(other, { x: from.x, y }))
    if (hit === undefined) return { x: from.x, y }
    y = hit.y + nodeHeight + gap
  }
}

export type Side = 'left' | 'right' | 'top' | 'bottom'

/** The sides at which an arrow leaves and arrives, so that it goes straight there: sideways, or up and down within a column. */
export function sidesBetween(from: Point, to: Point): readonly [leaves: Side, arrives: Side] {
  if (Math.abs(from.x - to.x) < nodeWidth) return to.y < from.y ? ['top', 'bottom'] : ['bottom', 'top']
  return to.x < from.x ? ['left', 'right'] : ['right', 'left']
}
