import { useMemo } from 'react'
import type { ChartMark } from '#renderer/charts/index.ts'
import { useMarkers, useOneServer, useRecordingState, useUnrecorded } from '#renderer/state/index.ts'
import type { Marker, MarkerKind } from '#shared/session/index.ts'

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

interface Marks {
  readonly all: readonly ChartMark[]
  /** Where nobody looked, and where the server began anew: what a small chart has room for. */
  readonly gaps: readonly ChartMark[]
}

/** Made once for a list of markers, however many charts ask. */
const made = new WeakMap<readonly Marker[], Marks>()

function marksOf(markers: readonly Marker[]): Marks {
  const known = made.get(markers)
  if (known !== undefined) return known
  const all = markers.flatMap(({ kind, atMs, endedAtMs, label }): readonly ChartMark[] => {
    const tone = tones[kind]
    if (tone === undefined) return []
    return [
      {
        atMs,
        label,
        tone,
        ...(endedAtMs === undefined ? {} : { endedAtMs }),
        ...(kind === 'server-restart' ? { isBreak: true } : {}),
      },
    ]
  })
  const marks = { all, gaps: all.filter(({ tone, isBreak }) => tone === 'gap' || isBreak === true) }
  made.set(markers, marks)
  return marks
}

/** The session's marks, for a chart with room for them; what is not of its server is shaded. */
export const useChartMarks = (): readonly ChartMark[] => useWithShades(marksOf(useMarkers()).all)

/** The session's gaps and restarts. */
export const useGapMarks = (): readonly ChartMark[] => useWithShades(marksOf(useMarkers()).gaps)

/** When nobody recorded, and when another server was: that is empty too, and has to be told from nobody being at work. */
function useWithShades(marks: readonly ChartMark[]): readonly ChartMark[] {
  const { range, before } = useOneServer()
  const otherName = before?.name
  const otherUntilMs = otherName === undefined ? undefined : range.fromMs
  const unrecorded = useUnrecorded()
  const recording = useRecordingState()
  const awaySinceMs = recording.status === 'waiting' ? recording.since : undefined
  return useMemo(
    () => [
      ...(otherUntilMs === undefined
        ? []
        : [
            {
              atMs: 0,
              endedAtMs: otherUntilMs,
              label: `another server: ${otherName}`,
              tone: 'void',
            } satisfies ChartMark,
          ]),
      ...unrecorded.map(
        ({ fromMs = 0, toMs }): ChartMark => ({
          atMs: fromMs,
          ...(toMs === undefined ? {} : { endedAtMs: toMs }),
          label: 'not recorded',
          tone: 'void',
        }),
      ),
      ...marks,
      // Told as a gap when the server is back.
      ...(awaySinceMs === undefined
        ? []
        : [{ atMs: awaySinceMs, label: 'the server is away', tone: 'gap' } satisfies ChartMark]),
    ],
    [unrecorded, marks, awaySinceMs, otherName, otherUntilMs],
  )
}
