import type { TextValue } from '#main/targets/index.ts'
import type { LockMode, LockRow } from '#shared/locks/index.ts'
import type { EpochMs, Milliseconds } from '#shared/units/index.ts'
import type { Answer } from '../collector.ts'

/** Columns of `waits-*.sql` by their place. */
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
  isHere: 16,
  tookMs: 17,
} as const
type Column = keyof typeof columns

/** A relation as a row of locks names it. */
export interface RelationKey {
  readonly oid: string
  /** OID of its database where that is not the one that the observer is connected to. */
  readonly elsewhere?: string
}

export interface ParseOptions {
  readonly nameOf: (relation: RelationKey) => string | undefined
  readonly toWorkbenchMs: (serverMs: EpochMs) => EpochMs
}

/** The relations that an answer to `waits-*.sql` speaks of. */
export function relationsIn(rows: Answer['rows']): readonly RelationKey[] {
  return rows.flatMap((row) => relationOf(row) ?? [])
}

export function parseLockRow(row: readonly TextValue[], { nameOf, toWorkbenchMs }: ParseOptions): LockRow {
  const text = (column: Column): string | undefined => row[columns[column]] ?? undefined
  const number = (column: Column): number | undefined => {
    const value = text(column)
    return value === undefined ? undefined : Number(value)
  }
  const relation = relationOf(row)
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

function relationOf(row: readonly TextValue[]): RelationKey | undefined {
  const { [columns.relation]: oid, [columns.database]: database, [columns.isHere]: isHere } = row
  if (typeof oid !== 'string') return undefined
  return isHere === 't' || typeof database !== 'string' ? { oid } : { oid, elsewhere: database }
}
