import type { Marker, MarkerKind } from '#shared/session/index.ts'
import { markerLooks } from './marker-looks.ts'

/** How many marks there are of each kind, those that matter most first. */
export function countKinds(markers: readonly Marker[]): ReadonlyMap<MarkerKind, number> {
  const counts = new Map<MarkerKind, number>()
  for (const { kind } of markers) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return new Map([...counts].sort(([a], [b]) => markerLooks[b].weight - markerLooks[a].weight))
}

/** So many gaps can be read past. */
const fewGaps = 8

/** What is not listed until it is asked for: a server that answers slowly leaves hundreds of gaps, and they say one thing. */
export function hiddenAtFirst(counts: ReadonlyMap<MarkerKind, number>): ReadonlySet<MarkerKind> {
  const gaps = counts.get('gap') ?? 0
  return new Set(gaps > fewGaps && counts.size > 1 ? ['gap'] : [])
}
