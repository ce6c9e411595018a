import type { Run, RunSetting, RunSummary } from '#shared/session/index.ts'
import { WorkbenchError } from '#shared/session/index.ts'
import { type WaitClass, type WaitShare, waitClasses } from '#shared/waits/index.ts'
import type { Database } from './database.ts'
import type { PackedSamples, SampleKind } from './packed-samples.ts'
import type { PackedRun } from './protocol.ts'
import { present, type RowReader, readRow } from './row-reader.ts'
import {
  optionsOfRow,
  selectRuns,
  selectSummaries,
  summaryOfRow,
  waitHeaderOfRow,
  walOfRow,
} from './run-columns.ts'

/** All runs, oldest first. */
export async function readSummaries(database: Database): Promise<readonly RunSummary[]> {
  const rows = await database.rows(`${selectSummaries} ORDER BY run_ordinal`)
  const waits = await database.rows(
    'SELECT run_ordinal, wait_class, wait_event, samples, share FROM run_top_waits ORDER BY run_ordinal, rowid',
  )
  const topWaits = new Map<number, WaitShare[]>()
  for (const row of waits.map(readRow)) {
    const ordinal = row.number('run_ordinal')
    const shares = topWaits.get(ordinal)
    if (shares === undefined) topWaits.set(ordinal, [shareOf(row)])
    else shares.push(shareOf(row))
  }
  return rows.map(readRow).map((row) => summaryOfRow(row, topWaits.get(row.number('run_ordinal')) ?? []))
}

export async function readSummary(database: Database, runId: string): Promise<RunSummary> {
  const row = await readRunRow(database, selectSummaries, runId)
  return summaryOfRow(row, await readTopWaits(database, row.number('run_ordinal')))
}

export async function readRun(database: Database, runId: string): Promise<PackedRun> {
  const row = await readRunRow(database, selectRuns, runId)
  const ordinal = row.number('run_ordinal')
  const children = async (columns: string, table: string, order = 'rowid') => {
    const rows = await database.rows(
      `SELECT ${columns} FROM ${table} WHERE run_ordinal = $ordinal ORDER BY ${order}`,
      { ordinal },
    )
    return rows.map(readRow)
  }

  const settings = await children('name, value', 'run_settings')
  const ownSettings = await children('name, value', 'run_own_settings')
  const plans = await children('plan_json', 'run_plans')
  const notes = await children('source, note', 'run_notes')
  const noteOf = (source: string) =>
    notes.filter((note) => note.text('source') === source).map((note) => note.text('note'))
  const wal = walOfRow(row)
  const run: Run = {
    ...summaryOfRow(row, await readTopWaits(database, ordinal)),
    parameters: (await children('value, type', 'run_parameters', 'position')).map((parameter) => ({
      value: parameter.optionalText('value') ?? null,
      ...present({ type: parameter.optionalText('type') }),
    })),
    options: {
      ...optionsOfRow(row),
      ...(ownSettings.length === 0 ? {} : { settings: ownSettings.map(settingOf) }),
    },
    ...present({ planJson: plans[0]?.text('plan_json') }),
    settings: Object.fromEntries(settings.map((setting) => [setting.text('name'), setting.text('value')])),
    notes: noteOf('run'),
    waits: {
      ...waitHeaderOfRow(row),
      samples: [],
      lockWaits: (
        await children(
          "at_ms, pid, lock_type, lock_mode, relation, array_to_string(blocker_pids, ',') AS blockers",
          'run_lock_waits',
          'at_ms, rowid',
        )
      ).map((wait) => ({
        atMs: wait.number('at_ms'),
        pid: wait.number('pid'),
        lockType: wait.text('lock_type'),
        mode: wait.text('lock_mode'),
        ...present({ relation: wait.optionalText('relation') }),
        blockerPids: (wait.optionalText('blockers') ?? '').split(',').filter(Boolean).map(Number),
      })),
      heldLocks: (
        await children('lock_type, lock_mode, relation, fast_path, lock_count', 'run_held_locks')
      ).map((lock) => ({
        lockType: lock.text('lock_type'),
        mode: lock.text('lock_mode'),
        ...present({ relation: lock.optionalText('relation') }),
        fastPath: lock.flag('fast_path'),
        count: lock.number('lock_count'),
      })),
      ...(row.flag('counters_read')
        ? { counters: { io: (await children(ioColumns, 'run_counters')).map(ioOf), ...present({ wal }) } }
        : {}),
      notes: noteOf('waits'),
    },
  }
  return { run, samples: await readSamples(database, ordinal) }
}

function settingOf(row: RowReader): RunSetting {
  return { name: row.text('name'), value: row.text('value') }
}

async function readRunRow(database: Database, select: string, runId: string): Promise<RowReader> {
  const [row] = await database.rows(`${select} WHERE run_id = $runId`, { runId })
  if (row !== undefined) return readRow(row)
  throw runUnknown()
}

export function runUnknown(): WorkbenchError {
  return new WorkbenchError('RUN_UNKNOWN', 'This run is not in the session.', {
    advice: 'It may have been removed; read the list of runs again.',
  })
}

async function readTopWaits(database: Database, ordinal: number): Promise<readonly WaitShare[]> {
  const rows = await database.rows(
    'SELECT wait_class, wait_event, samples, share FROM run_top_waits WHERE run_ordinal = $ordinal ORDER BY rowid',
    { ordinal },
  )
  return rows.map(readRow).map(shareOf)
}

function shareOf(row: RowReader): WaitShare {
  return {
    waitClass: row.oneOf('wait_class', waitClasses),
    ...present({ waitEvent: row.optionalText('wait_event') }),
    samples: row.number('samples'),
    share: row.number('share'),
  }
}

const ioNumbers =
  'reads read_bytes read_ms writes write_bytes write_ms extends extend_bytes hits evictions'.split(' ')
const ioColumns = ['io_object', 'io_context', ...ioNumbers.map((name) => `${name}::DOUBLE AS ${name}`)].join(
  ', ',
)

function ioOf(row: RowReader) {
  return {
    object: row.text('io_object'),
    context: row.text('io_context'),
    reads: row.number('reads'),
    readBytes: row.number('read_bytes'),
    readMs: row.number('read_ms'),
    writes: row.number('writes'),
    writeBytes: row.number('write_bytes'),
    writeMs: row.number('write_ms'),
    extends: row.number('extends'),
    extendBytes: row.number('extend_bytes'),
    hits: row.number('hits'),
    evictions: row.number('evictions'),
  }
}

/** Words of a sample are few and repeat: DuckDB numbers the combinations, so that only numbers are many. */
async function readSamples(database: Database, ordinal: number): Promise<PackedSamples> {
  const kindRows = await database.rows(
    `SELECT DISTINCT role, state, wait_class, wait_event FROM run_wait_samples
     WHERE run_ordinal = $ordinal ORDER BY ALL`,
    { ordinal },
  )
  const kinds = kindRows.map(readRow).map(
    (row): SampleKind => ({
      role: row.oneOf('role', ['leader', 'worker']),
      state: row.text('state'),
      waitClass: row.oneOf<WaitClass>('wait_class', waitClasses),
      ...present({ waitEvent: row.optionalText('wait_event') }),
    }),
  )
  const reader = await database.connection.runAndReadAll(
    `SELECT at_ms, pid, dense_rank() OVER (ORDER BY role, state, wait_class, wait_event) - 1 AS kind
     FROM run_wait_samples WHERE run_ordinal = $ordinal ORDER BY at_ms, rowid`,
    { ordinal },
  )
  const [atMs = [], pid = [], kind = []] = reader.getColumns()
  return {
    atMs: Float64Array.from(atMs, Number),
    pid: Int32Array.from(pid, Number),
    kind: Uint32Array.from(kind, Number),
    kinds,
  }
}
