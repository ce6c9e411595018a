import { formatDuration, type Milliseconds, type Ratio } from '../units/index.ts'
import { type RunWaits, type WaitClass, type WaitSample, waitClasses } from './model.ts'

/** A stretch of time in which a process was seen doing the same thing. */
export interface StripSegment {
  readonly fromMs: Milliseconds
  readonly toMs: Milliseconds
  readonly waitClass: WaitClass
  readonly waitEvent?: string
  /** Samples that it stands on. */
  readonly samples: number
}

/** One process of the run. Between segments nothing is known: a gap is neither `CPU` nor idle. */
export interface StripLane {
  readonly pid: number
  readonly role: 'leader' | 'worker'
  readonly segments: readonly StripSegment[]
}

export interface WaitStrip {
  /** The leader first, then workers as they appeared. */
  readonly lanes: readonly StripLane[]
  readonly totals: readonly {
    readonly waitClass: WaitClass
    readonly samples: number
    readonly share: Ratio
    /** Length of its segments over all lanes. */
    readonly processMs: Milliseconds
  }[]
  readonly elapsedMs: Milliseconds
  /** Why there are no lanes to draw, in words for people. */
  readonly tooShort?: string
}

/** Fewer ticks than these say nothing about where the time went. */
const fewestTicks = 5

/** Whether a run was seen too seldom to say where its time went: shares of a few samples are noise. */
export function isTooShort(waits: Pick<RunWaits, 'ticks'>): boolean {
  return waits.ticks < fewestTicks
}
/** A sample stands for the time to the next tick, at most for so many periods. */
const gapPeriods = 2.5

type Tick = { readonly atMs: Milliseconds; readonly samples: readonly WaitSample[] }

/**
 * What to draw under a plan: one lane a process, each made of segments.
 *
 * A sample stands for the time until the next tick, at most for two and a half sampling periods (and never beyond the
 * run's end), so a pause in sampling is a gap. A process that is missing from a tick ends there.
 *
 * @param elapsedMs length of the run
 */
export function buildStrip(waits: RunWaits, elapsedMs: Milliseconds): WaitStrip {
  if (waits.ticks < fewestTicks)
    return { lanes: [], totals: [], elapsedMs, tooShort: explain(waits, elapsedMs) }
  const ticks = groupByTick(waits.samples)
  const maxGapMs = (gapPeriods * 1_000) / effectiveHz(waits, elapsedMs)
  const lanes = new Map<number, { pid: number; role: 'leader' | 'worker'; segments: StripSegment[] }>()
  ticks.forEach((tick, index) => {
    const toMs = Math.min(ticks[index + 1]?.atMs ?? elapsedMs, tick.atMs + maxGapMs, elapsedMs)
    for (const sample of tick.samples) {
      const lane = lanes.get(sample.pid) ?? { pid: sample.pid, role: sample.role, segments: [] }
      lanes.set(sample.pid, lane)
      extend(lane.segments, sample, toMs)
    }
  })
  const ordered = [...lanes.values()].sort(
    (a, b) => Number(a.role === 'worker') - Number(b.role === 'worker'),
  )
  return { lanes: ordered, totals: total(waits.samples, ordered), elapsedMs }
}

function explain(waits: RunWaits, elapsedMs: Milliseconds): string {
  if (waits.ticks === 0 && waits.skippedTicks > 0)
    return 'No sample came back in time, so there is nothing to show.'
  const seen = waits.ticks === 0 ? 'not once' : waits.ticks === 1 ? 'once' : `${waits.ticks} times`
  const periodMs = 1_000 / waits.requestedHz
  // A server or a machine that is slow to answer leaves few samples of long runs as well.
  const why = elapsedMs < 2 * fewestTicks * periodMs ? 'Too short to tell' : 'Too few answers in time to tell'
  return `${why}: the run took ${formatDuration(elapsedMs)} and was seen ${seen} at one sample every ${formatDuration(periodMs)}.`
}

/** Long runs keep fewer samples than were asked for; the strip follows what was kept. */
function effectiveHz(waits: RunWaits, elapsedMs: Milliseconds): number {
  const expected = ((waits.ticks + waits.skippedTicks) * 1_000) / Math.max(elapsedMs, 1)
  return Math.min(waits.requestedHz, Math.max(expected, 0.01))
}

function groupByTick(samples: readonly WaitSample[]): readonly Tick[] {
  const ticks = new Map<number, WaitSample[]>()
  for (const sample of samples) {
    const tick = ticks.get(sample.atMs)
    if (tick === undefined) ticks.set(sample.atMs, [sample])
    else tick.push(sample)
  }
  return [...ticks].map(([atMs, tick]) => ({ atMs, samples: tick })).sort((a, b) => a.atMs - b.atMs)
}

function extend(segments: StripSegment[], sample: WaitSample, toMs: Milliseconds): void {
  if (toMs <= sample.atMs) return
  const last = segments.at(-1)
  const goesOn =
    last !== undefined &&
    last.toMs === sample.atMs &&
    last.waitClass === sample.waitClass &&
    last.waitEvent === sample.waitEvent
  if (goesOn) {
    segments[segments.length - 1] = { ...last, toMs, samples: last.samples + 1 }
    return
  }
  const { waitClass, waitEvent } = sample
  segments.push({
    fromMs: sample.atMs,
    toMs,
    waitClass,
    ...(waitEvent === undefined ? {} : { waitEvent }),
    samples: 1,
  })
}

function total(samples: readonly WaitSample[], lanes: readonly StripLane[]): WaitStrip['totals'] {
  const segments = lanes.flatMap((lane) => lane.segments)
  return waitClasses
    .map((waitClass) => {
      const count = samples.filter((sample) => sample.waitClass === waitClass).length
      const processMs = segments
        .filter((segment) => segment.waitClass === waitClass)
        .reduce((sum, segment) => sum + segment.toMs - segment.fromMs, 0)
      return {
        waitClass,
        samples: count,
        share: samples.length === 0 ? 0 : count / samples.length,
        processMs,
      }
    })
    .filter((line) => line.samples > 0)
    .sort((a, b) => b.samples - a.samples)
}
