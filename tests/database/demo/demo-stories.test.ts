import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDemo, type Demo } from '#main/demo/index.ts'
import { openServerClient, type ServerClient } from '#main/targets/index.ts'
import { type DemoStoryId, demoStoryIds } from '#shared/session/index.ts'
import { makeTestFolder } from '#tests/support/test-folders.ts'

// The whole shop, once: its figures are the ones the product promises.
let root = ''
let demo: Demo
let client: ServerClient

beforeAll(async () => {
  root = await makeTestFolder('demo-stories')
  demo = createDemo({ dataFolder: root, onChange: () => undefined })
  const startedAtMs = performance.now()
  await demo.start()
  const firstMs = performance.now() - startedAtMs
  await demo.stop()
  const againAtMs = performance.now()
  await demo.start()
  const laterMs = performance.now() - againAtMs
  console.log(`demo server: first start ${Math.round(firstMs)} ms, later start ${Math.round(laterMs)} ms`)
  client = await openServerClient(demo.connection().settings, { applicationName: 'test' })
})

afterAll(async () => {
  await client.close()
  await demo.close()
  await rm(root, { recursive: true, force: true })
})

async function ask(sql: string): Promise<string | null | undefined> {
  return (await client.query(sql)).rows[0]?.[0]
}

/** A figure of a statement of the stories, by a piece of its text. */
const statement = (figure: string, like: string) =>
  `select coalesce(sum(${figure}), 0) > 0 from pg_stat_statements
   where userid::regrole::text like 'shop_%' and query like '${like}'`

/** What each story promises to show: a condition that becomes true within seconds. */
const promises: Readonly<Record<DemoStoryId, string>> = {
  'missing-index': `${statement('calls', '%from shop.orders%where customer_id%')}
    and (select seq_scan > 5 from pg_stat_user_tables where relid = 'shop.orders'::regclass)`,
  'n-plus-one': statement('greatest(calls - 200, 0)', '%from shop.products where product_id%'),
  'lock-queue': `select count(*) >= 3 from pg_stat_activity
    where application_name like 'shop-checkout-%' and wait_event_type = 'Lock' and cardinality(pg_blocking_pids(pid)) > 0`,
  'spilling-sort': statement('temp_blks_written', '%row_number()%'),
  misestimate: statement('calls', '%where o.ship_city%'),
  'idle-in-transaction': `select count(*) = 1 from pg_stat_activity
    where application_name = 'shop-admin-form' and state = 'idle in transaction' and backend_xid is not null`,
  'nightly-batch': `${statement('wal_bytes', 'insert into shop.daily_sales%')}
    and exists (select from shop.daily_sales where computed_at > now() - interval '1 minute')`,
  'autovacuum-debt': `select n_dead_tup > 5000 from pg_stat_user_tables where relid = 'shop.carts'::regclass`,
}

const connections = `select count(*) from pg_stat_activity where application_name like 'shop-%'`

describe('the shop', () => {
  it('has about two million rows', async () => {
    const tables = ['customers', 'orders', 'order_lines', 'reviews', 'events', 'carts', 'products', 'stock']
    const rows = Number(
      await ask(`select ${tables.map((table) => `(select count(*) from shop.${table})`).join(' + ')}`),
    )
    expect(rows).toBeGreaterThan(1_900_000)
    expect(rows).toBeLessThan(2_400_000)
  })

  it('is the same each time: rows come from hashes, not from chance', async () => {
    const digest = `select md5(string_agg(t::text, ',' order by order_id)) from shop.orders t where order_id <= 2000`
    expect(await ask(digest)).toBe('672b1d82bb0d46a46275eafa9516ecf9')
  })

  it('is skewed: a hundredth of the products makes a fifth of the lines', async () => {
    const share = `select sum(n) filter (where place <= 60) / sum(n) from
      (select count(*) as n, row_number() over (order by count(*) desc) as place from shop.order_lines group by product_id) t`
    expect(Number(await ask(share))).toBeGreaterThan(0.19)
  })

  it('fools the planner by a factor of a hundred with columns that depend on each other', async () => {
    const filter = `from shop.orders where ship_city = 'Oslo' and ship_country = 'NO' and currency = 'NOK'`
    const [plan] = JSON.parse((await ask(`explain (format json) select * ${filter}`)) ?? '[]') as {
      Plan: { 'Plan Rows': number }
    }[]
    expect(Number(await ask(`select count(*) ${filter}`))).toBeGreaterThan(
      100 * (plan?.Plan['Plan Rows'] ?? Infinity),
    )
  })
})

describe('the stories', () => {
  it('are all offered and all off at first', () => {
    const state = demo.state()
    const stories = state.status === 'running' ? state.stories : []
    expect(stories.map(({ id }) => id)).toStrictEqual([...demoStoryIds])
    expect(stories.filter(({ running }) => running)).toStrictEqual([])
  })

  it('show what they promise, each within seconds', async () => {
    await Promise.all(demoStoryIds.map((id) => demo.setStory(id, true)))
    for (const id of demoStoryIds) {
      await expect.poll(() => ask(promises[id]), { timeout: 40_000, interval: 100, message: id }).toBe('t')
    }
  })

  it('come back after their connection was terminated', async () => {
    const pid = `select pid from pg_stat_activity where application_name = 'shop-api-packing-list'`
    await expect.poll(() => ask(pid), { timeout: 15_000 }).toBeDefined()
    const before = await ask(pid)
    await client.query('select pg_terminate_backend($1)', [before ?? ''])
    await expect.poll(() => ask(`${pid} and pid <> ${before}`), { timeout: 20_000 }).toBeDefined()
  })

  it('are gone with all their connections as soon as they are switched off', async () => {
    const startedAtMs = performance.now()
    await Promise.all(demoStoryIds.map((id) => demo.setStory(id, false)))
    expect(performance.now() - startedAtMs).toBeLessThan(10_000)
    // A backend needs a moment to leave the list after its client has gone.
    await expect.poll(() => ask(connections), { timeout: 15_000 }).toBe('0')
    const state = demo.state()
    expect(
      state.status === 'running' && state.stories.some(({ running, problem }) => running || problem),
    ).toBe(false)
  })

  it('give up with a reason when their tables are gone, and play again afterwards', async () => {
    const story = () => {
      const state = demo.state()
      return state.status === 'running' ? state.stories.find(({ id }) => id === 'autovacuum-debt') : undefined
    }
    await client.query('alter table shop.carts rename to carts_elsewhere')
    await demo.setStory('autovacuum-debt', true)
    await expect.poll(story, { timeout: 40_000 }).toMatchObject({
      running: false,
      problem: 'relation "shop.carts" does not exist',
    })
    await client.query('alter table shop.carts_elsewhere rename to carts')
    await demo.setStory('autovacuum-debt', true)
    expect(story()?.problem).toBeUndefined()
    await expect.poll(() => ask(connections), { timeout: 15_000 }).not.toBe('0')
    await demo.setStory('autovacuum-debt', false)
  })
})
