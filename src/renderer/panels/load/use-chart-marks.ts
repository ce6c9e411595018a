import { useMemo } from 'react'
import type { ChartMark } from '#renderer/charts/index.ts'
import { useMarkers } from '#renderer/state/index.ts'
import type { MarkerKind } from '#shared/session/index.ts'

/** What changes how a chart has to be read; the timeline below shows all the rest. */
const tones: Partial<Readonly<Record<MarkerKind, ChartMark['tone']>>> = {
  gap: 'gap',
  reset: 'warn',
  'server-restart': 'bad',
  'connection-lost': 'bad',
  deadlock: 'bad',
  'settings-changed': 'quiet',
  ddl: 'quiet',
  run: 'quiet',
}

export function useChartMarks(): readonly ChartMark[] {
  const markers = useMarkers()
  return useMemo(
    () =>
      markers.flatMap(({ kind, atMs, endedAtMs, label }) => {
        const tone = tones[kind]
        return tone === undefined
          ? []
          : [{ atMs, label, tone, ...(endedAtMs === undefined ? {} : { endedAtMs }) }]
      }),
    [markers],
  )
}
