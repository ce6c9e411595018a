import { client } from '#renderer/client/index.ts'
import { currentRange, notifyError, setRange, useSession } from '#renderer/state/index.ts'
import type { EpochMs } from '#shared/units/index.ts'

/** Ends the range at a moment, as wide as it was. */
export function showMoment(atMs: EpochMs): void {
  const { fromMs, toMs } = currentRange()
  setRange({ fromMs: atMs - (toMs - fromMs), toMs: atMs })
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
