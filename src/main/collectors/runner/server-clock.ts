import type { EpochMs, Milliseconds } from '#shared/units/index.ts'

/** What the server's clock said, and when it was asked on the workbench's. */
export interface ClockReading {
  readonly serverMs: EpochMs
  /** The middle between question and answer. */
  readonly atMs: EpochMs
  readonly tookMs: Milliseconds
}

export interface ServerClock {
  read(reading: ClockReading): void
  readonly toWorkbenchMs: (serverMs: EpochMs) => EpochMs
  readonly toServerMs: (workbenchMs: EpochMs) => EpochMs
}

/** Clocks that are this close are the same: both are kept right by somebody else. */
const agreeMs = 20

/**
 * How far the server's clock is from the workbench's.
 *
 * A process is known by its start, so the same server time must come out the same at every tick and after every
 * reconnect: the difference is kept until a reading contradicts it, by more than half the time the answer took.
 */
export function createServerClock(): ServerClock {
  let aheadMs: Milliseconds = 0
  return {
    read({ serverMs, atMs, tookMs }) {
      const readMs = serverMs - atMs
      if (Math.abs(readMs - aheadMs) > tookMs / 2 + agreeMs) aheadMs = readMs
    },
    toWorkbenchMs: (serverMs) => serverMs - aheadMs,
    toServerMs: (workbenchMs) => workbenchMs + aheadMs,
  }
}
