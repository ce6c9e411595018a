import type { TableReading } from './model.ts'

/**
 * How many rows a table holds. The counters tell (`n_live_tup`), unless they were lost: after a crash they begin anew at
 * nothing, and with them the times of vacuum and analyse. Then what these found once still stands in the catalogue.
 *
 * @source PostgreSQL manual, "The Cumulative Statistics System": statistics are reset after an immediate shutdown or a
 *   crash; `pg_class.reltuples`
 */
export function countRows(table: TableReading): { readonly rows: number; readonly isFromCatalogue: boolean } {
  const { liveRows, estimatedRows = 0 } = table
  const wasCounted =
    table.lastVacuumAtMs ?? table.lastAutovacuumAtMs ?? table.lastAnalyzeAtMs ?? table.lastAutoanalyzeAtMs
  const isFromCatalogue = wasCounted === undefined && estimatedRows > liveRows
  return { rows: isFromCatalogue ? estimatedRows : liveRows, isFromCatalogue }
}
