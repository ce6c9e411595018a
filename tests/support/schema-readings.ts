import type { ForeignKeyReading, IndexReading, SchemaReading, TableReading } from '#shared/schema/index.ts'

/** A small table that was never touched. */
export function sampleTable(changes: Partial<TableReading> = {}): TableReading {
  return {
    oid: 1,
    database: 'shop',
    schema: 'public',
    name: 'orders',
    kind: 'r',
    heapBytes: 8_192,
    toastBytes: 0,
    indexBytes: 16_384,
    totalBytes: 24_576,
    pages: 1,
    fillFactorPercent: 100,
    liveRows: 10,
    deadRows: 0,
    changedSinceAnalyze: 0,
    insertedSinceVacuum: 0,
    seqScans: 0,
    seqRows: 0,
    inserted: 10,
    updated: 0,
    hotUpdated: 0,
    deleted: 0,
    heapHitBlocks: 5,
    heapReadBlocks: 1,
    indexHitBlocks: 0,
    indexReadBlocks: 0,
    xidAge: 1_000,
    ...changes,
  }
}

/** A plain btree of one column that is in use. */
export function sampleIndex(changes: Partial<IndexReading> = {}): IndexReading {
  const keyColumns = changes.keyColumns ?? ['name']
  return {
    oid: 7,
    tableOid: 1,
    database: 'shop',
    schema: 'public',
    table: 'orders',
    name: 'by_name',
    method: 'btree',
    definition: 'CREATE INDEX by_name ON public.orders USING btree (name)',
    keyColumns,
    keyKinds: keyColumns.map(() => '1 100 0'),
    includedColumns: [],
    isUnique: false,
    isPrimary: false,
    isConstraint: false,
    isValid: true,
    isReplicaIdentity: false,
    sizeBytes: 16_384,
    pages: 2,
    scans: 3,
    rowsRead: 4,
    rowsFetched: 4,
    hitBlocks: 9,
    readBlocks: 0,
    ...changes,
  }
}

export function sampleForeignKey(changes: Partial<ForeignKeyReading> = {}): ForeignKeyReading {
  return {
    name: 'orders_customer_fkey',
    database: 'shop',
    schema: 'public',
    table: 'orders',
    tableOid: 1,
    columns: ['customer'],
    references: 'public.customers',
    referencesOid: 2,
    isIndexed: false,
    ...changes,
  }
}

export function sampleReading(changes: Partial<SchemaReading> = {}): SchemaReading {
  return {
    atMs: 0,
    database: 'shop',
    tables: [],
    indexes: [],
    foreignKeys: [],
    settings: {},
    notes: [],
    ...changes,
  }
}
