import type { BackendSample } from '#shared/activity/index.ts'
import type { EpochMs } from '#shared/units/index.ts'
import { type WaitClass, waitClasses } from '#shared/waits/index.ts'
import type { Database } from '../../database.ts'
import { present, type RowReader, readRow } from '../../row-reader.ts'
import { readStatementTexts } from './labels.ts'
import { moment } from './span.ts'

/** An older tick says nothing about the moment. */
const oldestMs = 5_000

export interface ActivityAt {
  readonly atMs: EpochMs
  readonly backends: readonly BackendSample[]
}

export async function activityAt(database: Database, askedMs: EpochMs): Promise<ActivityAt | undefined> {
  const [tick] = await database.rows(
    `SELECT epoch_ms(max(sampled_at))::DOUBLE AS at_ms FROM activity_ticks
     WHERE sampled_at <= ${moment(askedMs)} AND sampled_at >= ${moment(askedMs - oldestMs)}`,
  )
  const atMs = tick === undefined ? undefined : readRow(tick).optionalNumber('at_ms')
  if (atMs === undefined) return undefined
  const rows = await database.rows(
    `SELECT pid, epoch_us(started_at)::DOUBLE / 1000 AS started_at, doings.backend_type, leader_pid, database_name,
       user_name, application, client, state, wait_class, wait_event, query_id, statements.text AS statement_text,
       (SELECT arg_max(text, sampled_at) FROM statement_examples AS example
        WHERE example.statement_no = sample.statement_no AND example.backend_no = sample.backend_no
          AND example.sampled_at <= ${moment(atMs)}
          AND example.sampled_at >= ${moment(atMs)} - to_milliseconds(coalesce(sample.statement_age_ms, 0))) AS example,
       statement_age_ms::DOUBLE AS statement_age_ms, transaction_lead_ms::DOUBLE AS transaction_lead_ms,
       state_lag_ms::DOUBLE AS state_lag_ms, xmin_age
     FROM activity_samples AS sample JOIN backends USING (backend_no)
       JOIN origins ON origins.origin_no = sample.origin_no JOIN doings USING (doing_no)
       LEFT JOIN statements USING (statement_no)
     WHERE sampled_at = ${moment(atMs)}
     ORDER BY pid`,
  )
  const readers = rows.map(readRow)
  const queryIds = [...new Set(readers.flatMap((row) => row.optionalText('query_id') ?? []))]
  const texts = await readStatementTexts(database, queryIds)
  return { atMs, backends: readers.map((row) => backendOfRow(row, atMs, texts)) }
}

function backendOfRow(row: RowReader, atMs: EpochMs, texts: ReadonlyMap<string, string>): BackendSample {
  const queryId = row.optionalText('query_id')
  const statementAge = row.optionalNumber('statement_age_ms')
  const statementAtMs = statementAge === undefined ? undefined : atMs - statementAge
  const transactionLead = row.optionalNumber('transaction_lead_ms')
  const stateLag = row.optionalNumber('state_lag_ms')
  const origin = statementAtMs ?? atMs
  return {
    pid: row.number('pid'),
    startedAtMs: row.number('started_at'),
    backendType: row.text('backend_type'),
    state: row.text('state'),
    waitClass: row.oneOf<WaitClass>('wait_class', waitClasses),
    ...present({
      leaderPid: row.optionalNumber('leader_pid'),
      database: row.optionalText('database_name'),
      user: row.optionalText('user_name'),
      application: row.optionalText('application'),
      client: row.optionalText('client'),
      waitEvent: row.optionalText('wait_event'),
      queryId,
      statement:
        row.optionalText('example') ??
        row.optionalText('statement_text') ??
        (queryId === undefined ? undefined : texts.get(queryId)),
      statementStartedAtMs: statementAtMs,
      transactionStartedAtMs: transactionLead === undefined ? undefined : origin - transactionLead,
      stateChangedAtMs: stateLag === undefined ? undefined : origin + stateLag,
      xminAge: row.optionalNumber('xmin_age'),
    }),
  }
}
