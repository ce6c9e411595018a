import type { ActivityTick } from '#shared/activity/index.ts'
import type { Marker } from '#shared/session/index.ts'
import type { EpochMs, Milliseconds } from '#shared/units/index.ts'

/** Shorter ones are no news, however fast the pace. */
const leastGapMs = 1_000
/** Of a loss that has a reason every missing tick is news. */
const leastLossMs = 100

/** Notices time that no tick stands for. */
export interface GapWatch {
  /** From now on each moment belongs to a tick or to a gap: a server may be lost before it was looked at once. */
  begin(atMs: EpochMs): void
  /** @returns the gap before this tick, if there is one */
  tick(tick: ActivityTick): Marker | undefined
  /** Tells why no tick comes; the first reason counts until the next tick. */
  because(reason: string): void
  /** @returns the gap that is still open */
  end(atMs: EpochMs): Marker | undefined
}

export function createGapWatch(): GapWatch {
  let lastMs: EpochMs | undefined
  let reason: string | undefined

  function between(beginMs: EpochMs | undefined, endMs: EpochMs): Marker | undefined {
    const leastMs: Milliseconds = reason === undefined ? leastGapMs : leastLossMs
    if (beginMs === undefined || endMs - beginMs < leastMs) return undefined
    const label = reason ?? 'The workbench was held up'
    return { kind: 'gap', atMs: beginMs, endedAtMs: endMs, label }
  }

  return {
    begin(atMs) {
      lastMs ??= atMs
    },
    tick({ atMs, periodMs }) {
      const gap = between(lastMs, atMs - periodMs)
      lastMs = atMs
      reason = undefined
      return gap
    },
    because(given) {
      reason ??= given
    },
    end(atMs) {
      return reason === undefined ? undefined : between(lastMs, atMs)
    },
  }
}
