import type { EpochMs, Milliseconds } from '#shared/units/index.ts'
import type { LookKind, LookTimes } from './look-times.ts'

/** When to look where others' states are hidden, so that only the locks themselves tell who waits. */
export interface BlindLooks {
  /** @param isCounted locks have just been counted, whether anybody waits or not */
  readonly next: (nowMs: EpochMs, isCounted: boolean) => LookKind | undefined
  readonly looked: (kind: LookKind, atMs: EpochMs, isWaiting: boolean) => void
}

/** A sample stands for its second: for the half before it, and the half after. */
const halfMs: Milliseconds = 500

/**
 * Samples come with the counts, once a second. Where one shows somebody waiting it has told of half a second to come as
 * well, so that looks go on half a second later, tick by tick, for as long as somebody waits: had they begun at once, each
 * long wait would be told half a second too long; had the sample stood for its tick alone, short ones would hardly be told.
 */
export function createBlindLooks(times: LookTimes): BlindLooks {
  let sampledMs: EpochMs = Number.NEGATIVE_INFINITY
  let isWaiting = false
  let wasLasting = false
  return {
    next(nowMs, isCounted) {
      const isLasting = isWaiting && nowMs - sampledMs >= halfMs
      if (!isLasting && !wasLasting && !isCounted) return undefined
      wasLasting = isLasting
      return times.next({ nowMs, isLasting, isSighted: false, isRead: isCounted })
    },
    looked(kind, atMs, isSeenWaiting) {
      if (kind === 'sample') sampledMs = atMs
      isWaiting = isSeenWaiting
    },
  }
}
