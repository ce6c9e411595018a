import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { schema } from '#main/collectors/schema/index.ts'
import { schemaNews } from '#main/collectors/schema-news/index.ts'
import { openServerClient, type ServerClient } from '#main/targets/index.ts'
import type { SchemaReading } from '#shared/schema/index.ts'
import { beginOn, openTestSource, type TestSource } from '#tests/support/collector-source.ts'
import { startTestServer, type TestServer, testMajors } from '#tests/support/servers.ts'

const setUp = [
  'create role plain login',
  'create schema shop',
  'create table shop.customers (id int primary key, name text not null, "E mail" text)',
  `insert into shop.customers select i, repeat('n', 20), lpad(i::text, 10, 'e') from generate_series(1, 2000) i`,
  'create unique index customers_mail on shop.customers (lower("E mail") desc) include (name) where id > 10',
  'create table shop.orders (id int, customer int references shop.customers, "E mail" text, day date) with (fillfactor = 70)',
  'create table shop.items (id int, "Order" int, part int, unique (part, id))',
  'create table shop.notes (item int, part int, foreign key (part, item) references shop.items (part, id))',
  'create index notes_item on shop.notes (item, part)',
  'create table shop.events (day date) partition by range (day)',
  `create table shop.events_old partition of shop.events for values from ('2020-01-01') to ('2021-01-01')`,
  'create materialized view shop.totals as select 1 as n',
  'delete from shop.customers where id % 2 = 0',
  'analyze',
] as const

describe.each(testMajors)('the schema collector on PostgreSQL %i', (major) => {
  let server: TestServer
  let source: TestSource
  const connect = (user = server.user): Promise<ServerClient> => {
    const { host, port, database } = server
    return openServerClient({ host, port, database, user })
  }
  beforeAll(async () => {
    server = await startTestServer({ major })
    const client = await connect()
    for (const statement of setUp) await client.query(statement)
    await client.close()
  })
  afterAll(() => server.stop())
  afterEach(() => source.close())

  async function read(look: () => Promise<void>): Promise<SchemaReading> {
    await look()
    const readings = source.emissions.flatMap((emission) =>
      emission.kind === 'schema' ? [emission.reading] : [],
    )
    const last = readings.at(-1)
    if (last === undefined) throw new Error('nothing was read')
    return last
  }

  it('sees at the next reading that an index has another name', async () => {
    source = await openTestSource(server)
    const { now } = source
    let laterMs = 0
    const look = beginOn(schema, { ...source, now: () => now() + laterMs })
    const client = await connect()
    const names = async () => {
      // What a reading took is long paid for.
      laterMs += 600_000
      return (await read(look)).indexes.map(({ name }) => name)
    }
    expect(await names()).toContain('notes_item')
    await client.query('alter index shop.notes_item rename to notes_part')
    expect(await names()).toContain('notes_part')
    await client.query('alter index shop.notes_part rename to notes_item')
    await client.close()
  })

  it('reads tables with sizes, rows and what vacuum left, and no table of the system', async () => {
    source = await openTestSource(server)
    const { tables, database } = await read(beginOn(schema, source))
    expect(database).toBe('postgres')
    expect(tables.map(({ schema: of, name, kind }) => `${of}.${name} ${kind}`).sort()).toEqual([
      'shop.customers r',
      'shop.events p',
      'shop.events_old r',
      'shop.items r',
      'shop.notes r',
      'shop.orders r',
      'shop.totals m',
    ])
    const customers = tables.find(({ name }) => name === 'customers')
    expect(customers).toMatchObject({ estimatedRows: 1_000, fillFactorPercent: 100 })
    expect(customers?.heapBytes).toBeGreaterThan(2_000 * 60)
    expect(customers?.indexBytes).toBeGreaterThan(0)
    expect(customers?.totalBytes).toBeGreaterThanOrEqual(
      (customers?.heapBytes ?? 0) + (customers?.indexBytes ?? 0),
    )
    // int 4, texts 21 and 11 with their headers.
    expect(customers?.averageRowBytes).toBeCloseTo(36, 0)
    expect(customers?.xidAge).toBeGreaterThan(0)
    expect(customers?.lastAnalyzeAtMs).toBeGreaterThan(Date.now() - 600_000)
    expect(customers?.lastVacuumAtMs).toBeUndefined()
    expect(tables.find(({ name }) => name === 'events_old')?.partitionOf).toBe('shop.events')
    expect(tables.find(({ name }) => name === 'orders')).toMatchObject({
      fillFactorPercent: 70,
      options: ['fillfactor=70'],
    })
  })

  it('reads indexes by columns and kinds, and which foreign keys have one', async () => {
    source = await openTestSource(server)
    const { indexes, foreignKeys } = await read(beginOn(schema, source))
    expect(indexes.find(({ name }) => name === 'customers_mail')).toMatchObject({
      schema: 'shop',
      table: 'customers',
      method: 'btree',
      keyColumns: ['lower("E mail")'],
      includedColumns: ['name'],
      predicate: 'id > 10',
      isUnique: true,
      isPrimary: false,
      isConstraint: false,
      isValid: true,
    })
    expect(indexes.find(({ name }) => name === 'customers_pkey')).toMatchObject({
      isPrimary: true,
      isConstraint: true,
      keyColumns: ['id'],
    })
    expect(foreignKeys.map((key) => [key.table, key.columns, key.references, key.isIndexed])).toEqual(
      expect.arrayContaining([
        ['orders', ['customer'], 'shop.customers', false],
        ['notes', ['part', 'item'], 'shop.items', true],
      ]),
    )
  })

  it('counts scans and changes that come between two readings', async () => {
    source = await openTestSource(server)
    const look = beginOn(schema, source)
    const before = await read(look)
    const client = await connect()
    await client.query('select count(*) from shop.orders')
    await client.query('set enable_seqscan = off')
    await client.query('select * from shop.customers where id = 5')
    await client.query('update shop.customers set id = id where id = 5')
    await client.close()
    const of = (reading: SchemaReading, name: string) => reading.tables.find((table) => table.name === name)
    await expect
      .poll(
        async () => {
          // Another collector, another connection: nothing rests between its looks.
          const after = await read(beginOn(schema, source))
          return {
            seqScans: (of(after, 'orders')?.seqScans ?? 0) - (of(before, 'orders')?.seqScans ?? 0),
            updated: (of(after, 'customers')?.updated ?? 0) - (of(before, 'customers')?.updated ?? 0),
            indexScans:
              (of(after, 'customers')?.indexScans ?? 0) - (of(before, 'customers')?.indexScans ?? 0) > 0,
          }
        },
        { timeout: 20_000 },
      )
      .toEqual({ seqScans: 1, updated: 1, indexScans: true })
  })

  it('marks what changed since the reading before', async () => {
    source = await openTestSource(server)
    const client = await connect()
    await client.query('create table shop.staging (id int, before int, old int)')
    await read(beginOn(schema, source))
    expect(source.markers()).toEqual([])
    for (const statement of [
      'alter table shop.staging add column note text',
      'create index staging_id on shop.staging (id)',
      'truncate shop.staging',
      'refresh materialized view shop.totals',
      'create table shop.returns (id int primary key)',
    ])
      await client.query(statement)
    await read(beginOn(schema, source))
    await client.query('alter table shop.staging drop column old')
    await client.query('alter table shop.returns rename column id to number')
    await client.query('reindex index shop.staging_id')
    await read(beginOn(schema, source))
    await client.query('drop table shop.staging, shop.returns')
    await client.close()
    await read(beginOn(schema, source))
    expect(source.markers()).toEqual([
      {
        kind: 'ddl',
        atMs: expect.any(Number),
        label: expect.stringMatching(/^5 changes of the schema, within \S+ m?s$/),
        facts: {
          created: 'table shop.returns, index shop.staging_id',
          'given columns': 'table shop.staging',
          'rewritten or truncated': 'table shop.staging',
          refreshed: 'materialised view shop.totals',
        },
      },
      expect.objectContaining({
        facts: {
          'stripped of columns': 'table shop.staging',
          'given other names for columns': 'table shop.returns',
          rebuilt: 'index shop.staging_id',
        },
      }),
      expect.objectContaining({ label: expect.stringMatching(/^2 changes of the schema, /) }),
    ])
  })

  it('marks a change soon after the server tells that the catalogue was written, and reads nothing where it was not', async () => {
    source = await openTestSource(server)
    let aheadMs = 0
    const later = { ...source, now: () => source.now() + aheadMs }
    await read(beginOn(schema, later))
    const news = beginOn(schemaNews, later)
    const readings = () => source.emissions.filter(({ kind }) => kind === 'schema').length
    /** Whoever rests between two readings has rested. */
    const look = async () => {
      aheadMs += 600_000
      await news()
    }
    const isCalm = async () => {
      const before = readings()
      await look()
      return readings() === before
    }
    // What others wrote before may be handed in late.
    await expect.poll(isCalm, { timeout: 20_000, interval: 1_500 }).toBe(true)
    const client = await connect()
    await client.query('create table shop.quick (id int)')
    await client.close()
    const lastMark = async () => {
      await look()
      return source.markers().at(-1)?.label ?? ''
    }
    await expect
      .poll(lastMark, { timeout: 20_000, interval: 100 })
      .toMatch(/^Table shop\.quick created, within [\d.]+ m?s$/)
  })

  it('does not wait for a table that somebody holds exclusively', async () => {
    const holder = await connect()
    await holder.query('begin')
    await holder.query('lock table shop.items')
    source = await openTestSource(server)
    const { tables } = await read(beginOn(schema, source))
    await holder.close()
    expect(tables.find(({ name }) => name === 'items')?.totalBytes).toBeUndefined()
    expect(tables.find(({ name }) => name === 'customers')?.totalBytes).toBeGreaterThan(0)
  })

  it('tells of each index once, also while somebody holds it with its table', async () => {
    source = await openTestSource(server)
    let aheadMs = 0
    const look = beginOn(schema, { ...source, now: () => source.now() + aheadMs })
    const before = await read(look)
    const holder = await connect()
    await holder.query('begin')
    await holder.query('truncate shop.notes')
    // It rests longer than it took.
    aheadMs = 3_600_000
    const held = await read(look)
    await holder.query('rollback')
    await holder.close()
    expect(held.indexes.map(({ name }) => name).sort()).toEqual(before.indexes.map(({ name }) => name).sort())
    expect(held.indexes.find(({ name }) => name === 'notes_item')?.sizeBytes).toBeUndefined()
  })

  it('does not stand behind somebody who waits for a table exclusively', async () => {
    const reader = await connect()
    await reader.query('begin')
    await reader.query('select count(*) from shop.items')
    const migration = await connect()
    const altering = migration.query('alter table shop.items add column extra int')
    await expect
      .poll(async () => (await reader.query('select 1 from pg_locks where not granted')).rows.length)
      .toBe(1)
    source = await openTestSource(server)
    const { tables, indexes } = await read(beginOn(schema, source))
    await reader.query('commit')
    await altering
    await Promise.all([reader.close(), migration.close()])
    expect(tables.find(({ name }) => name === 'items')?.totalBytes).toBeUndefined()
    expect(tables.find(({ name }) => name === 'customers')?.totalBytes).toBeGreaterThan(0)
    expect(indexes.length).toBeGreaterThan(0)
  })

  it('reads as a plain role, and says what it can’t see', async () => {
    source = await openTestSource(server, { user: 'plain' })
    const { tables, notes } = await read(beginOn(schema, source))
    expect(tables.find(({ name }) => name === 'customers')?.liveRows).toBeDefined()
    expect(tables.find(({ name }) => name === 'customers')?.averageRowBytes).toBeUndefined()
    expect(notes.join()).toContain('may not be read')
  })
})
