import { useEffect, useState } from 'react'
import { client } from '#renderer/client/index.ts'
import { useSession } from '#renderer/state/index.ts'
import type { LockMoments } from '#shared/contract/index.ts'
import type { EpochMs, Milliseconds } from '#shared/units/index.ts'
import { buildPicture, type LockPicture } from './picture.ts'

/** So long a wait that is over can still be read. */
export const lingerMs: Milliseconds = 6_000

/** The newest moment at which somebody waited, where that is but a moment ago; `undefined` while somebody waits. */
export function findLastWait(
  moments: LockMoments['moments'] | undefined,
  picture: Pick<LockPicture, 'atMs' | 'waiters'> | undefined,
): EpochMs | undefined {
  const last = moments?.at(-1)
  if (last === undefined || picture === undefined || picture.waiters > 0) return undefined
  // Moments are asked for less often than the picture, and now and then are ahead of it.
  return Math.abs(picture.atMs - last.atMs) <= lingerMs ? last.atMs : undefined
}

/**
 * Who waited last, for a moment after it is over: short waits come and go faster than anybody reads. Also of waits that
 * were too short to be drawn while they lasted.
 *
 * @param isNow what is shown is the present; a chosen moment of the past is shown as it was
 */
export function useLastWait(
  isNow: boolean,
  moments: LockMoments | undefined,
  picture: LockPicture | undefined,
): LockPicture | undefined {
  const sessionId = useSession((store) => store.session?.sessionId)
  const wantedMs = isNow ? findLastWait(moments?.moments, picture) : undefined
  const [known, setKnown] = useState<LockPicture>()
  useEffect(() => {
    if (wantedMs === undefined || sessionId === undefined) return
    const ending = new AbortController()
    client.locks
      .at({ sessionId, atMs: wantedMs, reducesQueues: true }, { signal: ending.signal })
      .then((found) => setKnown(found === undefined ? undefined : buildPicture(found)))
      // It is a courtesy: what fails here fails for the picture of now as well, which says so.
      .catch(() => undefined)
    return () => ending.abort()
  }, [wantedMs, sessionId])
  // Until the newest one is there, the one before stays.
  const isFresh =
    known !== undefined && picture !== undefined && Math.abs(picture.atMs - known.atMs) <= lingerMs
  return wantedMs !== undefined && isFresh && known.waiters > 0 ? known : undefined
}
