import type { EpochMs, Milliseconds } from '#shared/units/index.ts'

/**
 * Why to look: `lasting` while somebody waits for long, at each tick of activity; `sample` once a second else, which
 * tells of short waits what they amount to.
 */
export type LookKind = 'lasting' | 'sample'

export interface Moment {
  readonly nowMs: EpochMs
  /** Somebody has waited since the tick before. */
  readonly isLasting: boolean
  /** Somebody was seen waiting at this tick. */
  readonly isSighted: boolean
  /** All locks were read anyway. */
  readonly isRead: boolean
}

export interface LookTimes {
  /** Whether to look at this tick of activity. */
  readonly next: (moment: Moment) => LookKind | undefined
  /** @returns the time that this look stands for */
  readonly looked: (kind: LookKind, atMs: EpochMs) => Milliseconds
}

export interface LookPaces {
  /** Between two ticks of activity. */
  readonly paceMs: () => Milliseconds
  /** Between two looks, where they are dear. */
  readonly pauseMs: (kind: LookKind) => Milliseconds
}

const sampleEveryMs: Milliseconds = 1_000
/** So long after somebody was seen waiting, samples may find somebody again. */
const watchfulMs: Milliseconds = 10_000
/** A look stands for the time since the one before, but no gap was waited in. */
const mostPeriods = 3

/**
 * When to look at locks, so that what looks stand for adds up to the time that was waited, whether waits are short or
 * long.
 *
 * Samples come at times that have nothing to do with who waits: of waits that are over before the next tick, they tell
 * the right sum. Once a wait is seen at two ticks it lasts: from the second on, looks tell its time tick by tick, the first
 * no more than its own tick, and samples stand for the time that those left out.
 */
export function createLookTimes({ paceMs, pauseMs }: LookPaces): LookTimes {
  let lastMs: EpochMs | undefined
  let sampledMs: EpochMs | undefined
  /** Of the time since the last sample: what other looks stand for. */
  let coveredMs: Milliseconds = 0
  let wasLasting = false
  let sightedMs = Number.NEGATIVE_INFINITY
  let isFirst = true

  const everyMs = () => Math.max(sampleEveryMs, paceMs(), pauseMs('sample'))
  const uncoveredMs = (atMs: EpochMs) =>
    sampledMs === undefined ? Number.POSITIVE_INFINITY : Math.max(0, atMs - sampledMs - coveredMs)
  /** Looks come on a grid, a little earlier or later: one that is nearly due is taken. */
  const isDue = (sinceMs: Milliseconds, periodMs: Milliseconds) => sinceMs >= periodMs - paceMs() / 2

  function startSampling(atMs: EpochMs): void {
    sampledMs = atMs
    coveredMs = 0
  }

  return {
    next({ nowMs, isLasting, isSighted, isRead }) {
      if (isSighted) sightedMs = nowMs
      // One more says that it is over, or who comes next.
      if (isLasting || wasLasting) {
        if (!isDue(nowMs - (lastMs ?? Number.NEGATIVE_INFINITY), pauseMs('lasting'))) return undefined
        isFirst = isLasting && !wasLasting
        wasLasting = isLasting
        return 'lasting'
      }
      if (!isRead && !isDue(uncoveredMs(nowMs), everyMs())) return undefined
      if (isRead || nowMs - sightedMs <= watchfulMs) return 'sample'
      // Nobody has waited: as good as a look.
      startSampling(nowMs)
      return undefined
    },
    looked(kind, atMs) {
      const sinceMs = lastMs === undefined ? paceMs() : Math.max(0, atMs - lastMs)
      lastMs = atMs
      if (kind === 'lasting') {
        const periodMs = Math.min(
          sinceMs,
          isFirst ? paceMs() : mostPeriods * Math.max(paceMs(), pauseMs(kind)),
        )
        coveredMs += periodMs
        return periodMs
      }
      const periodMs =
        sampledMs === undefined ? paceMs() : Math.min(uncoveredMs(atMs), mostPeriods * everyMs())
      startSampling(atMs)
      return periodMs
    },
  }
}
