import type { TextValue } from '#main/targets/index.ts'
import type { LockMode, LockRow } from '#shared/locks/index.ts'
import type { EpochMs, Milliseconds } from '#shared/units/index.ts'
import type { Answer } from '../collector.ts'

/** Columns of `waits-*.sql` and `rows-*.sql` by their place. */
const columns = {
  pid: 0,
  lockType: 1,
  database: 2,
  relation: 3,
  page: 4,
  tuple: 5,
  virtualXid: 6,
  transactionId: 7,
  classId: 8,
  objId: 9,
  objSubId: 10,
  virtualTransaction: 11,
  mode: 12,
  granted: 13,
  fastPath: 14,
  waitStart: 15,
  tookMs: 16,
} as const
type Column = keyof typeof columns

/** A relation as a row of locks names it. */
export interface RelationKey {
  readonly oid: string
  /** OID of its database where that is not the one that the observer is connected to. */
  readonly elsewhere?: string
}

export interface ParseOptions {
  /** OID of the database that the observer is connected to. */
  readonly here: string
  readonly nameOf: (relation: RelationKey) => string | undefined
  readonly toWorkbenchMs: (serverMs: EpochMs) => EpochMs
}

/** The relations that rows of locks speak of. */
export function relationsIn(rows: Answer['rows'], here: string): readonly RelationKey[] {
  return rows.flatMap((row) => relationOf(row, here) ?? [])
}

/** Of all locks, what `waits-*.sql` would return: those on objects that somebody waits for, and rows that waiters hold. */
export function selectWaits(rows: Answer['rows']): Answer['rows'] {
  const awaited = new Set<string>()
  const waiters = new Set<TextValue>()
  for (const row of rows)
    if (row[columns.granted] === 'f') {
      awaited.add(objectOf(row))
      waiters.add(row[columns.pid] ?? null)
    }
  if (awaited.size === 0) return []
  return rows.filter(
    (row) =>
      awaited.has(objectOf(row)) ||
      (row[columns.granted] === 't' &&
        row[columns.lockType] === 'tuple' &&
        waiters.has(row[columns.pid] ?? null)),
  )
}

/** Of all locks, what `census.sql` would return. */
export function countLocks(rows: Answer['rows']): Answer['rows'] {
  const groups = Map.groupBy(rows, (row) =>
    [row[columns.lockType], row[columns.mode], row[columns.granted]].join('\n'),
  )
  return [...groups].map(([key, { length }]) => [...key.split('\n'), String(length)])
}

export function parseLockRow(
  row: readonly TextValue[],
  { here, nameOf, toWorkbenchMs }: ParseOptions,
): LockRow {
  const text = (column: Column): string | undefined => row[columns[column]] ?? undefined
  const number = (column: Column): number | undefined => {
    const value = text(column)
    return value === undefined ? undefined : Number(value)
  }
  const relation = relationOf(row, here)
  const waitStart = number('waitStart')
  const fields = {
    pid: number('pid'),
    database: number('database'),
    relationOid: number('relation'),
    relation: relation === undefined ? undefined : nameOf(relation),
    page: number('page'),
    tuple: number('tuple'),
    virtualXid: text('virtualXid'),
    transactionId: number('transactionId'),
    classId: number('classId'),
    objId: number('objId'),
    objSubId: number('objSubId'),
    virtualTransaction: text('virtualTransaction'),
    waitStartedAtMs: waitStart === undefined ? undefined : toWorkbenchMs(waitStart * 1_000),
  }
  return {
    lockType: text('lockType') ?? '',
    // The server's modes are these and no others.
    mode: (text('mode') ?? '') as LockMode,
    granted: text('granted') === 't',
    fastPath: text('fastPath') === 't',
    ...(Object.fromEntries(
      Object.entries(fields).filter(([, value]) => value !== undefined),
    ) as Partial<LockRow>),
  }
}

/** What the server took to answer: the last row was made last. */
export function tookMs(rows: Answer['rows']): Milliseconds {
  return Number(rows.at(-1)?.at(-1) ?? 0)
}

/** What a lock is on, by the columns that say so. */
function objectOf(row: readonly TextValue[]): string {
  return row.slice(columns.lockType, columns.virtualTransaction).join('\n')
}

/** A relation that all databases share has 0 as its database. */
function relationOf(row: readonly TextValue[], here: string): RelationKey | undefined {
  const { [columns.relation]: oid, [columns.database]: database } = row
  if (typeof oid !== 'string') return undefined
  return typeof database !== 'string' || database === '0' || database === here
    ? { oid }
    : { oid, elsewhere: database }
}
