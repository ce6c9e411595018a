import { os } from '../implementer.ts'
import { openSession } from '../open-session.ts'

export const locks = os.locks.router({
  at: os.locks.at.handler(({ input: { sessionId, ...question }, context }) =>
    openSession(context, sessionId).recorded.locksAt(question),
  ),
  moments: os.locks.moments.handler(({ input: { sessionId, ...question }, context }) =>
    openSession(context, sessionId).recorded.lockMoments(question),
  ),
  step: os.locks.step.handler(({ input: { sessionId, ...question }, context }) =>
    openSession(context, sessionId).recorded.lockStep(question),
  ),
  blame: os.locks.blame.handler(({ input, context }) =>
    openSession(context, input.sessionId).recorded.lockBlame(input.range),
  ),
})
