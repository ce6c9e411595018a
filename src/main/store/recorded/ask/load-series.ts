import type { LoadSeries } from '#shared/contract/index.ts'
import { bucketsFor } from '#shared/series/index.ts'
import type { Database } from '../../database.ts'
import { readRow } from '../../row-reader.ts'
import type { LoadSeriesQuestion } from '../types.ts'
import { readCondition } from './condition.ts'
import { dimensions } from './dimensions.ts'
import { labelsOf } from './labels.ts'
import { loadSource } from './load-source.ts'
import { readStatementKeysFor } from './statement-keys.ts'
import { readActivityPeriodMs, readCores, readCovered } from './ticks.ts'

/** As many as a chart can tell apart. */
const defaultKeys = 12

export async function loadSeries(database: Database, question: LoadSeriesQuestion): Promise<LoadSeries> {
  const { by, range, keys: mostKeys = defaultKeys } = question
  const buckets = bucketsFor(range, question.buckets, 2 * (await readActivityPeriodMs(database, range)))
  const { fromMs, stepMs, count } = buckets
  const toMs = fromMs + count * stepMs
  const statements = await readStatementKeysFor(database, by)
  const condition = await readCondition(database, question.filter)
  const source = await loadSource(database, { fromMs, toMs, condition, stepMs })
  const rows = await database.rows(
    `WITH parts AS (
       SELECT ((at_ms - ${fromMs}) // ${stepMs})::INTEGER AS bucket, ${dimensions[by].column} AS number,
         sum(busy_ms) AS busy_ms
       FROM (${source}) GROUP BY ALL),
     keyed AS (
       SELECT bucket, coalesce(key, '') AS key, sum(busy_ms)::DOUBLE AS busy_ms
       FROM parts LEFT JOIN (${dimensions[by].keys}) USING (number) GROUP BY ALL),
     largest AS (SELECT key FROM keyed GROUP BY key ORDER BY sum(busy_ms) DESC, key LIMIT ${mostKeys})
     SELECT bucket, largest.key AS key, sum(busy_ms) AS busy_ms
     FROM keyed LEFT JOIN largest USING (key) GROUP BY ALL`,
  )
  const coveredMs = await readCovered(database, buckets)
  const toValues = (busyMs: Float64Array) =>
    Array.from(busyMs, (busy, bucket) => average(busy, coveredMs[bucket] ?? 0))
  const byKey = new Map<string | undefined, Float64Array>()
  for (const row of rows.map(readRow)) {
    const key = row.optionalText('key')
    const busyMs = byKey.get(key) ?? new Float64Array(count)
    byKey.set(key, busyMs)
    busyMs[row.number('bucket')] = row.number('busy_ms')
  }
  // Where nobody was at work there is no key to tell what was sampled: the rest tells it.
  const others = byKey.get(undefined) ?? (byKey.size === 0 ? new Float64Array(count) : undefined)
  byKey.delete(undefined)
  const inOrder = [...byKey]
    .map(([key = '', busyMs]) => ({ key, busyMs, total: busyMs.reduce((sum, busy) => sum + busy, 0) }))
    .sort((a, b) => b.total - a.total || (a.key < b.key ? -1 : 1))
  const labels = await labelsOf(
    database,
    by,
    inOrder.map(({ key }) => key),
    statements,
  )
  const cores = await readCores(database, toMs)
  return {
    buckets,
    keys: inOrder.map(({ key, busyMs }, index) => ({
      key,
      label: labels[index] ?? key,
      values: toValues(busyMs),
    })),
    ...(others === undefined ? {} : { others: toValues(others) }),
    ...(cores === undefined ? {} : { cores }),
  }
}

function average(busyMs: number, coveredMs: number): number | null {
  return coveredMs > 0 ? busyMs / coveredMs : null
}
