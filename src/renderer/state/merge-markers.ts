import type { Marker } from '#shared/session/index.ts'

/** One list, in order of time. A marker that is told again with its end takes the place of the one without. */
export function mergeMarkers(recorded: readonly Marker[], news: readonly Marker[]): readonly Marker[] {
  if (news.length === 0) return recorded
  const merged = new Map<string, Marker>()
  for (const marker of [...recorded, ...news]) {
    const key = `${marker.kind} ${marker.atMs} ${marker.label}`
    if (merged.get(key)?.endedAtMs === undefined) merged.set(key, marker)
  }
  return [...merged.values()].sort((a, b) => a.atMs - b.atMs)
}
