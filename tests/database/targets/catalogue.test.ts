import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CatalogueSource, createCatalogue, type ServerClient } from '#main/targets/index.ts'
import { startTestServer, type TestServer, testMajors } from '#tests/support/servers.ts'
import { execute, openClient, settingsOf } from './surroundings.ts'

/** A source that counts questions and can become another target. */
function makeSource(client: ServerClient) {
  let questions = 0
  let generation = 1
  const source: CatalogueSource = {
    query: (sql, parameters) => {
      questions += 1
      return client.query(sql, parameters)
    },
    generation: () => generation,
  }
  return {
    source,
    questions: () => questions,
    change: () => {
      generation += 1
    },
  }
}

describe.each(testMajors)('the catalogue of PostgreSQL %i', (major) => {
  let server: TestServer
  let client: ServerClient
  beforeAll(async () => {
    server = await startTestServer({ major })
    await execute(settingsOf(server), [
      'create schema shop',
      'create table shop.customers (id int primary key, name varchar(20) not null, tags text[])',
      `create table "Odd ""name""" ("Col umn" numeric(10,2))`,
      'create view open_orders as select 1 as id',
      'create materialized view totals as select 1 as n',
      'create table parts (id int) partition by range (id)',
      'create sequence numbers',
      `insert into shop.customers select i, 'x' from generate_series(1, 500) i`,
      'analyze shop.customers',
      `create function shop.discount(price numeric, rate numeric default 0.1) returns numeric language sql as 'select price * rate'`,
      `create procedure tidy() language sql as ''`,
      'alter table shop.customers drop column tags',
    ])
    client = await openClient(settingsOf(server))
  })
  afterAll(async () => {
    await client.close()
    await server.stop()
  })

  it('names schemas, relations, functions and keywords', async () => {
    const names = await createCatalogue(makeSource(client).source).names(false)
    expect(names.schemas).toEqual(
      expect.arrayContaining(['shop', 'public', 'pg_catalog', 'information_schema']),
    )
    expect(names.schemas).not.toContain('pg_toast')
    expect(names.keywords).toEqual(expect.arrayContaining(['select', 'lateral', 'materialized']))
    const own = names.relations.filter(({ schema }) => ['shop', 'public'].includes(schema))
    expect(
      own.map(
        ({ schema, name, kind, visible, estimatedRows }) =>
          `${schema}.${name} ${kind} ${visible} ${estimatedRows}`,
      ),
    ).toEqual([
      'public.Odd "name" table true undefined',
      'public.numbers sequence true undefined',
      'public.open_orders view true undefined',
      'public.parts partitioned table true undefined',
      'public.totals materialized view true undefined',
      'shop.customers table false 500',
    ])
    expect(names.relations).toContainEqual(
      expect.objectContaining({
        schema: 'pg_catalog',
        name: 'pg_stat_activity',
        kind: 'view',
        visible: true,
      }),
    )
    expect(names.functions).toContainEqual({
      schema: 'shop',
      name: 'discount',
      arguments: 'price numeric, rate numeric DEFAULT 0.1',
      returns: 'numeric',
      kind: 'function',
    })
    const kinds = new Map(names.functions.map(({ name, kind }) => [name, kind]))
    expect([kinds.get('tidy'), kinds.get('sum'), kinds.get('row_number')]).toEqual([
      'procedure',
      'aggregate',
      'window',
    ])
    expect(kinds.has('int4in')).toBe(false)
  })

  it('finds columns by schema or by search path, and leaves unknown relations out', async () => {
    const catalogue = createCatalogue(makeSource(client).source)
    const found = await catalogue.columns([
      { schema: 'shop', name: 'customers' },
      { name: 'customers' },
      { name: 'Odd "name"' },
      { schema: 'no', name: 'such' },
    ])
    expect(found).toEqual([
      {
        schema: 'shop',
        name: 'customers',
        columns: [
          { name: 'id', type: 'integer', nullable: false },
          { name: 'name', type: 'character varying(20)', nullable: false },
        ],
      },
      {
        schema: 'public',
        name: 'Odd "name"',
        columns: [{ name: 'Col umn', type: 'numeric(10,2)', nullable: true }],
      },
    ])
  })

  it('answers from memory until asked to refresh, or the target changes', async () => {
    const { source, questions, change } = makeSource(client)
    const catalogue = createCatalogue(source)
    const first = await catalogue.names(false)
    expect(await catalogue.names(false)).toBe(first)
    expect(questions()).toBe(3)
    await catalogue.names(true)
    expect(questions()).toBe(6)
    await catalogue.columns([{ name: 'parts' }, { name: 'gone' }])
    await catalogue.columns([{ name: 'parts' }, { name: 'gone' }])
    expect(questions()).toBe(7)
    change()
    await catalogue.columns([{ name: 'parts' }])
    await catalogue.names(false)
    expect(questions()).toBe(11)
  })

  it('asks again once its answer is old, since others create relations too', async () => {
    let nowMs = 0
    const { source, questions } = makeSource(client)
    const catalogue = createCatalogue(source, () => nowMs)
    const first = await catalogue.names(false)
    nowMs = 59_000
    expect(await catalogue.names(false)).toBe(first)
    nowMs = 61_000
    expect(await catalogue.names(false)).not.toBe(first)
    expect(questions()).toBe(6)
  })

  it('does not keep a failure', async () => {
    let fails = true
    const source: CatalogueSource = {
      query: (sql, parameters) => (fails ? Promise.reject(new Error('away')) : client.query(sql, parameters)),
      generation: () => 1,
    }
    const catalogue = createCatalogue(source)
    await expect(catalogue.names(false)).rejects.toThrow('away')
    fails = false
    expect((await catalogue.names(false)).schemas).toContain('public')
  })
})

it('the catalogue stays quick on 10,000 relations', async () => {
  const server = await startTestServer({ settings: { max_locks_per_transaction: '1000' } })
  try {
    const client = await openClient(settingsOf(server))
    await client.query(
      `do $$ begin for i in 1..10000 loop execute format('create table t%s (id int, note text)', i); end loop; end $$`,
    )
    const catalogue = createCatalogue(makeSource(client).source)
    const startedAt = performance.now()
    const { relations } = await catalogue.names(false)
    const tookMs = performance.now() - startedAt
    expect(relations.length).toBeGreaterThan(10_000)
    // Measured: 60 to 120 ms. The bound is wide, since test machines are busy.
    expect(tookMs).toBeLessThan(2_000)
    await client.close()
  } finally {
    await server.stop()
  }
})
