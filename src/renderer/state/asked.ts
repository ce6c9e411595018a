import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { TimeRange } from '#shared/series/index.ts'
import type { Emission } from '#shared/session/index.ts'
import type { Hertz } from '#shared/units/index.ts'
import type { Asker, AskerState } from './asker.ts'
import { useRangeChoice } from './range.ts'
import { useSession } from './session.ts'
import { type Answered, type AskedOf, type Asking, keyOf, startAsking } from './start-asking.ts'
import { useWorkbench } from './workbench.ts'

export interface Asked<Answer> {
  /** The newest answer; kept while the next one is under way, and when that fails. */
  readonly answer: Answer | undefined
  /** The range that `answer` is about. */
  readonly range: TimeRange | undefined
  /** Nothing has been answered yet. */
  readonly isLoading: boolean
  /** What `answer` says is of other `deps` or of another range than what is asked for now. */
  readonly isStale: boolean
  /** Why the last question failed (`describeError`); gone with the next answer. */
  readonly error: unknown
  readonly askAgain: () => void
}

export interface AskedOptions {
  /**
   * Of the window's time range (default), of what in it is of the server at its end, or of the whole session, as the
   * timeline shows it.
   */
  readonly of?: AskedOf
  /** Kinds of emissions that make an answer old while the range follows. Default: `activity`. */
  readonly news?: readonly Emission['kind'][]
  /** How often news are asked for at most. Default: once a second. */
  readonly mostHz?: Hertz
  /** `false`: nothing is asked for now. */
  readonly enabled?: boolean
}

const defaultNews: readonly Emission['kind'][] = ['activity']
const nothing = { answer: undefined, error: undefined, isAsking: false } as const

/**
 * An answer of the contract about the window's time range: asked again when the range moves, when `deps` change, and,
 * while following, when there is news. The last answer stays until the next one has come, so that nothing flickers.
 *
 *     const { answer } = useAsked(
 *       ({ sessionId, range }, signal) => client.load.ranking({ sessionId, range, by, limit: 50 }, { signal }),
 *       [by],
 *     )
 *
 * @param deps all that the question is made of beside session and range: plain data
 */
export function useAsked<Answer>(
  question: (asking: Asking, signal: AbortSignal) => Promise<Answer>,
  deps: readonly unknown[],
  options: AskedOptions = {},
): Asked<Answer> {
  const { of = 'range', news = defaultNews, mostHz = 1, enabled = true } = options
  const sessionId = useSession((store) => store.session?.sessionId)
  const isReachable = useWorkbench((store) => store.link.status !== 'unreachable')
  // Drawn anew when another range is chosen: what is there is stale from then on.
  useRangeChoice()
  const [state, setState] = useState<AskerState<Answered<Answer>>>(nothing)
  const asker = useRef<Asker>(undefined)
  const ask = useEffectEvent(question)

  const questionKey = JSON.stringify([sessionId, ...deps])
  const newsKey = news.join(' ')
  const isOn = enabled && isReachable && sessionId !== undefined

  useEffect(() => {
    if (!isOn || sessionId === undefined) return
    const mine = startAsking<Answer>({
      sessionId,
      questionKey,
      ask: (asking, signal) => ask(asking, signal),
      of,
      news: newsKey.split(' ') as Emission['kind'][],
      mostHz,
      // What was answered to the question before stays until this one is answered.
      onChange: (next) => setState((known) => ({ ...next, answer: next.answer ?? known.answer })),
    })
    asker.current = mine
    return () => {
      asker.current = undefined
      mine.stop()
    }
  }, [isOn, sessionId, questionKey, of, newsKey, mostHz])

  const answered = state.answer?.sessionId === sessionId ? state.answer : undefined
  return {
    answer: answered?.answer,
    range: answered?.range,
    isLoading: isOn && answered === undefined && state.error === undefined,
    isStale: answered !== undefined && answered.key !== keyOf(questionKey, of),
    error: state.error,
    askAgain: () => asker.current?.askAnew(),
  }
}
