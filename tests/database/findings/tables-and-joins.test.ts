import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openServerClient, type ServerClient } from '#main/targets/index.ts'
import type { Finding, PlanNode } from '#shared/plan/index.ts'
import { startTestServer, type TestServer } from '#tests/support/servers.ts'
import {
  findLastingTrouble,
  followAdvice,
  type JudgedRun,
  judgeRun,
  makeTroubledShop,
} from '#tests/support/troubled-shop.ts'

interface Trouble {
  readonly rule: string
  readonly sql: string
  readonly settings?: Readonly<Record<string, string>>
  /** What the node to look at must be. */
  readonly at: Partial<PlanNode>
  /** The advice has a statement (or setting) after which the trouble is gone; told by its first words. */
  readonly mendedBy?: RegExp
  /** The same question in better words, where that is the advice. */
  readonly rewritten?: string
  readonly undo?: readonly string[]
}

const noHash = { enable_hashjoin: 'off', enable_mergejoin: 'off' }

const troubles: readonly Trouble[] = [
  {
    rule: 'seq-scan-where-index-would-serve',
    sql: 'select * from orders where customer_id = 42',
    at: { nodeType: 'Seq Scan', relation: 'orders' },
    mendedBy: /^CREATE INDEX/,
    undo: ['drop index orders_customer_id_idx'],
  },
  {
    rule: 'function-or-cast-on-indexed-column',
    sql: `select * from orders where lower(email) = 'c17@example.org'`,
    at: { nodeType: 'Seq Scan', relation: 'orders' },
    mendedBy: /^CREATE INDEX/,
    undo: ['drop index orders_lower_idx'],
  },
  {
    rule: 'function-or-cast-on-indexed-column',
    sql: `select * from orders where id::numeric = 77`,
    at: { nodeType: 'Seq Scan', relation: 'orders' },
    rewritten: `select * from orders where id = 77`,
  },
  {
    rule: 'or-defeats-index',
    sql: 'select * from orders where customer_id = 42 or coupon_id = 7',
    at: { nodeType: 'Seq Scan', relation: 'orders' },
    mendedBy: /^CREATE INDEX/,
    undo: ['drop index orders_customer_id_idx', 'drop index orders_coupon_id_idx'],
  },
  {
    rule: 'or-defeats-index',
    sql: `select count(*) from customers c join countries n on c.id = n.id or c.name = n.name`,
    at: { nodeType: 'Nested Loop' },
    rewritten: `select count(*) from (select c.id, n.id from customers c join countries n on c.id = n.id
      union select c.id, n.id from customers c join countries n on c.name = n.name) pairs`,
  },
  {
    rule: 'filter-discards-most-rows',
    sql: 'select * from orders where amount % 1000 = 7',
    at: { nodeType: 'Seq Scan', relation: 'orders' },
    mendedBy: /^CREATE INDEX/,
    undo: ['drop index orders_expr_idx'],
  },
  {
    rule: 'filter-discards-most-rows',
    sql: `select count(*) from customers a join customers b on a.id < b.id and b.id < a.id + 2 where a.id < 800 and b.id < 800`,
    at: { nodeType: 'Nested Loop' },
    settings: { enable_indexscan: 'off', enable_bitmapscan: 'off', enable_indexonlyscan: 'off' },
  },
  {
    rule: 'index-scan-poor-selectivity',
    sql: 'select * from orders where warehouse = 3 and customer_id = 42',
    settings: { enable_seqscan: 'off' },
    at: { relation: 'orders' },
    mendedBy: /^CREATE INDEX/,
    undo: ['drop index orders_warehouse_customer_id_idx'],
  },
  {
    rule: 'index-scan-poor-selectivity',
    sql: 'select note from orders where note < $$zz$$ and amount = 77 and id > 0',
    settings: { enable_seqscan: 'off', enable_bitmapscan: 'off' },
    at: { nodeType: 'Index Scan', relation: 'orders' },
  },
  {
    rule: 'index-only-scan-heap-fetches',
    sql: 'select count(id) from visits where id < 30000',
    settings: { enable_seqscan: 'off', enable_bitmapscan: 'off' },
    at: { nodeType: 'Index Only Scan', relation: 'visits' },
    mendedBy: /^VACUUM/,
  },
  {
    rule: 'lossy-bitmap',
    sql: 'select sum(amount) from orders where warehouse = 3',
    settings: { work_mem: '64kB', enable_seqscan: 'off', enable_indexscan: 'off' },
    at: { nodeType: 'Bitmap Heap Scan', relation: 'orders' },
    mendedBy: /^SET work_mem/,
  },
  {
    rule: 'sort-spilled',
    sql: 'select id, note from orders order by note',
    settings: { work_mem: '1MB' },
    at: { nodeType: 'Sort' },
    mendedBy: /^SET work_mem/,
  },
  {
    rule: 'hash-spilled',
    sql: 'select a.id, b.note from orders a join orders b on a.id = b.coupon_id',
    settings: { work_mem: '512kB', enable_mergejoin: 'off', enable_nestloop: 'off' },
    at: { nodeType: 'Hash' },
    mendedBy: /^SET work_mem/,
  },
  {
    rule: 'hash-spilled',
    sql: 'select note, count(*) from orders group by note',
    settings: { work_mem: '1MB', enable_sort: 'off' },
    at: { nodeType: 'Aggregate' },
    mendedBy: /^SET work_mem/,
  },
  {
    rule: 'hash-batches-grown',
    sql: `select a.id, b.note from orders a join orders b on a.coupon_id = b.id
      where b.country in (5,6,7,8,9,10,11,12,13,14) and b.region in (2, 3, 4, 5, 6, 7) and b.placed_at::date < '2027-01-01'`,
    settings: { work_mem: '256kB', enable_mergejoin: 'off', enable_nestloop: 'off' },
    at: { nodeType: 'Hash' },
    mendedBy: /^SET work_mem/,
  },
  {
    rule: 'nested-loop-large-outer',
    sql: 'select count(c.name) from orders o join customers c on c.id = o.customer_id',
    settings: { ...noHash, enable_memoize: 'off' },
    at: { nodeType: 'Nested Loop' },
    rewritten: 'select count(c.name) from orders o join customers c on c.id = o.customer_id',
  },
  {
    rule: 'nested-loop-large-outer',
    sql: 'select count(*) from customers c join countries n on n.name = c.city',
    settings: noHash,
    at: { nodeType: 'Nested Loop' },
    rewritten: 'select count(*) from customers c join countries n on n.name = c.city',
  },
  {
    rule: 'misestimate-at-origin',
    sql: 'select o.id from orders o where o.country = 7 and o.region = 3',
    at: { relation: 'orders' },
    mendedBy: /^CREATE STATISTICS/,
    undo: ['drop statistics orders_country_region_stats', 'analyze orders'],
  },
  {
    rule: 'repeated-materialize-or-cte-fence',
    sql: 'with o as materialized (select * from orders) select * from o where id = 42',
    at: { nodeType: 'CTE Scan' },
    rewritten: 'with o as not materialized (select * from orders) select * from o where id = 42',
  },
  {
    rule: 'subplan-per-row',
    sql: 'select c.id, (select max(o.amount) from orders o where o.seller_id = c.id) from customers c',
    at: { parentRelationship: 'SubPlan' },
    rewritten:
      'select c.id, m.most from customers c left join (select seller_id, max(amount) as most from orders group by 1) m on m.seller_id = c.id',
  },
  {
    rule: 'offset-deep-paging',
    sql: 'select * from orders order by id offset 100000 limit 10',
    at: { nodeType: 'Limit' },
    rewritten: 'select * from orders where id > 100000 order by id limit 10',
  },
  {
    rule: 'count-everything',
    sql: 'select count(*) from orders',
    at: { nodeType: 'Aggregate' },
    mendedBy: /^SELECT reltuples/,
  },
  {
    rule: 'distinct-hides-join',
    sql: 'select distinct c.id, c.name from customers c join orders o on o.customer_id = c.id',
    at: {},
    rewritten:
      'select c.id, c.name from customers c where exists (select 1 from orders o where o.customer_id = c.id)',
  },
]

/** Statements with nothing wrong about them. */
const goodStatements: readonly string[] = [
  'select * from orders where id = 42',
  'select * from countries',
  `select * from countries where name = 'country 7'`,
  'select * from orders order by id limit 10',
  'select * from orders order by note limit 10',
  'select warehouse, sum(amount) from orders group by warehouse',
  'select count(c.name) from orders o join customers c on c.id = o.customer_id',
  'select * from orders o join customers c on c.id = o.customer_id where o.seller_id = 42',
  'select * from orders where amount > 100',
  'select * from customers order by name',
  'select c.relname, a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid where a.attnum > 0',
  'select * from orders where seller_id in (1, 2, 3)',
  'select c.id, (select max(o.amount) from orders o where o.seller_id = c.id) from customers c where c.id < 10',
  'select city, count(*) from customers group by city having count(*) > 1',
  `update orders set amount = amount where id between 10 and 20`,
]

describe.each([14, 18] as const)('findings on PostgreSQL %i', (major) => {
  let server: TestServer
  let client: ServerClient
  beforeAll(async () => {
    server = await startTestServer({ major })
    client = await openServerClient(server)
    await makeTroubledShop(client)
  })
  afterAll(async () => {
    await client?.close()
    await server?.stop()
  })

  const findOf = ({ findings }: JudgedRun, rule: string): Finding | undefined =>
    findings.find((finding) => finding.rule === rule)
  const told = ({ findings }: JudgedRun): readonly string[] =>
    findings.map(({ rule, title }) => `${rule}: ${title}`)

  it.each(troubles)('$rule is found at its node, and gone after the advice: $sql', async (trouble) => {
    const { rule, sql, settings = {}, at, mendedBy, rewritten, undo = [] } = trouble
    const before = await judgeRun(client, sql, settings)
    const finding = findOf(before, rule)
    expect(told(before).map((line) => line.split(':')[0])).toContain(rule)
    if (finding === undefined) return
    expect(before.plan.nodes[finding.nodeId ?? -1]).toMatchObject(at)
    const atStakeMs = finding.timeAtStakeMs ?? 0
    expect(atStakeMs).toBeLessThanOrEqual(before.plan.totals.statementMs ?? 0)
    // A question about the catalogue takes the statement's place: that it runs is what counts.
    const again: (readonly [sql: string, settings: Readonly<Record<string, string>>])[] = []
    try {
      if (mendedBy !== undefined) {
        const changed = await followAdvice(client, finding, (statement) => mendedBy.test(statement))
        if (!mendedBy.source.includes('SELECT')) again.push([sql, { ...settings, ...changed }])
      }
      if (rewritten !== undefined) again.push([rewritten, rewritten === sql ? {} : settings])
      const left: string[] = []
      for (const [better, withSettings] of again)
        left.push(...told(await judgeRun(client, better, withSettings)))
      expect(left.filter((line) => line.startsWith(rule))).toEqual([])
    } finally {
      for (const statement of undo) await client.query(statement)
    }
  })

  it('are silent about good plans', async () => {
    const alarms: string[] = []
    for (const sql of goodStatements)
      for (const options of ['analyze, buffers', 'verbose', 'analyze, timing off'])
        alarms.push(...(await findLastingTrouble(client, sql, options)))
    expect(alarms).toEqual([])
  })
})
