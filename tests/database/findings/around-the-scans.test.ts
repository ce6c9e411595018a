import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openServerClient, type ServerClient } from '#main/targets/index.ts'
import type { Finding, PlanNode } from '#shared/plan/index.ts'
import { startTestServer, type TestServer } from '#tests/support/servers.ts'
import { findLastingTrouble, followAdvice, type JudgedRun, judgeRun } from '#tests/support/troubled-shop.ts'
import { makeTroubledStock } from '#tests/support/troubled-stock.ts'

interface Trouble {
  readonly rule: string
  readonly sql: string
  readonly settings?: Readonly<Record<string, string>>
  readonly options?: string
  readonly minimumMajor?: number
  readonly maximumMajor?: number
  readonly before?: string
  /** What the node to look at must be; `statement`: none, the whole statement is meant. */
  readonly at: Partial<PlanNode> | 'statement'
  /** The advice has a statement (or setting) after which the trouble is gone; told by its first words. */
  readonly mendedBy?: RegExp
  /** The same question in better words, where that is the advice. */
  readonly rewritten?: string
  readonly undo?: readonly string[]
}

const parallel = {
  max_parallel_workers_per_gather: '2',
  parallel_setup_cost: '0',
  parallel_tuple_cost: '0',
  min_parallel_table_scan_size: '0',
}

const noOtherJoin = { enable_hashjoin: 'off', enable_mergejoin: 'off' }

const list = Array.from({ length: 600 }, (_, at) => at * 3).join(',')

const troubles: readonly Trouble[] = [
  {
    rule: 'workers-not-launched',
    sql: 'select max(md5(note)) from entries',
    settings: { ...parallel, max_parallel_workers: '0' },
    at: { nodeType: 'Gather' },
    mendedBy: /^SET max_parallel_workers/,
  },
  {
    rule: 'workers-skewed',
    sql: 'select max(md5(md5(md5(md5(note))))) from lots',
    settings: parallel,
    options: 'analyze, verbose',
    at: { nodeType: 'Append' },
    mendedBy: /^SET max_parallel_workers_per_gather/,
  },
  {
    rule: 'workers-skewed',
    // Those few stand in one block, which one process is given: the others are through long before.
    before: `create or replace function dear(id int) returns boolean language plpgsql immutable parallel safe cost 10000 as
      $$ begin if id between 40000 and 40015 then perform pg_sleep(0.02); end if; return true; end $$`,
    sql: 'select count(*) from entries where dear(id)',
    settings: parallel,
    options: 'analyze, verbose',
    at: { nodeType: 'Seq Scan', relation: 'entries', parallelAware: true },
    mendedBy: /^SET max_parallel_workers_per_gather/,
  },
  {
    rule: 'planning-dearer-than-execution',
    sql: 'select * from empties a join empties b using (id, day) join empties c using (id, day) join empties d using (id, day)',
    settings: { enable_partitionwise_join: 'on' },
    at: 'statement',
  },
  {
    rule: 'slow-triggers',
    sql: `insert into notes select i, 'x' from generate_series(1, 500) i`,
    at: 'statement',
    mendedBy: /^SELECT pg_get_functiondef/,
  },
  {
    rule: 'foreign-key-without-index',
    sql: 'delete from parents where id <= 40',
    at: 'statement',
    mendedBy: /^CREATE INDEX/,
    undo: ['drop index children_parent_id_idx'],
  },
  {
    rule: 'partitions-not-pruned',
    sql: `select count(note) from events where date_trunc('month', seen_at) = '2026-03-01'`,
    at: { nodeType: 'Append' },
    rewritten: `select count(note) from events where seen_at >= '2026-03-01' and seen_at < '2026-04-01'`,
  },
  {
    rule: 'partitions-not-pruned',
    sql: `select count(note) from events where date_trunc('month', seen_at) = '2026-03-01'`,
    options: 'verbose',
    at: { nodeType: 'Append' },
    rewritten: `select count(note) from events where seen_at >= '2026-03-01' and seen_at < '2026-04-01'`,
  },
  {
    rule: 'temp-io',
    sql: 'with kept as materialized (select id, note from entries) select count(*), max(k.note) from kept k',
    settings: { work_mem: '256kB' },
    options: 'analyze, buffers',
    at: { nodeType: 'CTE Scan' },
    mendedBy: /^SET work_mem/,
  },
  {
    rule: 'temp-io',
    sql: 'select count(*) from generate_series(1, 200000)',
    settings: { work_mem: '256kB' },
    options: 'analyze, buffers',
    at: { nodeType: 'Function Scan' },
    mendedBy: /^SET work_mem/,
  },
  {
    rule: 'wal-amplification',
    before: 'checkpoint',
    sql: 'update entries set amount = amount + 1 where id % 100 = 0',
    options: 'analyze, wal',
    at: { nodeType: 'ModifyTable', relation: 'entries' },
  },
  {
    rule: 'wal-amplification',
    sql: 'update indexed set value = value + 1',
    options: 'analyze, wal',
    at: { nodeType: 'ModifyTable', relation: 'indexed' },
    mendedBy: /^SELECT indexrelid/,
  },
  {
    rule: 'memoize-evictions',
    sql: 'select count(e.note) from visits v join entries e on e.id = v.entry_id',
    settings: { ...noOtherJoin, work_mem: '64kB' },
    at: { nodeType: 'Memoize' },
    mendedBy: /^SET work_mem/,
  },
  {
    rule: 'limit-walks-wrong-index',
    sql: 'select * from entries where kind = 7 order by placed_on limit 5',
    at: { nodeType: 'Index Scan', relation: 'entries' },
    mendedBy: /^CREATE INDEX/,
    undo: ['drop index entries_kind_placed_on_idx'],
  },
  {
    rule: 'generic-plan-gone-wrong',
    sql: 'execute by_status (1)',
    settings: { plan_cache_mode: 'force_generic_plan' },
    at: { relation: 'entries' },
    mendedBy: /^SET plan_cache_mode/,
  },
  {
    rule: 'wide-rows',
    before: 'select count(body) from letters',
    sql: 'select * from letters order by body desc',
    settings: { work_mem: '64MB' },
    at: { nodeType: 'Sort' },
    rewritten: 'select id from letters order by id % 1000 desc',
  },
  {
    rule: 'network-or-serialization-time',
    sql: 'select * from entries',
    options: 'analyze, serialize text',
    minimumMajor: 17,
    at: 'statement',
    rewritten: 'select kind, count(*) from entries group by kind',
  },
  {
    rule: 'timing-overhead',
    sql: 'select count(x.one) from generate_series(1, 1200000) g left join lateral (select 1 as one offset 0) x on true',
    settings: { work_mem: '256MB' },
    at: { nodeType: 'Materialize' },
    rewritten: 'select count(*) from generate_series(1, 1200000) g',
  },
  {
    rule: 'sorted-twice',
    sql: 'select * from (select * from entries order by note) e order by amount',
    settings: { work_mem: '64MB' },
    at: { nodeType: 'Sort', depth: 1 },
    rewritten: 'select * from (select * from entries) e order by amount',
  },
  {
    rule: 'large-in-list',
    // From 15 on the list is hashed, for IN from 14 on: then it costs nothing, and nothing is told.
    maximumMajor: 14,
    sql: `select count(*) from entries where amount not in (${list})`,
    at: { nodeType: 'Seq Scan', relation: 'entries' },
    rewritten: `select count(*) from entries where not exists (select 1 from unnest('{${list}}'::int[]) as listed (value) where amount = listed.value)`,
  },
  {
    rule: 'cross-join',
    sql: 'select count(*) from parents p, children c where c.id < 500',
    at: { nodeType: 'Nested Loop' },
    rewritten: 'select count(*) from parents p, children c where c.id < 500 and p.id = c.parent_id',
  },
  {
    rule: 'settings-disabled-planner',
    sql: 'select * from entries where id = 7',
    settings: { enable_indexscan: 'off', enable_bitmapscan: 'off' },
    options: 'analyze, settings',
    at: { nodeType: 'Seq Scan', relation: 'entries' },
  },
]

/** Statements with nothing wrong about them. */
const goodStatements: readonly string[] = [
  `select * from events where seen_at >= '2026-03-01' and seen_at < '2026-04-01'`,
  'select kind, count(*) from events group by kind',
  'select * from entries order by placed_on desc limit 10',
  'select * from entries where status = 17 order by placed_on limit 5',
  'insert into children select 50000 + i, 100 + i from generate_series(1, 50) i',
  'update entries set amount = amount where id < 50',
  'delete from children where id < 20',
  'select p.id, count(*) from parents p join children c on c.parent_id = p.id group by p.id',
  'select * from letters where id = 7',
  'select id from letters order by id',
  `select * from entries where id in (1, 2, 3, 4, 5)`,
]

describe.each([14, 18] as const)('findings around the scans on PostgreSQL %i', (major) => {
  let server: TestServer
  let client: ServerClient
  beforeAll(async () => {
    server = await startTestServer({ major, settings: { full_page_writes: 'on' } })
    client = await openServerClient(server)
    await makeTroubledStock(client)
  })
  afterAll(async () => {
    await client?.close()
    await server?.stop()
  })

  const findOf = ({ findings }: JudgedRun, rule: string): Finding | undefined =>
    findings.find((finding) => finding.rule === rule)
  const told = ({ findings }: JudgedRun): readonly string[] =>
    findings.map(({ rule, title }) => `${rule}: ${title}`)

  it.each(
    troubles.filter(
      ({ minimumMajor = 0, maximumMajor = major }) => minimumMajor <= major && major <= maximumMajor,
    ),
  )(
    '$rule is found at its node, and gone after the advice: $sql',
    // Times decide, and others work on this machine too.
    { retry: 2 },
    async ({ rule, sql, settings = {}, options, before, at, mendedBy, rewritten, undo = [] }) => {
      if (before !== undefined) await client.query(before)
      const first = await judgeRun(client, sql, settings, options)
      const finding = findOf(first, rule)
      expect(told(first).map((line) => line.split(':')[0])).toContain(rule)
      if (finding === undefined) return
      const node = finding.nodeId === undefined ? undefined : first.plan.nodes[finding.nodeId]
      expect([node]).toMatchObject([at === 'statement' ? undefined : at])
      expect(finding.timeAtStakeMs ?? 0).toBeLessThanOrEqual(first.plan.totals.statementMs ?? 0)
      const left: string[] = []
      try {
        if (mendedBy !== undefined) {
          const changed = await followAdvice(client, finding, (statement) => mendedBy.test(statement))
          // A question about the catalogue mends nothing: that it runs is what counts.
          if (!mendedBy.source.includes('SELECT'))
            left.push(...told(await judgeRun(client, sql, { ...settings, ...changed }, options)))
        }
        if (rewritten !== undefined) left.push(...told(await judgeRun(client, rewritten, settings, options)))
        expect(left.filter((line) => line.startsWith(rule))).toEqual([])
      } finally {
        for (const statement of undo) await client.query(statement)
      }
    },
  )

  it('tell the missing index of a foreign key by the catalogue, too', async () => {
    const { findings } = await judgeRun(client, 'delete from parents where id <= 40')
    const ask = findings
      .find(({ rule }) => rule === 'foreign-key-without-index')
      ?.advice.find(({ statement }) => statement?.includes('pg_constraint'))?.statement
    const { rows } = await client.query(ask ?? 'select 1')
    expect(rows).toEqual([['CREATE INDEX ON children (parent_id);']])
  })

  it('tell just-in-time compilation that does not pay, where the server has it', async () => {
    const { rows } = await client.query('select pg_jit_available()')
    const costs = { jit_above_cost: '0', jit_inline_above_cost: '0', jit_optimize_above_cost: '0' }
    const sql = 'select sum(amount + 1), count(*) from entries where kind > 3'
    const { findings } = await judgeRun(client, sql, { jit: 'on', ...costs })
    const finding = findings.find(({ rule }) => rule === 'jit-dearer-than-gain')
    expect(finding !== undefined).toBe(rows[0]?.[0] === 't')
    const after = await judgeRun(client, sql, { ...costs, jit: 'off' })
    expect(findOf(after, 'jit-dearer-than-gain')).toBeUndefined()
  })

  it('are silent about good plans', async () => {
    const alarms: string[] = []
    for (const sql of goodStatements)
      for (const options of ['analyze, buffers, verbose', 'verbose', 'analyze, timing off'])
        alarms.push(...(await findLastingTrouble(client, sql, options)))
    expect(alarms).toEqual([])
  })
})
