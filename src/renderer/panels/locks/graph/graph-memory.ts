import { type Links, type Places, type Point, placeNodes, readsAsWell, touches } from './place-nodes.ts'
import type { View } from './view.ts'

/**
 * Where processes stand in the graph, and how one looks at it. It outlives the graph itself: under short waits the same
 * processes come and go all the time, and each stands where it stood.
 */
export interface GraphMemory {
  /** Those of these processes that are known and have their place for themselves. */
  recall(keys: readonly string[]): Places
  /**
   * Places for all of a layout made anew: those that are known keep theirs, or at least those that are shown, or nobody,
   * whichever comes first that reads as well as the layout itself.
   */
  place(wanted: Places, links: Links): Places
  /** These are shown now. */
  keep(places: Places): void
  /** Whether all of these are shown: then their picture is the one that is looked at, less who has gone. */
  areShown(keys: readonly string[]): boolean
  view: View | undefined
}

/** More than the graph ever shows at once. */
const mostKept = 300

export function createGraphMemory(): GraphMemory {
  /** The one seen last stands last. */
  const known = new Map<string, Point>()
  let shown: ReadonlySet<string> = new Set()

  function recall(keys: readonly string[]): Places {
    const places = new Map<string, Point>()
    // Who comes back to a place that somebody has now gets another.
    for (const key of [...keys.filter((one) => shown.has(one)), ...keys]) {
      const point = known.get(key)
      if (point === undefined || places.has(key)) continue
      if (![...places.values()].some((other) => touches(point, other))) places.set(key, point)
    }
    return places
  }

  function keep(places: Places): void {
    shown = new Set(places.keys())
    for (const [key, point] of places) {
      known.delete(key)
      known.set(key, point)
    }
    for (const key of [...known.keys()].slice(0, Math.max(0, known.size - mostKept))) known.delete(key)
  }

  function place(wanted: Places, links: Links): Places {
    const keys = [...wanted.keys()]
    for (const kept of [keys, keys.filter((key) => shown.has(key))]) {
      const placed = placeNodes(recall(kept), wanted)
      if (readsAsWell(placed, wanted, links)) return placed
    }
    // Places of two layouts have nothing to do with each other.
    known.clear()
    return wanted
  }

  return { view: undefined, recall, place, keep, areShown: (keys) => keys.every((key) => shown.has(key)) }
}
