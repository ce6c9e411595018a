import { os } from '../implementer.ts'
import { openSession } from '../open-session.ts'

export const relations = os.relations.router({
  over: os.relations.over.handler(({ input: { sessionId, ...question }, context }) =>
    openSession(context, sessionId).recorded.schemaOver(question),
  ),
})
