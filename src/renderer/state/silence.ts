import type { EpochMs, Milliseconds } from '#shared/units/index.ts'

/** Who has told nothing for long. */
export interface Silence {
  readonly of: 'workbench' | 'server'
  /** When something was heard last, by the workbench's clock. */
  readonly sinceMs: EpochMs
}

/** What is known at a look, a few times a second. */
export interface SilenceLook {
  /** Of this window's own clock. */
  readonly nowMs: Milliseconds
  /** Grows with every answer of the workbench, whatever it is about. */
  readonly answers: number
  /** When an answer came last, by the workbench's clock. */
  readonly answeredAtMs: EpochMs
  /** When the workbench told last what it recorded, by its clock; absent before it did. */
  readonly toldAtMs: EpochMs | undefined
  /** The newest look at the server that it told of; absent before the first. */
  readonly newestMs: EpochMs | undefined
  /** How long there is between looks at the server; absent where none are expected. */
  readonly periodMs: Milliseconds | undefined
}

export interface SilenceWatch {
  readonly look: (seen: SilenceLook) => Silence | undefined
  /** Nothing was expected for a while: counts anew. */
  readonly forget: () => void
}

/** Told within three seconds, as looks come twice a second. */
export const patienceMs: Milliseconds = 2_500
/** A look that comes later than this was held up in this window, which can't tell then what it missed. */
const mostBetweenMs: Milliseconds = 600

/**
 * Notices that nothing comes any more long before a connection is given up. Of a silent workbench only that time counts
 * in which this window was at work itself: whoever is held up finds all clocks ahead, and the news still on their way.
 * What a server does not tell, the workbench says by its own clock: a window that is late with its questions misses nothing.
 */
export function createSilenceWatch(): SilenceWatch {
  let lastMs: Milliseconds | undefined
  let answers: number | undefined
  let withoutAnswerMs = 0
  let expectedSinceMs: EpochMs | undefined
  return {
    look({ nowMs, answers: count, answeredAtMs, toldAtMs, newestMs, periodMs }) {
      const passedMs = lastMs === undefined ? 0 : Math.min(mostBetweenMs, Math.max(0, nowMs - lastMs))
      lastMs = nowMs
      withoutAnswerMs = count === answers ? withoutAnswerMs + passedMs : 0
      answers = count
      if (withoutAnswerMs >= patienceMs) return { of: 'workbench', sinceMs: answeredAtMs }
      if (periodMs === undefined || toldAtMs === undefined) {
        expectedSinceMs = undefined
        return undefined
      }
      expectedSinceMs ??= toldAtMs
      const sinceMs = Math.max(expectedSinceMs, newestMs ?? expectedSinceMs)
      // A second's pace is late only after the second.
      const allowedMs = patienceMs + (periodMs >= 500 ? periodMs : 0)
      return toldAtMs - sinceMs >= allowedMs ? { of: 'server', sinceMs } : undefined
    },
    forget() {
      lastMs = undefined
      answers = undefined
      withoutAnswerMs = 0
      expectedSinceMs = undefined
    },
  }
}
