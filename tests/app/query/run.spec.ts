import { defaultRunOptions } from '#shared/session/index.ts'
import { expect, plainServer, reload, test } from '#tests/support/workbench.ts'
import { makeShop, onServer, openQuery } from './query-page.ts'

test.use({ serverOptions: plainServer })
test.beforeAll(({ server }) => makeShop(server))
// Options and the view of a plan outlive a page: each test begins with the usual ones.
test.beforeEach(async ({ client }) => {
  await client.workbench.setPreference({ key: 'query.options', value: '{}' })
  await client.workbench.setPreference({ key: 'plan.view', value: 'tree' })
})

test('analyses a statement and shows its plan with real times', async ({ page }) => {
  const query = await openQuery(page)
  await query.write(
    "select c.country, count(*) from orders o join customers c on c.id = o.customer_id where o.status = 'returned' group by c.country",
  )
  await query.press('Control+Shift+Enter')
  await query.ended(/Analyse done/)
  await expect(page.getByRole('treegrid', { name: 'Plan' })).toContainText('Seq Scan')
  await page.getByRole('radio', { name: 'Raw', exact: true }).click()
  await expect(page.getByLabel(/^Plan as JSON/)).toContainText('"Actual Total Time"')
})

test('shows only the plan without running, by its button', async ({ page, server }) => {
  const query = await openQuery(page)
  await query.write("select nextval('only_planned')")
  await onServer(server, (client) => client.query('create sequence if not exists only_planned'))
  await query.button('Plan only').click()
  await query.ended(/Plan only done/)
  await page.getByRole('radio', { name: 'Tree', exact: true }).click()
  await expect(page.getByRole('treegrid', { name: 'Plan' })).toBeVisible()
  const { rows } = await onServer(server, (client) => client.query('select is_called from only_planned'))
  expect(rows).toEqual([{ is_called: false }])
})

test('runs the statement under the cursor, and a selection instead if there is one', async ({ page }) => {
  const query = await openQuery(page)
  await query.write("select 'first' as a;\n\nselect 'second' as b;\n\nselect 'third' as c")
  await query.press('Control+Home')
  await query.runBy('Control+Enter')
  await query.ended(/Run done/)
  await expect(query.grid).toContainText('first')

  await query.press('ArrowDown')
  await query.press('ArrowDown')
  await query.runBy('Control+Enter')
  await expect(query.grid).toContainText('second')

  await query.press('ArrowDown')
  await query.press('ArrowDown')
  await query.press('Home')
  await query.press('Shift+End')
  await query.runBy('Control+Enter')
  await expect(query.grid).toContainText('third')
})

test('marks the statement that would run where there are several', async ({ page }) => {
  const query = await openQuery(page)
  await query.write('select 1;\nselect 2,\n  3')
  await expect(page.locator('.sql-editor-current')).toHaveCount(2)
  await query.press('Control+Home')
  await expect(page.locator('.sql-editor-current')).toHaveCount(1)
})

test('asks for parameters with the types that the server derives, NULL included', async ({ page }) => {
  const query = await openQuery(page)
  await query.write('select $1::int + 1 as sum, $2::text is null as nothing, $3::date as day')
  const fields = page.getByRole('region', { name: 'Parameters' })
  await expect(fields).toContainText('integer')
  await page.getByLabel('$1', { exact: true }).fill('41')
  await page.getByLabel('$3', { exact: true }).fill('2026-10-01')
  await page.getByRole('button', { name: '$2 is NULL' }).click()
  await query.button(/^Run Ctrl/).click()
  await query.ended(/Run done/)
  await expect(query.grid.getByRole('gridcell')).toHaveText(['42', 't', '2026-10-01'])

  await query.write('select 1')
  await expect(fields).toHaveCount(0)
  await query.write('select $1::int + 1 as sum, $2::text is null as nothing, $3::date as day')
  await expect(page.getByLabel('$1', { exact: true })).toHaveValue('41')
})

test('shows the server’s message, hint and SQLSTATE, and underlines where it went wrong', async ({
  page,
}) => {
  const query = await openQuery(page)
  await query.write('select 1;\nselect statu from orders')
  await query.press('Control+Enter')
  await query.ended(/Run failed/)
  const note = page.getByRole('tabpanel').getByRole('alert')
  await expect(note).toContainText('column "statu" does not exist')
  await expect(note).toContainText('42703')
  await expect(note).toContainText('orders.status')
  await expect(page.locator('.squiggly-error')).toBeVisible()
  await query.button('Show where').click()
  await query.press('Delete')
  await expect(page.locator('.squiggly-error')).toHaveCount(0)
})

test('cancels on the server with Escape', async ({ page, server }) => {
  const query = await openQuery(page)
  await query.write('select pg_sleep(60)')
  await query.press('Control+Enter')
  await expect(query.button(/Cancel/)).toBeVisible()
  await query.press('Control+Enter')
  await expect(page.getByText('A statement is still running').first()).toBeVisible()
  await query.press('Escape')
  await query.ended(/cancelled/)
  const { rows } = await onServer(server, (client) =>
    client.query(
      "select 1 from pg_stat_activity where query like '%pg_sleep(60)%' and state = 'active' and pid <> pg_backend_pid()",
    ),
  )
  expect(rows).toEqual([])
})

test('shows phase, rows so far and elapsed time while it runs', async ({ page }) => {
  const query = await openQuery(page)
  await query.write('select n, pg_sleep(0.001) from generate_series(1, 50000) n')
  await query.press('Control+Enter')
  await expect(query.runLine).toContainText(/\d rows/)
  await expect(query.runLine).toContainText(/\d s/)
  await expect(query.grid.getByRole('gridcell').first()).toHaveText('1')
  await query.press('Control+.')
  await query.ended(/cancelled/)
})

test('rolls writes back unless told otherwise, and says which it was', async ({ page, server }) => {
  const count = async () => {
    const { rows } = await onServer(server, (client) =>
      client.query<{ n: number }>('select count(*)::int as n from order_lines'),
    )
    return rows[0]?.n
  }
  const query = await openQuery(page)
  const before = await count()
  await query.write('delete from order_lines where order_id = 1 returning quantity')
  await query.runBy('Control+Shift+Enter')
  await query.ended(/rolled back/)
  expect(await count()).toBe(before)

  await query.button(/Run options/).click()
  const commit = page.getByRole('radio', { name: /^Commit/ })
  await commit.check()
  await page.keyboard.press('Escape')
  await expect(commit).toHaveCount(0)
  await expect(query.button(/writes are committed/)).toBeVisible()
  await query.runBy(() => query.button(/^Run Ctrl/).click())
  await query.ended(/committed/)
  expect(await count()).toBeLessThan(before ?? 0)
})

test('says before running that VACUUM can’t be rolled back, and runs it when told to', async ({ page }) => {
  const query = await openQuery(page)
  await query.write('vacuum orders')
  await query.press('Control+Enter')
  const dialog = page.getByRole('dialog', { name: /can’t run inside a transaction/ })
  await expect(dialog).toContainText('takes effect at once')
  await dialog.getByRole('button', { name: 'Don’t run it' }).click()
  await expect(dialog).toHaveCount(0)

  await query.press('Control+Enter')
  await dialog.getByRole('button', { name: 'Run outside a transaction' }).click()
  await query.ended(/ran outside a transaction/)
})

test('offers to run what EXPLAIN does not take, and refuses what it can’t do with the reason', async ({
  page,
}) => {
  const query = await openQuery(page)
  await query.write('vacuum orders')
  await query.press('Control+Shift+Enter')
  const noPlan = page.getByRole('dialog', { name: 'There is no plan for VACUUM' })
  await expect(noPlan).toBeVisible()
  await page.keyboard.press('Escape')
  // An open dialog would take the keys of what is written next.
  await expect(noPlan).toHaveCount(0)

  await query.write('copy orders from stdin')
  await query.press('Control+Enter')
  await expect(page.getByRole('dialog', { name: /does not run this/ })).toBeVisible()
  await page.keyboard.press('Escape')
})

test('plans with parameters left open', async ({ page }) => {
  const query = await openQuery(page)
  await query.write('select * from orders where id = $1')
  await query.button('Generic plan').click()
  await query.ended(/Generic plan done/)
  await expect(page.getByRole('treegrid', { name: 'Plan' })).toContainText('Index Scan')
})

test('keeps the run as failed when the server ends the connection, and says what to do', async ({
  page,
  server,
}) => {
  const query = await openQuery(page)
  await query.write('select pg_sleep(61)')
  await query.press('Control+Enter')
  await expect(query.runLine).toContainText('executing')
  await expect
    .poll(() =>
      onServer(server, async (client) => {
        const { rowCount } = await client.query(
          "select pg_terminate_backend(pid) from pg_stat_activity where query like '%pg_sleep(61)%' and pid <> pg_backend_pid()",
        )
        return rowCount
      }),
    )
    .toBeGreaterThan(0)
  await query.ended(/Run failed/)
  await expect(page.getByRole('tabpanel').getByRole('alert')).toContainText('connects again by itself')
})

test('a run under way when the window is loaded anew goes on there: its time, Cancel, and how it ends', async ({
  page,
}) => {
  const query = await openQuery(page)
  await query.write('select pg_sleep(60) as over_a_reload')
  await query.press('Control+Enter')
  await expect(query.button(/^Cancel/)).toBeEnabled()
  await reload(page)
  await expect(query.runLine).toContainText(/\d s/)
  await query.button(/^Cancel/).click()
  await query.ended(/cancelled in/)
})

test('a window that finds a run of another one names its statement: in an editor that is empty, else beside it', async ({
  page,
  client,
}) => {
  const query = await openQuery(page)
  // What was typed before may still be on its way, and an editor that was empty all along keeps nothing.
  for (const text of ['select 0', '']) {
    await query.write(text)
    await expect.poll(async () => (await client.workbench.preferences())['query.draft']).toBe(text)
  }
  const statement = 'select pg_sleep(60) as of_another_window'
  await client.profile.start({ statement, parameters: [], options: { ...defaultRunOptions, mode: 'run' } })
  await reload(page)
  await expect(query.runLine).toContainText(/\d s/)
  await expect(query.editor).toContainText('of_another_window')
  await expect(query.runLine).not.toContainText('pg_sleep')
  await query.write('select 1 as something_else')
  await expect(query.runLine).toContainText('pg_sleep')
  await query.button(/^Cancel/).click()
  await query.ended(/cancelled in/)
})
