import {
  type BloatEstimate,
  countRows,
  estimateBloat,
  findIndexCandidates,
  findIndexTroubles,
  type IndexCandidate,
  type IndexReading,
  type IndexTrouble,
  type SchemaReading,
  type TableReading,
  type VacuumDue,
  vacuumDue,
  type WraparoundState,
  wraparoundState,
} from '#shared/schema/index.ts'
import type { EpochMs, Milliseconds, Ratio } from '#shared/units/index.ts'

/** A table with what came since the range began, and what follows from how it stands. */
export interface TableRow {
  readonly key: string
  readonly table: TableReading
  /** What the counters grew by between the two readings; all they count where there is only one. */
  readonly seqScans: number
  readonly seqRows: number
  readonly indexScans: number
  readonly written: number
  readonly grownBytes: number
  /** Updates that left indexes alone, of all updates since the counters began; absent without updates. */
  readonly hotShare?: Ratio
  readonly deadShare?: Ratio
  readonly bloat?: BloatEstimate
  readonly vacuum: VacuumDue
  readonly wraparound?: WraparoundState
}

export interface IndexRow {
  readonly key: string
  readonly index: IndexReading
  readonly scans: number
  readonly troubles: readonly IndexTrouble[]
}

export interface CandidateRow {
  readonly key: string
  readonly candidate: IndexCandidate
}

export interface SchemaRows {
  readonly atMs: EpochMs
  /** Between the two readings; 0 = there is only one. */
  readonly spanMs: Milliseconds
  readonly countedSinceMs?: EpochMs
  readonly tables: readonly TableRow[]
  readonly indexes: readonly IndexRow[]
  readonly candidates: readonly CandidateRow[]
  readonly notes: readonly string[]
}

/** Two readings: how it stands, and what to take differences from; the same where there is only one. */
export interface SchemaSpan {
  readonly now: SchemaReading
  readonly before: SchemaReading
}

/** Rows of all three lists; indexes largest first, whatever they are sorted by afterwards. */
export function buildSchemaRows({ now, before }: SchemaSpan): SchemaRows {
  // A single reading has nothing to be compared with: it tells all that was counted.
  const earlier = before.atMs === now.atMs ? undefined : before
  const earlierTables = new Map(earlier?.tables.map((table) => [table.oid, table]))
  const earlierIndexes = new Map(earlier?.indexes.map((index) => [index.oid, index]))
  const troubles = findIndexTroubles(now.indexes, now.tables)
  const indexes = now.indexes.toSorted((a, b) => (b.sizeBytes ?? 0) - (a.sizeBytes ?? 0))
  return {
    atMs: now.atMs,
    spanMs: now.atMs - before.atMs,
    ...(now.countedSinceMs === undefined ? {} : { countedSinceMs: now.countedSinceMs }),
    tables: now.tables.map((table) => buildTable(table, earlierTables.get(table.oid), now.settings)),
    indexes: indexes.map((index) => ({
      key: `index ${index.oid}`,
      index,
      scans: grown(index.scans, earlierIndexes.get(index.oid)?.scans),
      troubles: troubles.get(index.oid) ?? [],
    })),
    candidates: findIndexCandidates(before, now).map((candidate) => ({
      key:
        candidate.kind === 'seq-scans'
          ? `scans ${candidate.table.oid}`
          : `key ${candidate.key.tableOid} ${candidate.key.name}`,
      candidate,
    })),
    notes: now.notes,
  }
}

/** A counter that fell was reset: what it shows has come since. What is new counts from nothing. */
function grown(now: number, before: number | undefined): number {
  return before === undefined || now < before ? now : now - before
}

function buildTable(
  table: TableReading,
  before: TableReading | undefined,
  settings: Readonly<Record<string, string>>,
): TableRow {
  const bloat = estimateBloat(table)
  const wraparound = wraparoundState(table, settings)
  const writes = ({ inserted, updated, deleted }: TableReading) => inserted + updated + deleted
  const { rows: liveRows } = countRows(table)
  const rows = liveRows === undefined ? 0 : liveRows + table.deadRows
  return {
    key: `table ${table.oid}`,
    table,
    seqScans: grown(table.seqScans, before?.seqScans),
    seqRows: grown(table.seqRows, before?.seqRows),
    indexScans: grown(table.indexScans ?? 0, before?.indexScans),
    written: grown(writes(table), before === undefined ? undefined : writes(before)),
    grownBytes: (table.totalBytes ?? 0) - (before?.totalBytes ?? table.totalBytes ?? 0),
    ...(table.updated === 0 ? {} : { hotShare: table.hotUpdated / table.updated }),
    ...(rows === 0 ? {} : { deadShare: table.deadRows / rows }),
    ...(bloat === undefined ? {} : { bloat }),
    vacuum: vacuumDue(table, settings),
    ...(wraparound === undefined ? {} : { wraparound }),
  }
}

/** Rows whose searched text holds every word of the filter. */
export function filterRows<Row>(
  rows: readonly Row[],
  filter: string,
  textOf: (row: Row) => string,
): readonly Row[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return rows
  return rows.filter((row) => {
    const text = textOf(row).toLowerCase()
    return words.every((word) => text.includes(word))
  })
}
