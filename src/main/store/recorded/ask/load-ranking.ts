import type { LoadRanking } from '#shared/contract/index.ts'
import type { Milliseconds } from '#shared/units/index.ts'
import type { WaitClass } from '#shared/waits/index.ts'
import type { Database } from '../../database.ts'
import { readRow } from '../../row-reader.ts'
import { minuteMs } from '../minutes.ts'
import type { LoadRankingQuestion } from '../types.ts'
import { readCondition } from './condition.ts'
import { dimensions } from './dimensions.ts'
import { readKeyOf, readWaitClasses } from './keys-by-number.ts'
import { labelsOf } from './labels.ts'
import { loadSource } from './load-source.ts'
import { readStatementKeysFor } from './statement-keys.ts'
import { readSampledMs } from './ticks.ts'

export async function loadRanking(database: Database, question: LoadRankingQuestion): Promise<LoadRanking> {
  const { by, limit } = question
  const coveredMs = await readSampledMs(database, question.range)
  const sums = await readSums(database, question)
  const allMs = sums.reduce((sum, { totalMs }) => sum + totalMs, 0)
  const shown = sums.slice(0, limit)
  const statements = await readStatementKeysFor(database, by)
  const labels = await labelsOf(
    database,
    by,
    shown.map(({ key }) => key),
    statements,
  )
  const inSessions = (busyMs: Milliseconds) => (coveredMs > 0 ? busyMs / coveredMs : 0)
  return {
    rows: shown.map(({ key, totalMs, byClass }, index) => ({
      key,
      label: labels[index] ?? key,
      averageSessions: inSessions(totalMs),
      share: allMs > 0 ? totalMs / allMs : 0,
      byClass: largestFirst(byClass).map(([waitClass, busyMs]) => [waitClass, inSessions(busyMs)]),
    })),
    more: sums.length - shown.length,
    averageSessions: inSessions(allMs),
  }
}

interface Sum {
  readonly key: string
  totalMs: Milliseconds
  readonly byClass: Map<WaitClass, Milliseconds>
}

/** Load by key, largest first. A window asks every second: of SQL, most of which is planning, as little as can be. */
async function readSums(
  database: Database,
  { by, range: { fromMs, toMs }, filter }: LoadRankingQuestion,
): Promise<readonly Sum[]> {
  const keyOf = await readKeyOf(database, by)
  const waitClasses = await readWaitClasses(database)
  const condition = await readCondition(database, filter)
  const source = await loadSource(database, { fromMs, toMs, condition, stepMs: minuteMs })
  const rows = await database.rows(
    `SELECT ${dimensions[by].column} AS number, doing_no AS doing, sum(busy_ms)::DOUBLE AS busy_ms
     FROM (${source}) GROUP BY ALL`,
  )
  const byKey = new Map<string, Sum>()
  for (const row of rows.map(readRow)) {
    const waitClass = waitClasses.get(row.number('doing'))
    if (waitClass === undefined) continue
    const key = keyOf(row.optionalNumber('number'))
    const busyMs = row.number('busy_ms')
    const sum = byKey.get(key) ?? { key, totalMs: 0, byClass: new Map() }
    byKey.set(key, sum)
    sum.totalMs += busyMs
    sum.byClass.set(waitClass, (sum.byClass.get(waitClass) ?? 0) + busyMs)
  }
  return [...byKey.values()].sort((a, b) => b.totalMs - a.totalMs || inOrder(a.key, b.key))
}

const largestFirst = (byClass: ReadonlyMap<WaitClass, Milliseconds>) =>
  [...byClass].sort(([one, oneMs], [other, otherMs]) => otherMs - oneMs || inOrder(one, other))

/** Ties stand in an order of their own, so that a table does not jump. */
const inOrder = (one: string, other: string): number => (one < other ? -1 : 1)
