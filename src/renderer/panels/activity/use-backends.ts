import { useEffect, useEffectEvent } from 'react'
import { client } from '#renderer/client/index.ts'
import { useAsked, useHasEnded, useServer, useTimeRange } from '#renderer/state/index.ts'
import type { BackendsAt } from '#shared/contract/index.ts'
import { useActivity } from './activity-state.ts'

/** The present is looked at so often while the panel is open. */
const everyMs = 1_000

export interface ShownBackends {
  readonly shown: BackendsAt | undefined
  /** The present, which can be acted on; else what was recorded. */
  readonly isNow: boolean
  readonly isLoading: boolean
  readonly error: unknown
}

/** The server's processes: of now while the range follows, else as recorded at the range's end. */
export function useBackends(): ShownBackends {
  const { follows } = useTimeRange()
  const hasServer = useServer() !== undefined
  // A session that has ended has nothing to do with the server that is connected now.
  const hasEnded = useHasEnded()
  const isNow = follows && hasServer && !hasEnded
  const now = useAsked((_asking, signal) => client.backends.now(undefined, { signal }), [], {
    enabled: isNow,
    news: [],
  })
  const past = useAsked(
    ({ sessionId, range }, signal) =>
      client.backends.at({ sessionId, atMs: range.toMs }, { signal }).then((found) => ({ found })),
    [],
    { enabled: !isNow },
  )
  const askAgain = useEffectEvent(now.askAgain)
  useEffect(() => {
    if (!isNow) return
    const timer = setInterval(() => {
      if (document.visibilityState !== 'hidden') askAgain()
    }, everyMs)
    return () => clearInterval(timer)
  }, [isNow])

  const shown = isNow ? now.answer : past.answer?.found
  // The inspector shows the same look.
  useEffect(() => useActivity.setState({ shown }), [shown])
  return {
    shown,
    isNow,
    isLoading: isNow ? now.isLoading : past.isLoading,
    error: isNow ? now.error : past.error,
  }
}
