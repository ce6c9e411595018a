import type { Page } from '@playwright/test'
import { Client } from 'pg'
import { expectAccessibleInBothThemes } from '#tests/support/axe.ts'
import type { TestServer } from '#tests/support/servers.ts'
import { expect, plainServer, test } from '#tests/support/workbench.ts'

test.use({ serverOptions: plainServer, panel: 'tables' })

const shop = [
  'create table customers (id int primary key, name text)',
  `insert into customers select i, 'name ' || i from generate_series(1, 20000) i`,
  'create table orders (id int primary key, customer int references customers, day date)',
  `insert into orders select i, 1 + i % 100, '2026-01-01' from generate_series(1, 20000) i`,
  'create index orders_day on orders (day)',
  'create index orders_day_again on orders (day)',
  'create index orders_day_customer on orders (day, customer)',
  'delete from customers where id > 5000',
  'analyze',
  'select count(*) from orders',
]

async function fill(server: TestServer) {
  const { host, port, user, database } = server
  const client = new Client({ host, port, user, database })
  await client.connect()
  for (const statement of shop) await client.query(statement)
  await client.end()
}

async function openPanel(page: Page) {
  await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: 'Tables' }).click()
  await expect(page.getByRole('grid', { name: 'Tables' }).getByRole('row').nth(1)).toBeVisible()
}

const rowOf = (page: Page, grid: string, text: string) =>
  page.getByRole('grid', { name: grid, exact: true }).getByRole('row').filter({ hasText: text })

test.beforeAll(async ({ server, client }) => {
  await fill(server)
  // The first reading of a recording comes at its start: begin anew, now that the tables are there.
  await client.recording.stop()
  await client.recording.start({})
})

test('says of a table that nobody has counted that its rows are not known', async ({
  page,
  client,
  server,
}) => {
  const { host, port, user, database } = server
  const owner = new Client({ host, port, user, database })
  await owner.connect()
  await owner.query(
    'create table uncounted with (autovacuum_enabled = off) as select generate_series(1, 5000)',
  )
  // As after a crash: the counters begin anew.
  await expect
    .poll(async () => (await owner.query(`select pg_stat_get_live_tuples('uncounted'::regclass) as n`)).rows)
    .toEqual([{ n: '5000' }])
  await owner.query('select pg_stat_reset()')
  await client.recording.stop()
  await client.recording.start({})
  await openPanel(page)
  await expect(rowOf(page, 'Tables', 'uncounted')).toContainText('not known')
  await owner.query('drop table uncounted')
  await owner.end()
})

test('lists tables by size with what is dead in them, and everything of the selected one', async ({
  page,
}) => {
  await openPanel(page)
  await expect(rowOf(page, 'Tables', 'customers')).toBeVisible()
  await rowOf(page, 'Tables', 'customers').click()
  const inspector = page.getByRole('region', { name: 'Inspector' })
  await expect(inspector.getByRole('heading', { name: 'public.customers' })).toBeVisible()
  await expect(inspector).toContainText('dead rows')
  await expect(inspector).toContainText('bloat, about')
  await page.getByRole('button', { name: 'Dead rows' }).click()
  await expect(page.getByRole('columnheader', { name: 'Dead rows' })).toHaveAttribute(
    'aria-sort',
    'descending',
  )
})

test('tells which indexes are doubled, covered or unused, and hands out what drops one', async ({ page }) => {
  await openPanel(page)
  await page.getByRole('tab', { name: /^Indexes/ }).click()
  await expect(rowOf(page, 'Indexes', 'orders_day_again')).toContainText('duplicate')
  await page.getByRole('grid', { name: 'Indexes', exact: true }).focus()
  await page.keyboard.press('/')
  await page.keyboard.type('orders_day_again')
  await expect(page.getByRole('grid', { name: 'Indexes', exact: true }).getByRole('row')).toHaveCount(2)
  await page.getByRole('grid', { name: 'Indexes', exact: true }).focus()
  await page.keyboard.press('ArrowDown')
  const inspector = page.getByRole('region', { name: 'Inspector' })
  await expect(inspector).toContainText('It is the same as orders_day')
  await expect(inspector).toContainText('DROP INDEX CONCURRENTLY public.orders_day_again;')
  await inspector.getByRole('button', { name: 'Open in Query' }).click()
  await expect(page.locator('.monaco-editor').first()).toContainText('DROP INDEX CONCURRENTLY')
})

test('tells a foreign key without an index, with the statement that builds it', async ({ page }) => {
  await openPanel(page)
  await page.getByRole('textbox', { name: 'Filter tables and indexes' }).fill('')
  await page.getByRole('tab', { name: /^Perhaps missing/ }).click()
  await rowOf(page, 'Indexes that may be missing', 'foreign key without index').click()
  await expect(page.getByRole('region', { name: 'Inspector' })).toContainText(
    'CREATE INDEX CONCURRENTLY ON public.orders (customer);',
  )
})

test('has no axe violations in either theme in any list', async ({ page }) => {
  await openPanel(page)
  for (const tab of [/^Indexes/, /^Perhaps missing/, /^Tables/]) {
    await page.getByRole('tab', { name: tab }).click()
    await expectAccessibleInBothThemes(page)
  }
})
