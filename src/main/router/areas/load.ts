import { os } from '../implementer.ts'
import { openSession } from '../open-session.ts'

export const load = os.load.router({
  series: os.load.series.handler(({ input, context }) =>
    openSession(context, input.sessionId).recorded.loadSeries(input),
  ),
  ranking: os.load.ranking.handler(({ input, context }) =>
    openSession(context, input.sessionId).recorded.loadRanking(input),
  ),
  markers: os.load.markers.handler(({ input, context }) =>
    openSession(context, input.sessionId).recorded.markers(input.range),
  ),
})
