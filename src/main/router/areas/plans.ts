import { os } from '../implementer.ts'
import { openSession } from '../open-session.ts'

export const plans = os.plans.router({
  list: os.plans.list.handler(({ input, context }) => openSession(context, input.sessionId).plans.list()),
  keep: os.plans.keep.handler(({ input, context }) => {
    const { sessionId, ...plan } = input
    return openSession(context, sessionId).plans.keep(plan)
  }),
  open: os.plans.open.handler(({ input, context }) =>
    openSession(context, input.sessionId).plans.open(input.planId),
  ),
  change: os.plans.change.handler(({ input, context }) => {
    const { sessionId, ...change } = input
    return openSession(context, sessionId).plans.change(change)
  }),
  remove: os.plans.remove.handler(({ input, context }) =>
    openSession(context, input.sessionId).plans.remove(input.planId),
  ),
})
