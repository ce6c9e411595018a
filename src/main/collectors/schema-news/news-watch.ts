import type { EpochMs, Milliseconds } from '#shared/units/index.ts'

/** Tells when the catalogue should be read, from how much was ever written into it. */
export interface NewsWatch {
  /** @returns whether something was written that was not read yet */
  see(written: string): boolean
  /** There is something to read, and it is time to. */
  isDue(nowMs: EpochMs): boolean
  /** It was read. `nothing`: what was written is none of what is told. */
  read(outcome: 'changes' | 'nothing', nowMs: EpochMs): void
}

/** Programs with temporary tables write the catalogue all the time: after each reading in vain, the next one waits twice as long. */
const leastPauseMs: Milliseconds = 10_000
const mostPauseMs: Milliseconds = 120_000

export function createNewsWatch(): NewsWatch {
  let last: string | undefined
  let isPending = false
  let pauseMs = 0
  let restsUntilMs = 0
  return {
    see(written) {
      isPending ||= last !== undefined && written !== last
      last = written
      return isPending
    },
    isDue: (nowMs) => isPending && nowMs >= restsUntilMs,
    read(outcome, nowMs) {
      isPending = false
      pauseMs = outcome === 'changes' ? 0 : Math.min(mostPauseMs, Math.max(leastPauseMs, 2 * pauseMs))
      restsUntilMs = nowMs + pauseMs
    },
  }
}
