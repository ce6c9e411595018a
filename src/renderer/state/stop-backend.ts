import { client } from '#renderer/client/index.ts'
import type { EpochMs } from '#shared/units/index.ts'
import { notify, notifyError } from './toasts.ts'

/** Stops a process of the server, if it is still the one that was shown, and says what came of it. */
export async function stopBackend(
  how: 'cancel' | 'terminate',
  { pid, startedAtMs }: { readonly pid: number; readonly startedAtMs: EpochMs },
): Promise<void> {
  try {
    await client.backends[how]({ pid, startedAtMs })
    const done = how === 'cancel' ? 'was told to cancel its statement' : 'was told to end'
    notify({ tone: 'ok', title: `Process ${pid} ${done}` })
  } catch (error) {
    notifyError(error)
  }
}
