import { expect, plainServer, reload, test } from '#tests/support/workbench.ts'
import { makeShop, openQuery } from './query-page.ts'

test.use({ serverOptions: plainServer })
test.beforeAll(({ server }) => makeShop(server))

const join =
  "select c.country, count(*) from orders o join customers c on c.id = o.customer_id where o.status = 'returned' group by c.country"

test('walks the plan by arrows, and the inspector follows with every field of the node', async ({ page }) => {
  const query = await openQuery(page)
  await query.write(join)
  await query.press('Control+Shift+Enter')
  await query.ended(/Analyse done/)
  await query.planShown()
  await page.keyboard.press('Alt+3')
  const tree = page.getByRole('treegrid', { name: 'Plan', exact: true })
  const inspector = page.getByRole('region', { name: 'Inspector' })
  const rows = tree.getByRole('row')
  await expect(tree).toContainText('Seq Scan')
  const all = await rows.count()

  await tree.focus()
  await page.keyboard.press('Home')
  await expect(inspector.getByRole('heading', { level: 2 })).toContainText('Aggregate')
  await page.keyboard.press('End')
  await expect(inspector.getByRole('heading', { level: 2 })).toContainText('Seq Scan')
  await expect(inspector).toContainText('own, elapsed')
  await expect(tree.getByRole('row', { selected: true })).toContainText('Seq Scan')

  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowLeft')
  // Headings, the root, sums.
  await expect(rows).toHaveCount(3)
  await page.keyboard.press('ArrowRight')
  await expect(rows).toHaveCount(all)

  await tree.getByRole('row').filter({ hasText: 'on orders o' }).click()
  await expect(inspector).toContainText("(status = 'returned'::text)")
  await expect(inspector).toContainText('thrown away by filter')
  await inspector.getByText('About this run').click()
  await expect(inspector).toContainText('work_mem')
  await expect(inspector).toContainText('AccessShareLock')
})

test('shows what the run waited for, sample by sample, and says when a run was too short', async ({
  page,
}) => {
  const query = await openQuery(page)
  await query.write('select pg_sleep(0.4)')
  await query.press('Control+Shift+Enter')
  await query.ended(/Analyse done/)
  const strip = page.getByRole('region', { name: 'This run’s waits' })
  await expect(strip).toContainText('Timeout · PgSleep')
  const moment = strip.getByRole('slider', { name: 'Moment of the run' })
  await moment.focus()
  for (const key of ['.', '.', '.']) await page.keyboard.press(key)
  await expect(moment).toHaveAttribute('aria-valuetext', /leader \(pid \d+\) at .*: Timeout · PgSleep/)
  await moment.hover()
  await expect(strip).toContainText(/leader \(pid \d+\) at/)

  await query.write('select 1')
  await query.press('Control+Shift+Enter')
  await query.ended(/Analyse done in .* (µs|ms)/)
  await expect(strip).toContainText(/Too (short|few answers in time) to tell/)
})

test('keeps runs with notes, opens any of them, compares and removes them', async ({ page, client }) => {
  const query = await openQuery(page)
  for (const statement of ['select 1 as first_run', 'select pg_sleep(0.7) as second_run']) {
    await query.write(statement)
    await query.runBy('Control+Shift+Enter')
    await expect(query.editor).toContainText(statement.slice(-10))
  }
  await query.tab(/^Runs/).click()
  const runs = page.getByRole('grid', { name: 'Runs' })
  const first = runs.getByRole('row').filter({ hasText: 'first_run' }).first()
  await expect(runs.getByRole('row').filter({ hasText: 'second_run' })).toHaveCount(1)

  await first.getByRole('button', { name: /^Note on run/ }).click()
  await page.getByRole('textbox', { name: /^Note on run/ }).fill('before the index')
  await page.keyboard.press('Enter')
  await expect(first).toContainText('before the index')
  await first.getByRole('button', { name: /^Note on run/ }).click()
  await page.getByRole('textbox', { name: /^Note on run/ }).fill('given up')
  await page.keyboard.press('Escape')
  await expect(first).toContainText('before the index')

  // By any figure, the largest first.
  const slowest = runs.getByRole('row').nth(1)
  await runs.getByRole('button', { name: 'Elapsed' }).click()
  await expect(slowest).toContainText('second_run')
  await runs.getByRole('button', { name: '#', exact: true }).click()

  // Opening it brings its plan up.
  await query.runBy(() => first.click())
  await query.tab(/^Runs/).click()
  await expect(runs.getByRole('row', { selected: true })).toContainText('first_run')
  await expect(runs.getByRole('row').filter({ hasText: 'second_run' })).toContainText(/\d×/)

  // It is open again in the next window, whose editor has the text that was there.
  await query.write('select 3 as not_run')
  await expect.poll(async () => (await client.workbench.preferences())['query.draft']).toContain('not_run')
  await reload(page)
  await expect(page.getByRole('region', { name: 'Plan', exact: true })).toBeVisible()
  await expect(query.editor).toContainText('not_run')
  await query.tab(/^Runs/).click()
  await expect(runs.getByRole('row', { selected: true })).toContainText('first_run')
  await expect(first).toContainText('before the index')

  await page.getByRole('textbox', { name: 'Filter runs by statement or note' }).fill('index')
  await expect(runs.getByRole('row')).toHaveCount(2)
  await first.getByRole('button', { name: /^Remove run/ }).click()
  await page
    .getByRole('button', { name: /^Remove run/ })
    .last()
    .click()
  await expect(runs.getByRole('row')).toHaveCount(1)
  const { sessionId } = await client.session.current()
  const kept = await client.session.runs({ sessionId })
  expect(kept.filter((run) => run.note === 'before the index')).toEqual([])
})

test('a run is compared with the shown one from the list, by a click or a key, and Escape leads back', async ({
  page,
}) => {
  const query = await openQuery(page)
  await query.write('select count(*) from orders where id < 1500')
  await query.runBy('Control+Shift+Enter')
  await query.write('select count(*) from orders where id < 3')
  await query.runBy('Control+Shift+Enter')
  await query.tab(/^Runs/).click()
  const runs = page.getByRole('grid', { name: 'Runs' })
  const wide = runs.getByRole('row').filter({ hasText: 'id < 1500' }).first()
  await expect(
    runs.getByRole('row', { selected: true }).getByRole('button', { name: /^Compare/ }),
  ).toHaveCount(0)
  await wide.getByRole('button', { name: /^Compare run \d+ with the shown run$/ }).click()
  const comparison = page.getByRole('region', { name: 'Comparison' })
  await expect(comparison).toContainText(/before\s*run \d+ · .*id < 1500.*after\s*run \d+ · .*id < 3/)
  await page.keyboard.press('Escape')
  await expect(comparison).toBeHidden()
  await expect(page.getByRole('region', { name: 'Plan', exact: true })).toBeVisible()

  await query.tab(/^Runs/).click()
  await runs.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('c')
  await expect(comparison).toContainText(/before\s*run \d+ · .*id < 1500/)
  // Whoever asks for a view gets to see it.
  await page.keyboard.press('Alt+3')
  await expect(page.getByRole('treegrid', { name: 'Plan', exact: true })).toBeVisible()
})

test('brings a run’s values back with it, where its statement still stands in the editor too', async ({
  page,
}) => {
  const query = await openQuery(page)
  await query.write('select $1::int as asked')
  const field = page.getByRole('textbox', { name: '$1' })
  await field.fill('41')
  await query.runBy('Control+Shift+Enter')
  await field.fill('42')
  await query.runBy('Control+Shift+Enter')
  await query.tab(/^Runs/).click()
  const runs = page.getByRole('grid', { name: 'Runs' })
  await query.runBy(() => runs.getByRole('row').filter({ hasText: 'asked' }).nth(1).click())
  await expect(field).toHaveValue('41')

  // A note, and another run, by keys alone.
  await query.tab(/^Runs/).click()
  await runs.focus()
  await page.keyboard.press('Home')
  await query.runBy('Enter')
  await expect(field).toHaveValue('42')
  await expect(page.locator('[data-plan-focus]')).toBeFocused()
  await query.tab(/^Runs/).click()
  await runs.focus()
  await page.keyboard.press('n')
  await page.getByRole('textbox', { name: /^Note on run/ }).fill('the larger one')
  await page.keyboard.press('Enter')
  await expect(runs.getByRole('row', { selected: true })).toContainText('the larger one')
})
