import type { Recording, TargetStamp } from '#shared/session/index.ts'
import type { EpochMs, Hertz, Milliseconds } from '#shared/units/index.ts'
import type { Database } from '../database.ts'
import { present, type RowReader, readRow } from '../row-reader.ts'
import { type Dictionary, dictionaries, type NextNumbers } from './tables.ts'

export interface NewRecording {
  readonly target: TargetStamp
  readonly startedAtMs: EpochMs
  readonly hz: Hertz
}

export interface BegunRecording {
  readonly recording: Recording
  readonly next: NextNumbers
}

export async function beginRecording(database: Database, input: NewRecording): Promise<BegunRecording> {
  const { target, startedAtMs, hz } = input
  await database.run(
    `INSERT INTO recordings (recording_no, started_at, hz, target_name, target_host, target_port, target_database,
       target_user, server_version, server_version_num)
     SELECT coalesce(max(recording_no), 0) + 1, make_timestamp($startedAtUs::BIGINT), $hz, $name, $host, $port,
       $database, $user, $serverVersion, $serverVersionNum
     FROM recordings`,
    {
      startedAtUs: Math.round(startedAtMs * 1_000),
      hz,
      name: target.name,
      host: target.host,
      port: target.port ?? null,
      database: target.database,
      user: target.user,
      serverVersion: target.serverVersion,
      serverVersionNum: target.serverVersionNum,
    },
  )
  const [row] = await database.rows('SELECT max(recording_no) AS recording_no FROM recordings')
  const ordinal = row === undefined ? 1 : readRow(row).number('recording_no')
  return { recording: { ordinal, target, startedAtMs, hz }, next: await readNextNumbers(database) }
}

export async function endRecording(database: Database, ordinal: number, endedAtMs: EpochMs): Promise<void> {
  await database.run(
    'UPDATE recordings SET ended_at = make_timestamp($endedAtUs::BIGINT) WHERE recording_no = $ordinal',
    { ordinal, endedAtUs: Math.round(endedAtMs * 1_000) },
  )
}

/** When a recording that nobody ended was heard of last: the workbench died, or the file is somebody else's. */
const lastHeardOf = `greatest(
  recordings.started_at,
  (SELECT max(sampled_at) FROM activity_ticks WHERE sampled_at >= recordings.started_at AND sampled_at < next_at),
  (SELECT max(sampled_at) FROM metric_ticks WHERE sampled_at >= recordings.started_at AND sampled_at < next_at))`

const successors = `SELECT recording_no,
  lead(started_at, 1, 'infinity'::TIMESTAMP) OVER (ORDER BY started_at) AS next_at FROM recordings`

/** Recordings under way when the workbench died ended there. */
export async function endLostRecordings(database: Database): Promise<void> {
  await database.run(
    `UPDATE recordings SET ended_at = ${lastHeardOf}
     FROM (${successors}) AS successors
     WHERE successors.recording_no = recordings.recording_no AND recordings.ended_at IS NULL`,
  )
}

export async function readRecordings(database: Database): Promise<readonly Recording[]> {
  const endedAt = database.readOnly ? `coalesce(ended_at, ${lastHeardOf})` : 'ended_at'
  const rows = await database.rows(
    `SELECT recording_no, epoch_us(started_at)::DOUBLE / 1000 AS started_at,
       epoch_us(${endedAt})::DOUBLE / 1000 AS ended_at, hz, target_name, target_host,
       target_port, target_database, target_user, server_version, server_version_num
     FROM recordings JOIN (${successors}) AS successors USING (recording_no)
     ORDER BY recording_no`,
  )
  return rows.map(readRow).map(recordingOfRow)
}

/** How long each recording lasted, and of whom it is. One that is under way has lasted until its newest sample. */
export async function readStretches(
  database: Database,
): Promise<readonly { readonly server: string; readonly lastedMs: Milliseconds }[]> {
  const rows = await database.rows(
    `SELECT target_name,
       (epoch_us(coalesce(ended_at, ${lastHeardOf})) - epoch_us(started_at))::DOUBLE / 1000 AS lasted_ms
     FROM recordings JOIN (${successors}) AS successors USING (recording_no)
     ORDER BY recording_no`,
  )
  return rows
    .map(readRow)
    .map((row) => ({ server: row.text('target_name'), lastedMs: Math.max(0, row.number('lasted_ms')) }))
}

function recordingOfRow(row: RowReader): Recording {
  return {
    ordinal: row.number('recording_no'),
    target: {
      name: row.text('target_name'),
      host: row.text('target_host'),
      ...present({ port: row.optionalNumber('target_port') }),
      database: row.text('target_database'),
      user: row.text('target_user'),
      serverVersion: row.text('server_version'),
      serverVersionNum: row.number('server_version_num'),
    },
    startedAtMs: row.number('started_at'),
    ...present({ endedAtMs: row.optionalNumber('ended_at') }),
    hz: row.number('hz'),
  }
}

async function readNextNumbers(database: Database): Promise<NextNumbers> {
  const names = Object.keys(dictionaries) as Dictionary[]
  const [row] = await database.rows(
    `SELECT ${names
      .map((table) => `(SELECT coalesce(max(${dictionaries[table]}), 0) + 1 FROM ${table}) AS ${table}`)
      .join(', ')}`,
  )
  const reader = readRow(row ?? {})
  return Object.fromEntries(names.map((table) => [table, reader.number(table)])) as NextNumbers
}
