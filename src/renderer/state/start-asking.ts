import type { TimeRange } from '#shared/series/index.ts'
import type { Emission } from '#shared/session/index.ts'
import type { Hertz, Milliseconds } from '#shared/units/index.ts'
import { type Asker, type AskerState, createAsker } from './asker.ts'
import { live, subscribeLive } from './live.ts'
import { currentEdgeMs, currentRange, isFollowing, rangeKey, subscribeRangeChoice } from './range.ts'
import { currentExtent, currentServerRange, subscribeRecordings } from './recording.ts'

/** What a question is asked of. */
export interface Asking {
  readonly sessionId: string
  /** Where it follows, the range at the moment of asking. */
  readonly range: TimeRange
}

/** An answer with what it was about. */
export interface Answered<Answer> extends Asking {
  readonly answer: Answer
  readonly key: string
}

/** Of the window's time range, of what in it is of the server at its end, or of the whole session. */
export type AskedOf = 'range' | 'server' | 'session'

export interface AskingOptions<Answer> {
  readonly sessionId: string
  /** The question as one text, without the range. */
  readonly questionKey: string
  readonly ask: (asking: Asking, signal: AbortSignal) => Promise<Answer>
  readonly of: AskedOf
  readonly news: readonly Emission['kind'][]
  readonly mostHz: Hertz
  readonly onChange: (state: AskerState<Answered<Answer>>) => void
}

/** A followed range moves although nothing is recorded: what has left it has to go from tables as well. */
const idleGapMs: Milliseconds = 5_000
const tickMs: Milliseconds = 1_000
/** What comes between a first answer and the first samples that were asked for with it is in the next answer. */
const settleMs: Milliseconds = 3_000

/** Which question about which range, as one text. */
export const keyOf = (questionKey: string, of: AskedOf): string =>
  of === 'session' ? questionKey : `${questionKey} ${rangeKey()}`

function rangeOf(of: AskedOf): TimeRange {
  if (of === 'session') return currentExtent() ?? currentRange()
  return of === 'server' ? currentServerRange() : currentRange()
}

/** Asks at once, and again when the range moves or something was recorded; until it is stopped. */
export function startAsking<Answer>(options: AskingOptions<Answer>): Asker {
  const { sessionId, questionKey, ask, of, news, mostHz, onChange } = options
  /** Since all that was known may be wrong. */
  let asks = 0
  const asker = createAsker<Answered<Answer>>({
    async ask(signal) {
      asks += 1
      const asking = { sessionId, range: rangeOf(of) }
      const key = keyOf(questionKey, of)
      return { ...asking, key, answer: await ask(asking, signal) }
    },
    onChange,
    now: () => performance.now(),
    schedule(work, afterMs) {
      const timer = setTimeout(work, afterMs)
      return () => clearTimeout(timer)
    },
  })
  const gapMs = () => (asks <= 1 ? Math.min(settleMs, 1_000 / mostHz) : 1_000 / mostHz)
  const newest = () => Math.max(0, ...news.map((kind) => live.latest[kind] ?? 0))
  let seen = { newestMs: newest(), epoch: live.epoch, edgeMs: currentEdgeMs() }

  const look = () => {
    if (document.visibilityState === 'hidden') return
    const now = { newestMs: newest(), epoch: live.epoch, edgeMs: currentEdgeMs() }
    if (now.epoch !== seen.epoch) {
      seen = now
      asks = 0
      asker.askNow()
    } else if (now.newestMs !== seen.newestMs) {
      // A range that stays gets news too while its end has not been recorded yet.
      const concerns = of === 'session' || isFollowing() || currentRange().toMs >= seen.edgeMs
      seen = now
      if (concerns) asker.askWithin(gapMs())
    } else if (of !== 'session' && isFollowing() && now.edgeMs !== seen.edgeMs) {
      seen = now
      asker.askWithin(Math.max(gapMs(), idleGapMs))
    }
  }
  const stops = [subscribeLive(look)]
  if (of !== 'session') stops.push(subscribeRangeChoice(() => asker.askNow()))
  if (of === 'server') stops.push(subscribeRecordings(() => asker.askNow()))
  const timer = setInterval(look, tickMs)
  asker.askAnew()
  return {
    ...asker,
    stop() {
      clearInterval(timer)
      for (const stop of stops) stop()
      asker.stop()
    },
  }
}
