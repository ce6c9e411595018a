import { useMemo } from 'react'
import { useMarkers, useSession } from '#renderer/state/index.ts'
import type { Marker } from '#shared/session/index.ts'

/** Marks of the session with its runs, in order of time. */
export function useAllMarkers(): readonly Marker[] {
  const markers = useMarkers()
  const runs = useSession((store) => store.runs)
  return useMemo(() => {
    const own = runs.map(
      ({ ordinal, startedAtMs, timings, statement }): Marker => ({
        kind: 'run',
        atMs: startedAtMs,
        endedAtMs: startedAtMs + timings.elapsedMs,
        label: `Run ${ordinal}: ${statement.replaceAll(/\s+/g, ' ').slice(0, 80)}`,
      }),
    )
    const others = markers.filter(({ kind }) => kind !== 'run')
    return [...others, ...own].sort((a, b) => a.atMs - b.atMs)
  }, [markers, runs])
}
