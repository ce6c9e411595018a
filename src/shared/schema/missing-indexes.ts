import { quoteIdentifier } from '../statements/index.ts'
import type { ForeignKeyReading, SchemaReading, TableReading } from './model.ts'
import { countRows } from './rows.ts'

/** Where an index may be missing. */
export type IndexCandidate =
  | {
      readonly kind: 'seq-scans'
      readonly table: TableReading
      /** Sequential scans between two readings, and rows that they read. */
      readonly scans: number
      readonly rows: number
    }
  | {
      readonly kind: 'foreign-key'
      readonly table: TableReading | undefined
      readonly key: ForeignKeyReading
      /** A script's start: the statement that builds it without stopping writers. */
      readonly statement: string
    }

/** A table that is read as quickly from end to end as by an index. */
const smallRows = 10_000
/** Fewer rows than this a scan are no burden, whatever the table's size says. */
const leastRowsPerScan = 10_000

/**
 * Tables that were read from end to end again and again between two readings, most rows first, then foreign keys whose
 * referencing side has no index: deleting or changing the referenced row reads that table from end to end.
 *
 * Which columns an index would need can't be told from here: the statements that scan the table say it.
 */
export function findIndexCandidates(before: SchemaReading, now: SchemaReading): readonly IndexCandidate[] {
  const earlier = new Map(before.tables.map((table) => [table.oid, table]))
  const scanned = now.tables.flatMap((table): IndexCandidate[] => {
    const last = earlier.get(table.oid)
    const isFirst = before.atMs === now.atMs
    // Of one reading alone, all since the counters began.
    const scans = isFirst ? table.seqScans : Math.max(0, table.seqScans - (last?.seqScans ?? 0))
    const rows = isFirst ? table.seqRows : Math.max(0, table.seqRows - (last?.seqRows ?? 0))
    const size = countRows(table).rows ?? 0
    if (scans === 0 || size < smallRows || rows / scans < leastRowsPerScan) return []
    return [{ kind: 'seq-scans', table, scans, rows }]
  })
  const tables = new Map(now.tables.map((table) => [table.oid, table]))
  const keys = now.foreignKeys
    .filter(({ isIndexed }) => !isIndexed)
    .map((key): IndexCandidate & { readonly kind: 'foreign-key' } => ({
      kind: 'foreign-key',
      key,
      table: tables.get(key.tableOid),
      statement: `CREATE INDEX CONCURRENTLY ON ${quoteIdentifier(key.schema)}.${quoteIdentifier(key.table)} (${key.columns.map(quoteIdentifier).join(', ')});`,
    }))
    .sort((a, b) => (b.table?.liveRows ?? 0) - (a.table?.liveRows ?? 0))
  return [
    ...scanned.sort((a, b) => (b.kind === 'seq-scans' && a.kind === 'seq-scans' ? b.rows - a.rows : 0)),
    ...keys,
  ]
}
