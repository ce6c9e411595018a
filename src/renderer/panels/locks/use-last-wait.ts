import { useEffect, useState } from 'react'
import { client } from '#renderer/client/index.ts'
import { useSession } from '#renderer/state/index.ts'
import type { LockMoments } from '#shared/contract/index.ts'
import type { EpochMs, Milliseconds } from '#shared/units/index.ts'
import { useLocks } from './locks-state.ts'
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

/** So long it stays for somebody who has selected one of its processes, and reads. */
const heldMs: Milliseconds = 60_000

interface Known {
  readonly picture: LockPicture
  readonly sessionId: string
}

/**
 * Who waited last, for a moment after it is over: short waits come and go faster than anybody reads. Also of waits that
 * were too short to be drawn while they lasted. The moment begins when it is there to be read, however long that took.
 *
 * @param isNow what is shown is the present; a chosen moment of the past is shown as it was
 */
export function useLastWait(
  isNow: boolean,
  moments: LockMoments | undefined,
  picture: LockPicture | undefined,
): LockPicture | undefined {
  const sessionId = useSession((store) => store.session?.sessionId)
  const readPid = useLocks(({ selectedPid, blocker }) => (blocker === undefined ? selectedPid : undefined))
  const wantedMs = isNow ? findLastWait(moments?.moments, picture) : undefined
  const [known, setKnown] = useState<Known>()
  useEffect(() => {
    if (wantedMs === undefined || sessionId === undefined) return
    const show = async (): Promise<void> => {
      const found = await client.locks.at({ sessionId, atMs: wantedMs, reducesQueues: true })
      // Shown although it took long, but not in another session.
      if (found === undefined || useSession.getState().session?.sessionId !== sessionId) return
      const picture = buildPicture(found)
      if (picture.waiters === 0) return
      setKnown((before) =>
        before !== undefined && before.picture.atMs > picture.atMs ? before : { picture, sessionId },
      )
    }
    // It is a courtesy: what fails here fails for the picture of now as well, which says so.
    show().catch(() => undefined)
  }, [wantedMs, sessionId])

  const isHeld = readPid !== undefined && known?.picture.byPid.has(readPid) === true
  useEffect(() => {
    if (known === undefined) return
    const timer = setTimeout(() => setKnown(undefined), isHeld ? heldMs : lingerMs)
    return () => clearTimeout(timer)
  }, [known, isHeld])

  const isOver = isNow && picture?.waiters === 0
  return isOver && known !== undefined && known.sessionId === sessionId ? known.picture : undefined
}
