import type { TableReading } from './model.ts'

export interface CountedRows {
  /** Absent where nobody knows: counters that have seen none of them, of a table that was never vacuumed or analysed. */
  readonly rows?: number
  /** By `pg_class.reltuples`, not by the counters. */
  readonly isFromCatalogue: boolean
}

/**
 * How many rows a table holds. The counters tell (`n_live_tup`), unless they were lost: after a crash they begin anew at
 * nothing, and with them the times of vacuum and analyse. Then what these found once still stands in the catalogue. A
 * partitioned table has no rows of its own to count: of its partitions' rows the catalogue alone tells.
 *
 * @source PostgreSQL manual, "The Cumulative Statistics System": statistics are reset after an immediate shutdown or a
 *   crash; `pg_class.reltuples`: -1 (14 and later) or 0 with 0 `relpages` where it was never vacuumed or analysed
 */
export function countRows(table: TableReading): CountedRows {
  const { liveRows, kind, heapBytes, inserted, deleted } = table
  const estimatedRows = findEstimate(table)
  if (kind === 'p')
    return estimatedRows === undefined
      ? { isFromCatalogue: true }
      : { rows: estimatedRows, isFromCatalogue: true }
  if (wasCounted(table)) return { rows: liveRows, isFromCatalogue: false }
  if (estimatedRows !== undefined && estimatedRows > liveRows)
    return { rows: estimatedRows, isFromCatalogue: true }
  const hasSeen = liveRows + inserted + deleted > 0 || estimatedRows !== undefined || heapBytes === 0
  return hasSeen ? { rows: liveRows, isFromCatalogue: false } : { isFromCatalogue: false }
}

function wasCounted(table: TableReading): boolean {
  const { lastVacuumAtMs, lastAutovacuumAtMs, lastAnalyzeAtMs, lastAutoanalyzeAtMs } = table
  return (lastVacuumAtMs ?? lastAutovacuumAtMs ?? lastAnalyzeAtMs ?? lastAutoanalyzeAtMs) !== undefined
}

/** Before version 14, 0 rows on 0 pages is what is said of a table at which nobody has looked. */
function findEstimate(table: TableReading): number | undefined {
  const { estimatedRows, pages } = table
  return estimatedRows === 0 && pages === 0 && !wasCounted(table) ? undefined : estimatedRows
}
