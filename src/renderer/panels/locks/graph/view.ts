import { nodeHeight, nodeWidth, type Places, type Point } from './place-nodes.ts'

/** How the graph lies on the screen: a point is drawn at `x + zoom × its own`, from the left of the graph's room. */
export interface View {
  readonly x: number
  readonly y: number
  readonly zoom: number
}

interface Room {
  readonly width: number
  readonly height: number
}

/** Whether all nodes at these places are in sight, each as a whole. */
export function isInSight(points: Iterable<Point>, { x, y, zoom }: View, { width, height }: Room): boolean {
  for (const point of points) {
    const [left, top] = [x + zoom * point.x, y + zoom * point.y]
    if (left < 0 || top < 0 || left + zoom * nodeWidth > width || top + zoom * nodeHeight > height)
      return false
  }
  return true
}

/** Where somebody stands who stood elsewhere before, or nowhere. */
export function arrivals(before: Places, now: Places): readonly Point[] {
  return [...now]
    .filter(([key, { x, y }]) => {
      const place = before.get(key)
      return place?.x !== x || place.y !== y
    })
    .map(([, point]) => point)
}
