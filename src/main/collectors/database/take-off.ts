import type { EpochMs, Milliseconds } from '#shared/units/index.ts'

/** Takes what the workbench itself has added to a counter off the counter's growth. */
export interface TakeOff {
  /** @param total what the workbench has added since whenever */
  begin(total: number): void
  /**
   * What others have added.
   *
   * @param growth of the counter since the last call
   * @param total what the workbench has added by now
   */
  fromOthers(growth: number, total: number, atMs: EpochMs): number
}

/** What a connection does before it looks first: its settings, the greeting and their like. */
const firstOfConnection = 16
/** A session that goes idle hands in its counters after ten seconds at the latest (PGSTAT_IDLE_INTERVAL). */
const longestMs: Milliseconds = 10_000

/**
 * A session's counters reach those of its database a second later or so, with the next statement, and nobody tells
 * when. So what was added is owed until it is found in the growth: over a few seconds the sum is right, and what others
 * have added never becomes negative.
 */
export function createTakeOff(): TakeOff {
  let owed = 0
  let known: { readonly atMs: EpochMs; readonly total: number }[] = []
  let lastTotal = 0
  return {
    begin(total) {
      owed = firstOfConnection
      lastTotal = total
      known = []
    },
    fromOthers(growth, total, atMs) {
      owed += Math.max(0, total - lastTotal)
      lastTotal = total
      known = [...known.filter((reading) => atMs - reading.atMs <= longestMs), { atMs, total }]
      const taken = Math.min(owed, growth)
      owed -= taken
      // Where the server counts nothing, nothing is owed for long.
      const [oldest = { total }] = known
      if (known.length > 2) owed = Math.min(owed, total - oldest.total)
      return growth - taken
    },
  }
}
