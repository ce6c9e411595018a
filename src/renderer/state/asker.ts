import type { Milliseconds } from '#shared/units/index.ts'

export interface AskerState<Answer> {
  /** The last answer; kept while the next one is under way, and when that fails. */
  readonly answer: Answer | undefined
  /** Why the last question failed; `undefined` after one that did not. */
  readonly error: unknown
  readonly isAsking: boolean
}

/** Asks the same thing again and again without piling up: one call in flight, the newest wish wins. */
export interface Asker {
  /**
   * Something has changed a little (a range is dragged): asks at once if nothing is under way, else as soon as that
   * has answered, so that one sees it move. A call that takes long is given up for it.
   */
  askNow(): void
  /** There is news: asks when `gapMs` have passed since the last question. */
  askWithin(gapMs: Milliseconds): void
  /** The question itself has changed: what is under way is of no use, and the answer is not one to this question. */
  askAnew(): void
  stop(): void
}

export interface AskerOptions<Answer> {
  readonly ask: (signal: AbortSignal) => Promise<Answer>
  readonly onChange: (state: AskerState<Answer>) => void
  /** A clock that only goes forward. */
  readonly now: () => Milliseconds
  readonly schedule: (work: () => void, afterMs: Milliseconds) => () => void
}

/** A call under way for longer is given up when the range has moved on. */
const patienceMs = 400

export function createAsker<Answer>(options: AskerOptions<Answer>): Asker {
  const { ask, onChange, now, schedule } = options
  let state: AskerState<Answer> = { answer: undefined, error: undefined, isAsking: false }
  let flight: { readonly ending: AbortController; readonly sinceMs: Milliseconds } | undefined
  let askedAtMs = Number.NEGATIVE_INFINITY
  let isWanted = false
  let cancelTimer: (() => void) | undefined
  let isStopped = false

  function change(next: Partial<AskerState<Answer>>): void {
    state = { ...state, ...next }
    onChange(state)
  }

  function give(): void {
    cancelTimer?.()
    cancelTimer = undefined
    flight?.ending.abort()
    flight = undefined
  }

  async function start(): Promise<void> {
    give()
    if (isStopped) return
    isWanted = false
    const mine = { ending: new AbortController(), sinceMs: now() }
    flight = mine
    askedAtMs = mine.sinceMs
    change({ isAsking: true })
    let outcome: Partial<AskerState<Answer>>
    try {
      outcome = { answer: await ask(mine.ending.signal), error: undefined }
    } catch (error) {
      outcome = { error }
    }
    // Given up meanwhile: another call is under way, or nobody asks any more.
    if (flight !== mine) return
    flight = undefined
    change({ ...outcome, isAsking: isWanted })
    if (isWanted) void start()
  }

  return {
    askNow() {
      if (flight === undefined || now() - flight.sinceMs > patienceMs) void start()
      else isWanted = true
    },
    askWithin(gapMs) {
      if (flight !== undefined || cancelTimer !== undefined || isStopped) return
      const waitMs = askedAtMs + gapMs - now()
      if (waitMs <= 0) void start()
      else
        cancelTimer = schedule(() => {
          cancelTimer = undefined
          void start()
        }, waitMs)
    },
    askAnew: () => void start(),
    stop() {
      isStopped = true
      give()
    },
  }
}
