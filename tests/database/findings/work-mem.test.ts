import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openServerClient, type ServerClient } from '#main/targets/index.ts'
import { startTestServer, type TestServer } from '#tests/support/servers.ts'
import { followAdvice, type JudgedRun, judgeRun } from '#tests/support/troubled-shop.ts'

type Settings = Readonly<Record<string, string>>

const hashJoin: Settings = { enable_mergejoin: 'off', enable_nestloop: 'off' }
const hashAggregate: Settings = { enable_sort: 'off' }

/** `close`: the next smaller figure that people write still spills; the memory of groups is only known to lie below. */
const statements: readonly (readonly [what: string, sql: string, settings: Settings, isClose: boolean])[] = [
  ['a sort of one number', 'select weight from parcels order by weight', {}, true],
  ['a sort of narrow rows', 'select id, code from parcels order by code', {}, true],
  ['a sort of wide rows', 'select id, note from parcels order by code', {}, true],
  ['a sort of numerics', 'select price, id from parcels order by price', {}, true],
  [
    'a sort of many columns',
    'select id, weight, id + 1, id + 2, id + 3, id + 4 from parcels order by weight',
    {},
    true,
  ],
  ['a hash join', 'select a.id, b.weight from parcels a join parcels b on a.id = b.weight', hashJoin, true],
  ['a hash join by text', 'select a.id from parcels a join parcels b on a.code = b.code', hashJoin, true],
  ['groups with a count', 'select id, count(*) from parcels group by id', hashAggregate, false],
  ['groups by text', 'select code, count(*) from parcels group by code', hashAggregate, false],
  ['groups with a sum', 'select md5(code), sum(price) from parcels group by 1', hashAggregate, false],
  ['groups of wide keys', 'select note, max(id) from parcels group by note', hashAggregate, false],
  ['distinct rows', 'select distinct id, weight from parcels', hashAggregate, false],
]

const spillRules = /^(?:sort-spilled|hash-spilled|hash-batches-grown)$/

const spills = ({ plan }: JudgedRun): boolean =>
  plan.nodes.some(({ buffers }) => (buffers?.tempWrittenBlocks ?? 0) > 0)

/** The next smaller figure that a setting is rounded to: 32, 24, 16, 12, … */
function nextSmaller(setting: string): string {
  const mebibytes = Number.parseInt(setting, 10)
  return `${Math.floor(Number.isInteger(Math.log2(mebibytes)) ? (mebibytes * 3) / 4 : (mebibytes * 2) / 3)}MB`
}

describe.each([14, 18] as const)('the work_mem that a finding asks for on PostgreSQL %i', (major) => {
  let server: TestServer
  let client: ServerClient
  beforeAll(async () => {
    server = await startTestServer({ major })
    client = await openServerClient(server)
    await client.query(
      `create table parcels as select i as id, (i::bigint * 7919 % 100003)::int as weight, (i * 1.25)::numeric(12, 2) as price,
         lpad((i::bigint * 7907 % 100003)::text, 8, 'x') as code, repeat(md5(i::text), 6) as note
       from generate_series(1, 100000) i`,
    )
    await client.query('vacuum analyze parcels')
  })
  afterAll(async () => {
    await client?.close()
    await server?.stop()
  })

  it.each(statements)('holds %s', async (_, sql, settings, isClose) => {
    const run = (workMem: string): Promise<JudgedRun> =>
      judgeRun(client, sql, { ...settings, work_mem: workMem }, 'analyze, buffers, timing off')
    const before = await run('512kB')
    const finding = before.findings.find(({ rule }) => spillRules.test(rule))
    if (finding === undefined) throw new Error('no spill was found')
    const { work_mem: asked = '' } = await followAdvice(client, finding, (text) =>
      text.startsWith('SET work_mem'),
    )
    const after = await run(asked)
    expect(spills(after)).toBe(false)
    expect(after.findings.filter(({ rule }) => spillRules.test(rule))).toEqual([])
    // What is asked for is no more than is needed.
    const less = isClose ? nextSmaller(asked) : `${Math.floor(Number.parseInt(asked, 10) * 256)}kB`
    expect([less, spills(await run(less))]).toEqual([less, true])
  })
})
