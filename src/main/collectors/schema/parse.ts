import type { ForeignKeyReading, IndexReading, TableReading } from '#shared/schema/index.ts'
import type { EpochMs } from '#shared/units/index.ts'
import type { Answer } from '../collector.ts'
import type { TableForm } from './changes.ts'
import { defined, toCount, toNumber, toNumbers, toText, toTexts } from './read-values.ts'

type Row = Answer['rows'][number]

/** What does not change of an index while it lives. */
export type IndexDefinition = Omit<
  IndexReading,
  | 'tableOid'
  | 'sizeBytes'
  | 'pages'
  | 'entries'
  | 'isValid'
  | 'scans'
  | 'rowsRead'
  | 'rowsFetched'
  | 'hitBlocks'
  | 'readBlocks'
  | 'lastScanAtMs'
>

/** Columns of `index-definitions.sql`, by position. */
export function parseIndexDefinition(row: Row, database: string): IndexDefinition {
  const [oid, schema, table, name, method, definition, keys, included, predicate, ...more] = row
  const [isUnique, isPrimary, isReplicaIdentity, isConstraint, classes, collations, options] = more
  const [operatorClasses, collationOids, flags] = [classes, collations, options].map((list) =>
    toNumbers(list),
  )
  const keyColumns = toTexts(keys)
  return {
    oid: toCount(oid),
    database,
    schema: toText(schema),
    table: toText(table),
    name: toText(name),
    method: toText(method),
    definition: toText(definition),
    keyColumns,
    keyKinds: keyColumns.map((_column, at) =>
      [operatorClasses?.[at] ?? 0, collationOids?.[at] ?? 0, flags?.[at] ?? 0].join(' '),
    ),
    includedColumns: toTexts(included),
    ...defined({ predicate: predicate ?? undefined }),
    isUnique: isUnique === 't',
    isPrimary: isPrimary === 't',
    isReplicaIdentity: isReplicaIdentity === 't',
    isConstraint: isConstraint === 't',
  }
}

/** Columns of `indexes-*.sql`, by position; an index whose definition isn't known was dropped meanwhile. */
export function parseIndex(
  row: Row,
  definitions: ReadonlyMap<number, IndexDefinition>,
  toWorkbenchMs: (serverMs: EpochMs) => EpochMs,
): IndexReading | undefined {
  const [oid, tableOid, size, pages, entries, isValid, scans, read, fetched, blocks, hits, lastScan] = row
  const definition = definitions.get(toCount(oid))
  if (definition === undefined) return undefined
  const lastScanMs = toNumber(lastScan)
  return {
    ...definition,
    tableOid: toCount(tableOid),
    ...defined({
      sizeBytes: toNumber(size),
      entries: toNumber(entries),
      lastScanAtMs: lastScanMs === undefined ? undefined : toWorkbenchMs(lastScanMs),
    }),
    pages: toCount(pages),
    isValid: isValid === 't',
    scans: toCount(scans),
    rowsRead: toCount(read),
    rowsFetched: toCount(fetched),
    hitBlocks: toCount(hits),
    readBlocks: toCount(blocks) - toCount(hits),
  }
}

export interface TableContext {
  readonly database: string
  /** By the table's OID. */
  readonly indexesOf: ReadonlyMap<number, readonly IndexReading[]>
  readonly averageRowBytes: ReadonlyMap<number, number>
  readonly toWorkbenchMs: (serverMs: EpochMs) => EpochMs
}

/** Columns of `tables-*.sql`, by position. */
export function parseTable(row: Row, context: TableContext): TableReading {
  const [oid, schema, name, kind, partitionOf, heap, toast, total, estimated, pages, ...counters] = row
  const [live, dead, changed, insertedSince, seqScans, seqRows, fetched, ...writes] = counters
  const [inserted, updated, hot, newPage, deleted, blocks, hits, ...more] = writes
  const [vacuum, autovacuum, analyze, autoanalyze, xidAge, multixactAge, reloptions] = more
  const tableOid = toCount(oid)
  const indexes = context.indexesOf.get(tableOid) ?? []
  const sum = (figure: (index: IndexReading) => number) =>
    indexes.reduce((total_, index) => total_ + figure(index), 0)
  const moment = (value: Row[number] | undefined) => {
    const ms = toNumber(value)
    return ms === undefined ? undefined : context.toWorkbenchMs(ms)
  }
  const options = toTexts(reloptions)
  return {
    oid: tableOid,
    database: context.database,
    schema: toText(schema),
    name: toText(name),
    kind: toText(kind),
    indexBytes: sum((index) => index.sizeBytes ?? 0),
    pages: toCount(pages),
    fillFactorPercent: readFillFactor(options),
    liveRows: toCount(live),
    deadRows: toCount(dead),
    changedSinceAnalyze: toCount(changed),
    insertedSinceVacuum: toCount(insertedSince),
    seqScans: toCount(seqScans),
    seqRows: toCount(seqRows),
    inserted: toCount(inserted),
    updated: toCount(updated),
    hotUpdated: toCount(hot),
    deleted: toCount(deleted),
    heapHitBlocks: toCount(hits),
    heapReadBlocks: toCount(blocks) - toCount(hits),
    indexHitBlocks: sum((index) => index.hitBlocks),
    indexReadBlocks: sum((index) => index.readBlocks),
    ...defined({
      partitionOf: partitionOf ?? undefined,
      heapBytes: toNumber(heap),
      toastBytes: toNumber(toast),
      totalBytes: toNumber(total),
      estimatedRows: toNumber(estimated),
      indexScans: indexes.length === 0 ? undefined : sum((index) => index.scans),
      // Rows fetched by way of an index are counted with the table.
      indexRows: indexes.length === 0 ? undefined : toCount(fetched),
      newPageUpdated: toNumber(newPage),
      lastVacuumAtMs: moment(vacuum),
      lastAutovacuumAtMs: moment(autovacuum),
      lastAnalyzeAtMs: moment(analyze),
      lastAutoanalyzeAtMs: moment(autoanalyze),
      xidAge: toNumber(xidAge),
      multixactAge: toNumber(multixactAge),
      averageRowBytes: context.averageRowBytes.get(tableOid),
      options: options.length === 0 ? undefined : options,
    }),
  }
}

/** The last columns of `tables-*.sql`, by the table's OID. */
export function parseTableForm(row: Row): readonly [oid: number, form: TableForm] {
  const [columns, fileNode, droppedColumns, columnNames] = row.slice(-4)
  return [
    toCount(row[0]),
    {
      columns: toCount(columns),
      fileNode: toCount(fileNode),
      droppedColumns: toCount(droppedColumns),
      columnNames: toText(columnNames),
    },
  ]
}

function readFillFactor(options: readonly string[]): number {
  const found = options.find((option) => option.startsWith('fillfactor='))
  return found === undefined ? 100 : Number(found.slice('fillfactor='.length))
}

/** Columns of `foreign-keys.sql`, by position. */
export function parseForeignKey(
  row: Row,
  database: string,
  indexesOf: TableContext['indexesOf'],
): ForeignKeyReading {
  const [name, schema, table, tableOid, referencesOid, references, columnList] = row
  const columns = toTexts(columnList)
  return {
    name: toText(name),
    database,
    schema: toText(schema),
    table: toText(table),
    tableOid: toCount(tableOid),
    columns,
    references: toText(references),
    referencesOid: toCount(referencesOid),
    isIndexed: (indexesOf.get(toCount(tableOid)) ?? []).some((index) => servesKey(index, columns)),
  }
}

/** Whether an index finds the rows that refer to a given one: it begins with the columns, in whatever order. */
function servesKey(index: IndexReading, columns: readonly string[]): boolean {
  if (!index.isValid || index.predicate !== undefined) return false
  const leading = index.keyColumns.slice(0, columns.length).map(unquote)
  return leading.length === columns.length && columns.every((column) => leading.includes(column))
}

/** `pg_get_indexdef` quotes names that need it, catalogues don't. */
function unquote(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name
}
