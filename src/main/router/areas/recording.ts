import { os } from '../implementer.ts'
import { openSession } from '../open-session.ts'

export const recording = os.recording.router({
  start: os.recording.start.handler(({ input, context }) => context.recorder.start(input.hz)),
  stop: os.recording.stop.handler(({ context }) => context.recorder.stop()),
  setRate: os.recording.setRate.handler(({ input, context }) => context.recorder.setRate(input.hz)),
  overview: os.recording.overview.handler(({ input, context }) =>
    openSession(context, input.sessionId).recorded.overview(),
  ),
  summary: os.recording.summary.handler(({ input, context }) =>
    openSession(context, input.sessionId).recorded.summary(),
  ),
  tail: os.recording.tail.handler(({ input, context, signal }) => {
    openSession(context, input.sessionId)
    return context.recorder.tail(input, signal)
  }),
})
