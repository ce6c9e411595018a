import type { LoadRanking } from '#shared/contract/index.ts'
import { type WaitClass, waitClasses } from '#shared/waits/index.ts'
import type { Database } from '../../database.ts'
import { readRow } from '../../row-reader.ts'
import { minuteMs } from '../minutes.ts'
import type { LoadRankingQuestion } from '../types.ts'
import { conditionOf, dimensions, dimensionsIn } from './dimensions.ts'
import { labelsOf } from './labels.ts'
import { loadSource } from './load-source.ts'
import { readStatementKeysFor } from './statement-keys.ts'
import { readSampledMs } from './ticks.ts'

export async function loadRanking(database: Database, question: LoadRankingQuestion): Promise<LoadRanking> {
  const { by, limit } = question
  const { fromMs, toMs } = question.range
  const { column, keys } = dimensions[by]
  const statements = await readStatementKeysFor(database, dimensionsIn(question))
  const condition = conditionOf(question.filter)
  const source = await loadSource(database, { fromMs, toMs, condition, stepMs: minuteMs })
  const coveredMs = await readSampledMs(database, question.range)
  const rows = await database.rows(
    `WITH parts AS (
       SELECT ${column} AS number, doing_no AS doing, sum(busy_ms) AS busy_ms FROM (${source}) GROUP BY ALL),
     keyed AS (
       SELECT coalesce(key, '') AS key, wait_class, sum(busy_ms)::DOUBLE AS busy_ms
       FROM parts LEFT JOIN (${keys}) USING (number) JOIN doings ON doing_no = doing GROUP BY ALL),
     totals AS (
       SELECT key, sum(busy_ms) AS total_ms, count(*) OVER () AS keys, sum(sum(busy_ms)) OVER () AS all_ms
       FROM keyed GROUP BY key ORDER BY total_ms DESC, key LIMIT ${limit})
     SELECT key, total_ms, keys::INTEGER AS keys, all_ms, wait_class, busy_ms
     FROM totals JOIN keyed USING (key) ORDER BY total_ms DESC, key, busy_ms DESC, wait_class`,
    condition.values,
  )
  const inSessions = (busyMs: number) => (coveredMs > 0 ? busyMs / coveredMs : 0)
  const found = new Map<string, { readonly totalMs: number; readonly byClass: [WaitClass, number][] }>()
  let allKeys = 0
  let allMs = 0
  for (const row of rows.map(readRow)) {
    const key = row.text('key')
    const line = found.get(key) ?? { totalMs: row.number('total_ms'), byClass: [] }
    found.set(key, line)
    line.byClass.push([row.oneOf<WaitClass>('wait_class', waitClasses), inSessions(row.number('busy_ms'))])
    allKeys = row.number('keys')
    allMs = row.number('all_ms')
  }
  const labels = await labelsOf(database, by, [...found.keys()], statements)
  return {
    rows: [...found].map(([key, { totalMs, byClass }], index) => ({
      key,
      label: labels[index] ?? key,
      averageSessions: inSessions(totalMs),
      share: allMs > 0 ? totalMs / allMs : 0,
      byClass,
    })),
    more: allKeys - found.size,
    averageSessions: inSessions(allMs),
  }
}
