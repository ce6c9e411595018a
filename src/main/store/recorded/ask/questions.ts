import type { Database } from '../../database.ts'
import { activityAt } from './activity-at.ts'
import { loadRanking } from './load-ranking.ts'
import { loadSeries } from './load-series.ts'
import { lockBlame } from './lock-blame.ts'
import { lockMoments } from './lock-moments.ts'
import { lockStep } from './lock-step.ts'
import { locksAt } from './locks-at.ts'
import { readMarkers } from './markers.ts'
import { metricSeries } from './metric-series.ts'
import { readOverview } from './overview.ts'
import { schemaOver } from './schema-over.ts'
import { statementDetail } from './statement-detail.ts'
import { statementRanking } from './statement-ranking.ts'
import { statementTexts } from './statement-texts.ts'
import { readSummary } from './summary.ts'

/** What can be asked about what was recorded, answered in the store's thread. */
export const questions = {
  overview: (database: Database, _input: undefined) => readOverview(database),
  summary: (database: Database, _input: undefined) => readSummary(database),
  loadSeries,
  loadRanking,
  markers: readMarkers,
  metricSeries,
  activityAt,
  schemaOver,
  statementRanking,
  statementDetail,
  statementTexts,
  locksAt,
  lockMoments,
  lockStep,
  lockBlame,
} as const satisfies Readonly<Record<string, (database: Database, input: never) => Promise<unknown>>>

export type Questions = typeof questions
export type QuestionName = keyof Questions
export type QuestionInput<Name extends QuestionName> = Parameters<Questions[Name]>[1]
export type QuestionAnswer<Name extends QuestionName> = Awaited<ReturnType<Questions[Name]>>
