import { client } from '#renderer/client/index.ts'
import { currentRange, notifyError, setRange, useSession } from '#renderer/state/index.ts'
import type { EpochMs } from '#shared/units/index.ts'
import { chooseMoment } from './locks-state.ts'

/** Looks at a moment; the range stays as it is, unless the moment is outside of it. */
export function showMoment(atMs: EpochMs): void {
  const { fromMs, toMs } = currentRange()
  // The range is about who kept others waiting, and it is all other panels': it comes along only where it must.
  if (atMs < fromMs || atMs > toMs) setRange({ fromMs: atMs - (toMs - fromMs), toMs: atMs })
  chooseMoment(atMs)
}

/** To the look before or after the one that is shown, at which somebody waited. */
export async function stepMoment(fromMs: EpochMs, to: 'earlier' | 'later'): Promise<void> {
  const sessionId = useSession.getState().session?.sessionId
  if (sessionId === undefined) return
  try {
    const found = await client.locks.step({ sessionId, atMs: fromMs, to })
    if (found !== undefined) showMoment(found.atMs)
  } catch (error) {
    notifyError(error)
  }
}
