import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSessionStore, type SessionStore } from '#main/store/index.ts'
import type { ToldSchema } from '#shared/contract/index.ts'
import {
  type IndexReading,
  type SchemaReading,
  type TableReading,
  unpackSchema,
} from '#shared/schema/index.ts'
import { sampleTarget } from '#tests/support/sample-activity.ts'

const t0 = 1_763_700_000_000
let folder: string
let store: SessionStore
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'barograph-schema-'))
  store = await openSessionStore({ dataFolder: folder, appVersion: '0.1.0', now: () => t0 })
  await store.recorded.begin({ target: sampleTarget, startedAtMs: t0, hz: 10 })
})
afterEach(async () => {
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

function table(oid: number, changes: Partial<TableReading> = {}): TableReading {
  return {
    oid,
    database: 'shop',
    schema: 'public',
    name: `table_${oid}`,
    kind: 'r',
    heapBytes: 8_192,
    toastBytes: 0,
    indexBytes: 16_384,
    totalBytes: 24_576,
    pages: 1,
    fillFactorPercent: 90,
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

const index: IndexReading = {
  oid: 7,
  tableOid: 1,
  database: 'shop',
  schema: 'public',
  table: 'table_1',
  name: 'by_name',
  method: 'btree',
  definition: 'CREATE INDEX by_name ON public.table_1 USING btree (name)',
  keyColumns: ['name', '"Odd, name"'],
  keyKinds: ['1 100 0', '1 0 3'],
  includedColumns: [],
  predicate: 'id > 0',
  isUnique: false,
  isPrimary: false,
  isConstraint: false,
  isValid: true,
  isReplicaIdentity: false,
  sizeBytes: 16_384,
  pages: 2,
  entries: 10,
  scans: 3,
  rowsRead: 4,
  rowsFetched: 4,
  hitBlocks: 9,
  readBlocks: 0,
  lastScanAtMs: t0 - 5_000,
}

function append(offsetMs: number, changes: Partial<SchemaReading>): SchemaReading {
  const reading: SchemaReading = {
    atMs: t0 + offsetMs,
    database: 'shop',
    tables: [table(1, { options: ['fillfactor=90'], lastVacuumAtMs: t0 - 1 }), table(2)],
    indexes: [index],
    foreignKeys: [
      {
        name: 'by',
        database: 'shop',
        schema: 'public',
        table: 'table_2',
        tableOid: 2,
        columns: ['a', 'b'],
        references: 'public.table_1',
        referencesOid: 1,
        isIndexed: false,
      },
    ],
    countedSinceMs: t0 - 10_000,
    settings: { autovacuum_freeze_max_age: '200000000' },
    notes: ['One thing can’t be seen.'],
    ...changes,
  }
  store.recorded.append({ kind: 'schema', reading })
  return reading
}

const ask = (fromMs: number, toMs: number, known: readonly number[] = []) =>
  store.recorded.schemaOver({ range: { fromMs: t0 + fromMs, toMs: t0 + toMs }, known })

/** Both readings whole. */
async function over(fromMs: number, toMs: number) {
  const { now, before } = await ask(fromMs, toMs)
  if (now === undefined || before === undefined) return {}
  const whole = (told: ToldSchema) => {
    if ('isKnown' in told) throw new Error('only named')
    return unpackSchema(told)
  }
  return { now: whole(now), before: 'isKnown' in before ? whole(now) : whole(before) }
}

describe('readings of the schema', () => {
  it('come back as they were, also once the file was closed', async () => {
    const reading = append(0, {})
    expect(await over(0, 1_000)).toEqual({ now: reading, before: reading })
    const { path } = store.current()
    await store.close()
    store = await openSessionStore({ dataFolder: folder, appVersion: '0.1.0', now: () => t0, path })
    expect(await over(0, 1_000)).toEqual({ now: reading, before: reading })
  })

  it('are only named where they are known, or told already', async () => {
    append(0, {})
    expect((await ask(0, 1_000)).before).toEqual({ atMs: t0, isKnown: true })
    append(60_000, {})
    const { now, before } = await ask(0, 100_000, [t0])
    expect(now).toMatchObject({ atMs: t0 + 60_000, tables: { count: 2 } })
    expect(before).toEqual({ atMs: t0, isKnown: true })
  })

  it('tell how things stood at the end of a range, and before it began', async () => {
    append(0, {})
    const second = append(60_000, { tables: [table(1, { seqScans: 5 }), table(2), table(3)] })
    const third = append(120_000, { tables: [table(1, { seqScans: 9 }), table(3)], indexes: [] })
    expect(await over(90_000, 200_000)).toEqual({ now: third, before: second })
    expect((await over(0, 60_001)).now).toEqual(second)
    expect(await over(-10_000, 0)).toEqual({})
  })

  it('keep only what has changed, and take the growing age of transactions for no change', async () => {
    append(0, {})
    for (const minute of [1, 2, 3]) {
      append(minute * 60_000, { tables: [table(1, { xidAge: 1_000 + minute }), table(2)] })
    }
    await store.recorded.end(t0 + 200_000)
    const { now } = await over(0, 300_000)
    expect(now?.tables.map(({ xidAge }) => xidAge)).toEqual([1_001, 1_000])
    expect(now?.atMs).toBe(t0 + 180_000)
  })

  it('compare nothing across two recordings: counters of another server mean something else', async () => {
    append(0, {})
    await store.recorded.end(t0 + 1_000)
    await store.recorded.begin({ target: sampleTarget, startedAtMs: t0 + 2_000, hz: 10 })
    const next = append(60_000, { tables: [table(9)] })
    expect(await over(0, 100_000)).toEqual({ now: next, before: next })
  })
})
