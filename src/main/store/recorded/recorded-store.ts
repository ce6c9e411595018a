import { WorkbenchError } from '#shared/session/index.ts'
import type { RecordedStore } from './types.ts'

const missing = (): never => {
  throw new WorkbenchError('NOT_SUPPORTED', 'Recording is not there yet.')
}

export const createRecordedStore = (): RecordedStore => ({
  begin: missing,
  append: () => {},
  flush: () => Promise.resolve(),
  end: () => Promise.resolve(),
  problem: () => undefined,
  overview: () => Promise.resolve({ recordings: [] }),
  summary: missing,
  loadSeries: missing,
  loadRanking: missing,
  markers: missing,
  metricSeries: missing,
  activityAt: missing,
})
