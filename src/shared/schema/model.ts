import type { Bytes, EpochMs } from '../units/index.ts'

/** A table (or partitioned table, materialised view, TOAST excluded) as it stood at one moment; counters since their reset. */
export interface TableReading {
  readonly oid: number
  readonly database: string
  readonly schema: string
  readonly name: string
  /** `pg_class.relkind`: r table, p partitioned table, m materialised view. */
  readonly kind: string
  /** Of a partition: its parent, as `schema.name`. */
  readonly partitionOf?: string
  /** Main fork of the table itself. Sizes are absent while somebody holds the table exclusively. */
  readonly heapBytes?: Bytes
  readonly toastBytes?: Bytes
  readonly indexBytes: Bytes
  /** All of it, maps included. */
  readonly totalBytes?: Bytes
  /** `pg_class.reltuples`; absent where it was never counted. */
  readonly estimatedRows?: number
  readonly pages: number
  /** Percent of a page that inserts fill: 100 unless `fillfactor` is set. */
  readonly fillFactorPercent: number
  readonly liveRows: number
  readonly deadRows: number
  readonly changedSinceAnalyze: number
  readonly insertedSinceVacuum: number
  readonly seqScans: number
  readonly seqRows: number
  /** Absent where there is no index. */
  readonly indexScans?: number
  readonly indexRows?: number
  readonly inserted: number
  readonly updated: number
  readonly hotUpdated: number
  /** PostgreSQL 16 and later. */
  readonly newPageUpdated?: number
  readonly deleted: number
  readonly heapHitBlocks: number
  readonly heapReadBlocks: number
  readonly indexHitBlocks: number
  readonly indexReadBlocks: number
  readonly lastVacuumAtMs?: EpochMs
  readonly lastAutovacuumAtMs?: EpochMs
  readonly lastAnalyzeAtMs?: EpochMs
  readonly lastAutoanalyzeAtMs?: EpochMs
  /** `age(relfrozenxid)`; absent for partitioned tables, which hold no rows. */
  readonly xidAge?: number
  readonly multixactAge?: number
  /** Sum of `pg_stats.avg_width` over the columns; absent where never analysed or not readable. */
  readonly averageRowBytes?: Bytes
  /** Storage parameters of its own (`autovacuum_vacuum_scale_factor` …). */
  readonly options?: readonly string[]
}

/** An index as it stood at one moment; counters since their reset. */
export interface IndexReading {
  readonly oid: number
  readonly tableOid: number
  readonly database: string
  readonly schema: string
  readonly table: string
  readonly name: string
  /** `btree`, `gin` … */
  readonly method: string
  /** `pg_get_indexdef()`. */
  readonly definition: string
  /** Columns or expressions, in order; included ones (INCLUDE) are apart. */
  readonly keyColumns: readonly string[]
  /** For each key column its operator class, collation and direction: two columns with one key sort alike. */
  readonly keyKinds: readonly string[]
  readonly includedColumns: readonly string[]
  readonly predicate?: string
  readonly isUnique: boolean
  readonly isPrimary: boolean
  /** It stands for a constraint (primary, unique, exclusion), or is what a foreign key refers to. */
  readonly isConstraint: boolean
  readonly isValid: boolean
  readonly isReplicaIdentity: boolean
  /** Absent while somebody holds its table exclusively. */
  readonly sizeBytes?: Bytes
  readonly pages: number
  readonly entries?: number
  readonly scans: number
  readonly rowsRead: number
  readonly rowsFetched: number
  readonly hitBlocks: number
  readonly readBlocks: number
  /** PostgreSQL 16 and later. */
  readonly lastScanAtMs?: EpochMs
}

/** A foreign key, and whether the referencing side has an index that begins with its columns. */
export interface ForeignKeyReading {
  readonly name: string
  readonly database: string
  readonly schema: string
  readonly table: string
  readonly tableOid: number
  readonly columns: readonly string[]
  /** The table that is referred to, as `schema.name`. */
  readonly references: string
  readonly referencesOid: number
  /** An index of the referencing table begins with the columns, in any order, and has no condition. */
  readonly isIndexed: boolean
}

/** Tables, indexes and foreign keys of the connected database at one moment. */
export interface SchemaReading {
  readonly atMs: EpochMs
  readonly database: string
  readonly tables: readonly TableReading[]
  readonly indexes: readonly IndexReading[]
  readonly foreignKeys: readonly ForeignKeyReading[]
  /** `pg_stat_database.stats_reset`: since when scans are counted. */
  readonly countedSinceMs?: EpochMs
  /** `autovacuum_freeze_max_age` and the like, by name, in the server’s base units. */
  readonly settings: Readonly<Record<string, string>>
  /** What is missing and what mends it. */
  readonly notes: readonly string[]
}
