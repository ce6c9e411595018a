import { DuckDBDataChunk, DuckDBListValue, DuckDBTypeId, type DuckDBValue } from '@duckdb/node-api'
import type { Database } from './database.ts'
import type { PackedRun } from './protocol.ts'
import { upsertRun, valuesOfRun } from './run-columns.ts'
import { childTables } from './run-tables.ts'

type ChildTable = (typeof childTables)[number]

type Field = string | number | boolean | readonly number[] | null | undefined
type Fields = Readonly<Record<string, (row: number) => Field>>

/** DuckDB's vector size: the most rows that one chunk holds. */
const chunkRows = 2_048

/** Stores a run in place of what was stored under its id. */
export async function writeRun(
  database: Database,
  { run, samples }: PackedRun,
  ordinal: number,
): Promise<void> {
  const { waits, parameters } = run
  const settings = Object.entries(run.settings)
  const ownSettings = run.options.settings ?? []
  const notes = [
    ...run.notes.map((note) => ({ source: 'run', note })),
    ...waits.notes.map((note) => ({ source: 'waits', note })),
  ]
  await database.transaction(async () => {
    const replaced = await database.rows('SELECT 1 FROM runs WHERE run_id = $id', { id: run.runId })
    await database.run(upsertRun, valuesOfRun(run, ordinal))
    if (replaced.length > 0) await deleteChildren(database, ordinal)

    const append = async (table: ChildTable, count: number, fields: Fields) => {
      if (count > 0) await appendRows(database, table, count, { run_ordinal: () => ordinal, ...fields })
    }
    const kindOf = (row: number) => samples.kinds[samples.kind[row] ?? -1]
    await append('run_wait_samples', samples.atMs.length, {
      at_ms: (row) => samples.atMs[row],
      pid: (row) => samples.pid[row],
      role: (row) => kindOf(row)?.role,
      state: (row) => kindOf(row)?.state,
      wait_class: (row) => kindOf(row)?.waitClass,
      wait_event: (row) => kindOf(row)?.waitEvent,
    })
    await append('run_top_waits', run.topWaits.length, {
      wait_class: (row) => run.topWaits[row]?.waitClass,
      wait_event: (row) => run.topWaits[row]?.waitEvent,
      samples: (row) => run.topWaits[row]?.samples,
      share: (row) => run.topWaits[row]?.share,
    })
    await append('run_parameters', parameters.length, {
      position: (row) => row + 1,
      value: (row) => parameters[row]?.value,
      type: (row) => parameters[row]?.type,
    })
    await append('run_settings', settings.length, {
      name: (row) => settings[row]?.[0],
      value: (row) => settings[row]?.[1],
    })
    await append('run_own_settings', ownSettings.length, {
      name: (row) => ownSettings[row]?.name,
      value: (row) => ownSettings[row]?.value,
    })
    await append('run_plans', run.planJson === undefined ? 0 : 1, { plan_json: () => run.planJson })
    await append('run_lock_waits', waits.lockWaits.length, {
      at_ms: (row) => waits.lockWaits[row]?.atMs,
      pid: (row) => waits.lockWaits[row]?.pid,
      lock_type: (row) => waits.lockWaits[row]?.lockType,
      lock_mode: (row) => waits.lockWaits[row]?.mode,
      relation: (row) => waits.lockWaits[row]?.relation,
      blocker_pids: (row) => waits.lockWaits[row]?.blockerPids,
    })
    await append('run_held_locks', waits.heldLocks.length, {
      lock_type: (row) => waits.heldLocks[row]?.lockType,
      lock_mode: (row) => waits.heldLocks[row]?.mode,
      relation: (row) => waits.heldLocks[row]?.relation,
      fast_path: (row) => waits.heldLocks[row]?.fastPath,
      lock_count: (row) => waits.heldLocks[row]?.count,
    })
    const io = waits.counters?.io ?? []
    await append('run_counters', io.length, {
      io_object: (row) => io[row]?.object,
      io_context: (row) => io[row]?.context,
      reads: (row) => io[row]?.reads,
      read_bytes: (row) => io[row]?.readBytes,
      read_ms: (row) => io[row]?.readMs,
      writes: (row) => io[row]?.writes,
      write_bytes: (row) => io[row]?.writeBytes,
      write_ms: (row) => io[row]?.writeMs,
      extends: (row) => io[row]?.extends,
      extend_bytes: (row) => io[row]?.extendBytes,
      hits: (row) => io[row]?.hits,
      evictions: (row) => io[row]?.evictions,
    })
    await append('run_notes', notes.length, {
      source: (row) => notes[row]?.source,
      note: (row) => notes[row]?.note,
    })
  })
}

export async function deleteChildren(database: Database, ordinal: number): Promise<void> {
  for (const table of childTables) {
    await database.run(`DELETE FROM ${table} WHERE run_ordinal = $ordinal`, { ordinal })
  }
}

/**
 * Appends rows by DuckDB's appender, within the transaction under way. It fills columns by position, so the file is
 * asked for their order; columns unknown to this version stay NULL.
 */
async function appendRows(
  database: Database,
  table: ChildTable,
  count: number,
  fields: Fields,
): Promise<void> {
  const names = await database.columnsOf(table)
  const appender = await database.connection.createAppender(table)
  try {
    const types = names.map((_, column) => appender.columnType(column))
    for (let from = 0; from < count; from += chunkRows) {
      const rows = Math.min(chunkRows, count - from)
      const chunk = DuckDBDataChunk.create(types, rows)
      chunk.setColumns(
        names.map((name, column) => {
          const field = fields[name]
          const isBigInt = types[column]?.typeId === DuckDBTypeId.BIGINT
          return Array.from({ length: rows }, (_, row) => toValue(field?.(from + row), isBigInt))
        }),
      )
      appender.appendDataChunk(chunk)
    }
  } finally {
    appender.closeSync()
  }
}

function toValue(field: Field, isBigInt: boolean): DuckDBValue {
  if (field === undefined || field === null) return null
  if (typeof field === 'number') return isBigInt ? BigInt(Math.round(field)) : field
  return typeof field === 'object' ? new DuckDBListValue(field) : field
}
