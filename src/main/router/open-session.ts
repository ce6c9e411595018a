import { WorkbenchError } from '#shared/session/index.ts'
import type { Context } from './context.ts'

/** A window may still speak of the session that was open before: that is an error, not another session's answer. */
export function openSession(context: Context, sessionId: string) {
  if (context.store.current().sessionId === sessionId) return context.store
  throw new WorkbenchError('SESSION_UNKNOWN', 'This session is no longer open.', {
    advice: 'Open it again from the list of sessions.',
  })
}
