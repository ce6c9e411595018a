import type { SeenStatement, StatementDetail, StatementEntryRow } from '#shared/contract/index.ts'
import { bucketsFor, type TimeRange } from '#shared/series/index.ts'
import { type WaitClass, waitClasses } from '#shared/waits/index.ts'
import { addFigures } from '#shared/workload/index.ts'
import type { Database } from '../../database.ts'
import { present, type RowReader, readRow } from '../../row-reader.ts'
import { minuteMs } from '../minutes.ts'
import type { StatementQuestion } from '../types.ts'
import { isAmong, readCondition } from './condition.ts'
import { loadSource } from './load-source.ts'
import { moment, within } from './span.ts'
import { figureSums, figuresOfRow, readFiguresMs, readingsWithin } from './statement-figures.ts'
import { readStatementKeys } from './statement-keys.ts'
import { readTextOf } from './statement-texts.ts'
import { readStatementTrend } from './statement-trend.ts'
import { readActivityPeriodMs, readCovered, readSampledMs } from './ticks.ts'

/** As many as anybody looks at. */
const mostWaits = 20
const mostCallers = 20
const mostSeen = 20

export async function statementDetail(
  database: Database,
  question: StatementQuestion,
): Promise<StatementDetail | undefined> {
  const { range, key } = question
  const keys = await readStatementKeys(database)
  const numbers = key === '' ? undefined : keys.numbersOf(key)
  const text = keys.foldedText(key) ?? (await readTextOf(database, key))
  const entries = await readEntries(database, range, key)
  if (numbers?.length === 0 && entries.length === 0 && text === undefined) return undefined
  const sampled = await readSampled(database, question, numbers)
  const figures = addFigures(entries.map((entry) => entry.figures))
  const hasFigures = (await readFiguresMs(database, range)) > 0
  return {
    key,
    ...present({ text, figures }),
    ...sampled,
    ...(hasFigures ? { trend: await readStatementTrend(database, question) } : {}),
    entries,
    seen: numbers === undefined ? [] : await readSeen(database, numbers, range),
  }
}

/** What samples saw of these statements (`undefined`: of those that are not known). */
async function readSampled(
  database: Database,
  question: StatementQuestion,
  numbers: readonly number[] | undefined,
) {
  const { fromMs, toMs } = question.range
  const condition = `${await readCondition(database)} AND ${isOf(numbers)}`
  const source = await loadSource(database, { fromMs, toMs, condition, stepMs: minuteMs })
  const rows = await database.rows(
    `SELECT wait_class, wait_event, database_name, user_name, application, client, sum(busy_ms)::DOUBLE AS busy_ms
     FROM (${source}) JOIN doings USING (doing_no) JOIN origins USING (origin_no) GROUP BY ALL`,
  )
  const sampledMs = await readSampledMs(database, question.range)
  const waits = new Map<string, { readonly of: readonly [WaitClass, string | undefined]; busyMs: number }>()
  const callers = new Map<string, { readonly of: Caller; busyMs: number }>()
  let totalMs = 0
  for (const row of rows.map(readRow)) {
    const busyMs = row.number('busy_ms')
    totalMs += busyMs
    addTo(waits, [row.oneOf<WaitClass>('wait_class', waitClasses), row.optionalText('wait_event')], busyMs)
    addTo(callers, callerOf(row), busyMs)
  }
  const shareOf = (busyMs: number) => (totalMs > 0 ? busyMs / totalMs : 0)
  return {
    averageSessions: sampledMs > 0 ? totalMs / sampledMs : 0,
    load: await readLoadOverTime(database, question, numbers),
    waits: largest(waits, ({ busyMs }) => busyMs)
      .slice(0, mostWaits)
      .map(
        ([
          ,
          {
            of: [waitClass, waitEvent],
            busyMs,
          },
        ]) => ({
          waitClass,
          ...present({ waitEvent }),
          share: shareOf(busyMs),
        }),
      ),
    callers: largest(callers, ({ busyMs }) => busyMs)
      .slice(0, mostCallers)
      .map(([, { of, busyMs }]) => ({ ...of, share: shareOf(busyMs) })),
  }
}

async function readLoadOverTime(
  database: Database,
  { range, buckets: most }: StatementQuestion,
  numbers: readonly number[] | undefined,
): Promise<StatementDetail['load']> {
  const buckets = bucketsFor(range, most, 2 * (await readActivityPeriodMs(database, range)))
  const { fromMs, stepMs, count } = buckets
  const condition = `${await readCondition(database)} AND ${isOf(numbers)}`
  const source = await loadSource(database, { fromMs, toMs: fromMs + count * stepMs, condition, stepMs })
  const rows = await database.rows(
    `SELECT ((at_ms - ${fromMs}) // ${stepMs})::INTEGER AS bucket, wait_class, sum(busy_ms)::DOUBLE AS busy_ms
     FROM (${source}) JOIN doings USING (doing_no) GROUP BY ALL`,
  )
  const classes = new Map<WaitClass, Float64Array>()
  for (const row of rows.map(readRow)) {
    const waitClass = row.oneOf<WaitClass>('wait_class', waitClasses)
    const busyMs = classes.get(waitClass) ?? new Float64Array(count)
    classes.set(waitClass, busyMs)
    busyMs[row.number('bucket')] = row.number('busy_ms')
  }
  const coveredMs = await readCovered(database, buckets)
  return {
    buckets,
    classes: largest(classes, (busyMs) => busyMs.reduce((sum, ms) => sum + ms, 0)).map(
      ([waitClass, busyMs]) => ({
        waitClass,
        values: Array.from(busyMs, (ms, bucket) => ratioOf(ms, coveredMs[bucket] ?? 0)),
      }),
    ),
  }
}

interface Caller {
  readonly database?: string
  readonly user?: string
  readonly application?: string
  readonly client?: string
}

function callerOf(row: RowReader): Caller {
  return present({
    database: row.optionalText('database_name'),
    user: row.optionalText('user_name'),
    application: row.optionalText('application'),
    client: row.optionalText('client'),
  })
}

function addTo<Of>(sums: Map<string, { readonly of: Of; busyMs: number }>, of: Of, busyMs: number): void {
  const name = JSON.stringify(of)
  const sum = sums.get(name) ?? { of, busyMs: 0 }
  sum.busyMs += busyMs
  sums.set(name, sum)
}

function largest<Key, Value>(
  sums: ReadonlyMap<Key, Value>,
  size: (value: Value) => number,
): readonly [Key, Value][] {
  return [...sums].sort(([, a], [, b]) => size(b) - size(a))
}

function ratioOf(busyMs: number, coveredMs: number): number | null {
  return coveredMs > 0 ? busyMs / coveredMs : null
}

/** Of these statements; `undefined`: of those that are not known. */
const isOf = (numbers: readonly number[] | undefined): string =>
  numbers === undefined ? 'statement_no IS NULL' : isAmong('statement_no', numbers)

async function readEntries(
  database: Database,
  range: TimeRange,
  queryId: string,
): Promise<readonly StatementEntryRow[]> {
  const rows = await database.rows(
    `SELECT database_name, user_name, is_top_level, ${figureSums()}
     FROM statement_deltas JOIN statement_entries USING (entry_no)
     WHERE query_id = $queryId AND ${readingsWithin(range)}
     GROUP BY database_name, user_name, is_top_level
     ORDER BY sum(execution_ms) DESC, database_name, user_name`,
    { queryId },
  )
  return rows.map(readRow).map((row) => ({
    database: row.text('database_name'),
    user: row.text('user_name'),
    isTopLevel: row.flag('is_top_level'),
    figures: figuresOfRow(row),
  }))
}

/** Texts with values, within the range first, each once. */
async function readSeen(
  database: Database,
  numbers: readonly number[],
  range: TimeRange,
): Promise<readonly SeenStatement[]> {
  if (numbers.length === 0) return []
  const rows = await database.rows(
    `SELECT text, epoch_ms(max(seen_at))::DOUBLE AS seen_at FROM (
       SELECT text, sampled_at AS seen_at FROM statement_examples WHERE ${isOf(numbers)}
       UNION ALL
       SELECT text, last_at FROM statements JOIN (
         SELECT statement_no, max(sampled_at) AS last_at FROM activity_samples
         WHERE ${within('sampled_at', range.fromMs, range.toMs)} AND ${isOf(numbers)} GROUP BY statement_no)
       USING (statement_no) WHERE query_id IS NULL)
     WHERE text IS NOT NULL AND seen_at < ${moment(range.toMs)}
     GROUP BY text ORDER BY seen_at DESC LIMIT ${mostSeen}`,
  )
  return rows.map(readRow).map((row) => ({ atMs: row.number('seen_at'), text: row.text('text') }))
}
