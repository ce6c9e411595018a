import { useMemo } from 'react'
import { client } from '#renderer/client/index.ts'
import { type Asked, useAsked } from '#renderer/state/index.ts'
import type { LockMoments, RecordedBlame } from '#shared/contract/index.ts'
import { useMoment } from './locks-state.ts'
import { buildPicture, type LockPicture } from './picture.ts'

/** Slices of the strip of waiters. */
const slices = 240
const news = ['locks', 'activity'] as const

export interface ShownLocks {
  /** Absent where nothing was recorded at the range’s end. */
  readonly picture: LockPicture | undefined
  readonly isLoading: boolean
  readonly error: unknown
}

/** Who waits for whom at the moment that is looked at, else at the range's end: now while it follows. */
export function useLockPicture(): ShownLocks {
  const momentMs = useMoment()
  const { answer, isLoading, error } = useAsked(
    ({ sessionId, range }, signal) =>
      client.locks
        .at({ sessionId, atMs: momentMs ?? range.toMs, reducesQueues: true }, { signal })
        .then((found) => ({ found })),
    [momentMs],
    { news, mostHz: 2 },
  )
  const found = answer?.found
  const picture = useMemo(() => (found === undefined ? undefined : buildPicture(found)), [found])
  return { picture, isLoading, error }
}

export const useLockMoments = (): Asked<LockMoments> =>
  useAsked(
    ({ sessionId, range }, signal) => client.locks.moments({ sessionId, range, buckets: slices }, { signal }),
    [],
    { of: 'server', news },
  )

export const useBlame = (): Asked<RecordedBlame> =>
  useAsked(({ sessionId, range }, signal) => client.locks.blame({ sessionId, range }, { signal }), [], {
    of: 'server',
    news,
    mostHz: 0.5,
  })
