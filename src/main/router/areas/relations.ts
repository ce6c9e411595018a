import { os } from '../implementer.ts'
import { openSession } from '../open-session.ts'

export const relations = os.relations.router({
  over: os.relations.over.handler(({ input, context }) =>
    openSession(context, input.sessionId).recorded.schemaOver(input.range),
  ),
})
