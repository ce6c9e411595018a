import { os } from '../implementer.ts'
import { openSession } from '../open-session.ts'

export const metrics = os.metrics.router({
  series: os.metrics.series.handler(({ input, context }) =>
    openSession(context, input.sessionId).recorded.metricSeries(input),
  ),
})
