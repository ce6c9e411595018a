import type { Run, RunOutcome, RunSummary } from '#shared/session/index.ts'
import { runModes, runStates } from '#shared/session/index.ts'
import type { RunWaits, WaitShare } from '#shared/waits/index.ts'
import type { Cell } from './database.ts'
import { present, type RowReader } from './row-reader.ts'

interface RunColumn {
  readonly name: string
  /** `time`: TIMESTAMP in the file, epoch milliseconds here. */
  readonly kind: 'plain' | 'number' | 'time'
  readonly of: (run: Run) => Cell | undefined
}

const plain = (name: string, of: RunColumn['of']): RunColumn => ({ name, kind: 'plain', of })
const number = (name: string, of: RunColumn['of']): RunColumn => ({ name, kind: 'number', of })
const time = (name: string, of: RunColumn['of']): RunColumn => ({ name, kind: 'time', of })

/** Columns of `runs` that a line in the list of runs needs. `run_ordinal` is the writer's. */
const summaryColumns: readonly RunColumn[] = [
  plain('run_id', (run) => run.runId),
  time('started_at', (run) => run.startedAtMs),
  plain('target_name', (run) => run.target.name),
  plain('target_host', (run) => run.target.host),
  number('target_port', (run) => run.target.port),
  plain('target_database', (run) => run.target.database),
  plain('target_user', (run) => run.target.user),
  plain('server_version', (run) => run.target.serverVersion),
  number('server_version_num', (run) => run.target.serverVersionNum),
  plain('statement', (run) => run.statement),
  plain('mode', (run) => run.mode),
  plain('state', (run) => run.state),
  plain('outcome', (run) => run.outcome),
  number('elapsed_ms', (run) => run.timings.elapsedMs),
  number('first_row_ms', (run) => run.timings.firstRowMs),
  number('planning_ms', (run) => run.timings.planningMs),
  number('execution_ms', (run) => run.timings.executionMs),
  number('result_rows', (run) => run.rows),
  number('shared_hit_blocks', (run) => run.sharedHitBlocks),
  number('shared_read_blocks', (run) => run.sharedReadBlocks),
  number('temp_written_blocks', (run) => run.tempWrittenBlocks),
  plain('note', (run) => run.note),
  plain('error_code', (run) => run.error?.code),
  plain('error_message', (run) => run.error?.message),
  plain('error_detail', (run) => run.error?.detail),
  plain('error_hint', (run) => run.error?.hint),
  number('error_position', (run) => run.error?.position),
]

const detailColumns: readonly RunColumn[] = [
  plain('explain_buffers', (run) => run.options.explain.buffers),
  plain('explain_wal', (run) => run.options.explain.wal),
  plain('explain_settings', (run) => run.options.explain.settings),
  plain('explain_verbose', (run) => run.options.explain.verbose),
  plain('explain_timing', (run) => run.options.explain.timing),
  plain('explain_serialize', (run) => run.options.explain.serialize),
  plain('explain_memory', (run) => run.options.explain.memory),
  plain('on_end', (run) => run.options.onEnd),
  number('statement_timeout_ms', (run) => run.options.statementTimeoutMs),
  number('max_rows', (run) => run.options.maxRows),
  number('sample_hz', (run) => run.options.sampleHz),
  number('waits_requested_hz', (run) => run.waits.requestedHz),
  time('waits_started_at', (run) => run.waits.startedAtMs),
  number('waits_ticks', (run) => run.waits.ticks),
  number('waits_skipped_ticks', (run) => run.waits.skippedTicks),
  number('waits_observer_query_ms', (run) => run.waits.observerQueryMs),
  number('peak_temp_bytes', (run) => run.waits.peakTempBytes),
  plain('counters_read', (run) => run.waits.counters !== undefined),
  number('wal_records', (run) => run.waits.counters?.wal?.records),
  number('wal_full_page_images', (run) => run.waits.counters?.wal?.fullPageImages),
  number('wal_bytes', (run) => run.waits.counters?.wal?.bytes),
]

const allColumns = [...summaryColumns, ...detailColumns]

const selected = ({ name, kind }: RunColumn) => {
  if (kind === 'number') return `${name}::DOUBLE AS ${name}`
  return kind === 'time' ? `epoch_us(${name})::DOUBLE / 1000 AS ${name}` : name
}
const select = (columns: readonly RunColumn[]) =>
  `SELECT run_ordinal, ${columns.map(selected).join(', ')} FROM runs`

export const selectSummaries = select(summaryColumns)
export const selectRuns = select(allColumns)

/** Columns are named, so those that a later version or a person has added keep what they hold. */
export const upsertRun = `
  INSERT INTO runs (run_ordinal, ${allColumns.map(({ name }) => name).join(', ')})
  VALUES ($run_ordinal, ${allColumns
    .map(({ name, kind }) => (kind === 'time' ? `make_timestamp($${name}::BIGINT)` : `$${name}`))
    .join(', ')})
  ON CONFLICT (run_id) DO UPDATE SET ${allColumns
    .filter(({ name }) => name !== 'run_id')
    .map(({ name }) => `${name} = excluded.${name}`)
    .join(', ')}`

export function valuesOfRun(run: Run, ordinal: number): Record<string, Cell> {
  const values: Record<string, Cell> = { run_ordinal: ordinal }
  for (const { name, kind, of } of allColumns) {
    const value = of(run) ?? null
    values[name] = kind === 'time' && typeof value === 'number' ? Math.round(value * 1_000) : value
  }
  return values
}

const outcomes: readonly RunOutcome[] = [
  'rolled-back',
  'committed',
  'autocommitted',
  'nothing-to-keep',
  'unknown',
]

export function summaryOfRow(row: RowReader, topWaits: readonly WaitShare[]): RunSummary {
  const errorCode = row.optionalText('error_code')
  return {
    runId: row.text('run_id'),
    ordinal: row.number('run_ordinal'),
    startedAtMs: row.number('started_at'),
    target: {
      name: row.text('target_name'),
      host: row.text('target_host'),
      ...present({ port: row.optionalNumber('target_port') }),
      database: row.text('target_database'),
      user: row.text('target_user'),
      serverVersion: row.text('server_version'),
      serverVersionNum: row.number('server_version_num'),
    },
    statement: row.text('statement'),
    mode: row.oneOf('mode', runModes),
    state: row.oneOf('state', runStates),
    outcome: row.oneOf('outcome', outcomes),
    timings: {
      elapsedMs: row.number('elapsed_ms'),
      ...present({
        firstRowMs: row.optionalNumber('first_row_ms'),
        planningMs: row.optionalNumber('planning_ms'),
        executionMs: row.optionalNumber('execution_ms'),
      }),
    },
    rows: row.number('result_rows'),
    topWaits,
    ...present({
      sharedHitBlocks: row.optionalNumber('shared_hit_blocks'),
      sharedReadBlocks: row.optionalNumber('shared_read_blocks'),
      tempWrittenBlocks: row.optionalNumber('temp_written_blocks'),
    }),
    note: row.text('note'),
    ...(errorCode === undefined
      ? {}
      : {
          error: {
            code: errorCode,
            message: row.optionalText('error_message') ?? '',
            ...present({
              detail: row.optionalText('error_detail'),
              hint: row.optionalText('error_hint'),
              position: row.optionalNumber('error_position'),
            }),
          },
        }),
  }
}

export function optionsOfRow(row: RowReader): Run['options'] {
  return {
    mode: row.oneOf('mode', runModes),
    explain: {
      buffers: row.flag('explain_buffers'),
      wal: row.flag('explain_wal'),
      settings: row.flag('explain_settings'),
      verbose: row.flag('explain_verbose'),
      timing: row.flag('explain_timing'),
      serialize: row.oneOf('explain_serialize', ['none', 'text', 'binary']),
      memory: row.flag('explain_memory'),
    },
    onEnd: row.oneOf('on_end', ['rollback', 'commit', 'autocommit']),
    statementTimeoutMs: row.number('statement_timeout_ms'),
    maxRows: row.number('max_rows'),
    sampleHz: row.number('sample_hz'),
  }
}

type WaitHeader = Omit<RunWaits, 'samples' | 'lockWaits' | 'heldLocks' | 'notes' | 'counters'>

export function waitHeaderOfRow(row: RowReader): WaitHeader {
  return {
    requestedHz: row.number('waits_requested_hz'),
    startedAtMs: row.number('waits_started_at'),
    ticks: row.number('waits_ticks'),
    skippedTicks: row.number('waits_skipped_ticks'),
    observerQueryMs: row.number('waits_observer_query_ms'),
    ...present({ peakTempBytes: row.optionalNumber('peak_temp_bytes') }),
  }
}

/** `undefined` where the server has no such counters; they come whole or not at all. */
export function walOfRow(row: RowReader): NonNullable<RunWaits['counters']>['wal'] {
  const records = row.optionalNumber('wal_records')
  if (records === undefined) return undefined
  return {
    records,
    fullPageImages: row.optionalNumber('wal_full_page_images') ?? 0,
    bytes: row.optionalNumber('wal_bytes') ?? 0,
  }
}
