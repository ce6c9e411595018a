import { WorkbenchError } from '#shared/session/index.ts'
import type { Context } from '../context.ts'
import { os } from '../implementer.ts'

/** A window may still speak of the session that was open before: that is an error, not another session's answer. */
function openSession(context: Context, sessionId: string) {
  if (context.store.current().sessionId === sessionId) return context.store
  throw new WorkbenchError('SESSION_UNKNOWN', 'This session is no longer open.', {
    advice: 'Open it again from the list of sessions.',
  })
}

export const session = os.session.router({
  current: os.session.current.handler(({ context }) => context.store.current()),
  list: os.session.list.handler(({ context }) => context.store.list()),
  open: os.session.open.handler(({ input, context }) => context.store.open(input.path)),
  create: os.session.create.handler(({ input, context }) => context.store.create(input)),
  runs: os.session.runs.handler(({ input, context }) => openSession(context, input.sessionId).runs()),
  run: os.session.run.handler(({ input, context }) => openSession(context, input.sessionId).run(input.runId)),
  setNote: os.session.setNote.handler(({ input, context }) =>
    openSession(context, input.sessionId).setNote(input.runId, input.note),
  ),
  removeRun: os.session.removeRun.handler(({ input, context }) =>
    openSession(context, input.sessionId).removeRun(input.runId),
  ),
  tail: os.session.tail.handler(({ input, context, signal }) =>
    openSession(context, input.sessionId).tail(input.after, input.waitMs, signal),
  ),
})
