import { formatDuration } from '#shared/units/index.ts'
import type { RunWaits, StripLane, StripSegment, WaitSample, WaitStrip } from '#shared/waits/index.ts'

/** What the strip knows of a run that is still under way: its samples so far, nothing else yet. */
export function waitsSoFar(samples: readonly WaitSample[], requestedHz: number): RunWaits {
  return {
    requestedHz,
    startedAtMs: 0,
    ticks: new Set(samples.map((sample) => sample.atMs)).size,
    skippedTicks: 0,
    samples,
    lockWaits: [],
    heldLocks: [],
    notes: [],
    observerQueryMs: 0,
  }
}

/** `leader`, then `worker 1`, `worker 2` … in the order they appeared. */
export function laneName(strip: WaitStrip, lane: StripLane): string {
  if (lane.role === 'leader') return 'leader'
  return `worker ${strip.lanes.filter((other) => other.role === 'worker').indexOf(lane) + 1}`
}

/** The segment of a lane at a moment; undefined in a gap. Segments are in order of time. */
export function segmentAt(lane: StripLane, atMs: number): StripSegment | undefined {
  let low = 0
  let high = lane.segments.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const segment = lane.segments[middle]
    if (segment === undefined) return undefined
    if (atMs < segment.fromMs) high = middle - 1
    else if (atMs >= segment.toMs) low = middle + 1
    else return segment
  }
  return undefined
}

/** What is said of one moment of one process. */
export function describeMoment(strip: WaitStrip, lane: StripLane, atMs: number): string {
  const where = `${laneName(strip, lane)} (pid ${lane.pid}) at ${formatDuration(atMs)}`
  const segment = segmentAt(lane, atMs)
  if (segment === undefined) return `${where}: not sampled`
  const what =
    segment.waitEvent === undefined ? segment.waitClass : `${segment.waitClass} · ${segment.waitEvent}`
  const length = formatDuration(segment.toMs - segment.fromMs)
  return `${where}: ${what}, for ${length} (${segment.samples} ${segment.samples === 1 ? 'sample' : 'samples'})`
}

/** Where the run was sampled next after (or before) a moment; the run's ends where there is no more. */
export function stepSample(samples: readonly WaitSample[], atMs: number, direction: 1 | -1): number {
  const ticks = [...new Set(samples.map((sample) => sample.atMs))].toSorted((a, b) => a - b)
  const next = direction === 1 ? ticks.find((tick) => tick > atMs) : ticks.findLast((tick) => tick < atMs)
  return next ?? (direction === 1 ? (ticks.at(-1) ?? 0) : (ticks[0] ?? 0))
}
