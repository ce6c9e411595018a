import { os } from '../implementer.ts'
import { openSession } from '../open-session.ts'

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
