import { expect, plainServer, test } from '#tests/support/workbench.ts'
import { makeShop, onServer, openQuery } from './query-page.ts'

test.use({ serverOptions: plainServer })
test.beforeAll(({ server }) => makeShop(server))

/** Makes and sorts more rows than work_mem holds. */
const spilling = 'select n, md5(n::text) from generate_series(1, 200000) n order by 2'

test('a finding’s setting is tried with the same statement, for that run alone', async ({ page }) => {
  const query = await openQuery(page)
  await query.write(spilling)
  await query.runBy('Control+Shift+Enter')
  await expect(query.tab(/^Plan/)).toContainText(/\d findings?/)
  const card = page
    .getByRole('region', { name: 'Findings' })
    .getByRole('article')
    .filter({ hasText: /spill|temporary files/i })
    .first()
  await expect(card).toBeVisible()
  const button = card.getByRole('button', { name: /work_mem/ })
  if (!(await button.isVisible())) await card.getByRole('heading').getByRole('button').click()
  const before = await query.runLine.getAttribute('data-run')
  await button.click()
  await expect(query.runLine).not.toHaveAttribute('data-run', before ?? '')
  await expect(query.runLine).toContainText(/work_mem = \d+MB/)
  await expect(page.getByRole('button', { name: /^Run options: writes roll back/ })).toBeVisible()

  await query.runBy('Control+Shift+Enter')
  await expect(query.runLine).not.toContainText('work_mem')
})

test('settings for the next run are chips that can be taken back', async ({ page }) => {
  const query = await openQuery(page)
  await query.write('select 1')
  await query.button(/^Run options/).click()
  await page.getByRole('combobox', { name: 'Name of the setting' }).fill('enable_seqscan')
  await page.getByRole('textbox', { name: 'Value of the setting' }).fill('off')
  await page.keyboard.press('Enter')
  const chips = page.getByRole('list', { name: 'Settings for the next run' })
  await expect(chips).toContainText('enable_seqscan = off for the next run')
  await chips.getByRole('button', { name: 'Remove enable_seqscan = off' }).click()
  await expect(chips).toHaveCount(0)

  await page.getByRole('combobox', { name: 'Name of the setting' }).fill('jit')
  await page.getByRole('textbox', { name: 'Value of the setting' }).fill('off')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect(query.button(/^Run options: jit = off/)).toBeVisible()
  await query.runBy('Control+Shift+Enter')
  await expect(query.runLine).toContainText('jit = off')
  await expect(query.button(/^Run options: writes roll back/)).toBeVisible()
})

test('a finding’s statement goes into the editor below the present text, ready to run', async ({
  page,
  server,
}) => {
  const query = await openQuery(page)
  await onServer(server, (client) =>
    client.query(
      'create table if not exists returns as select n as id, n % 5000 as reason from generate_series(1, 500000) n; analyze returns',
    ),
  )
  await query.write('select count(*) from returns where reason = 7')
  await query.runBy('Control+Shift+Enter')
  const offer = page
    .getByRole('region', { name: 'Findings' })
    .getByRole('button', { name: /index|analyze|statistics/i })
    .and(page.locator('[title^="Puts the statement into the editor"]'))
  await expect(offer.first()).toBeVisible()
  await offer.first().click()
  await expect(query.editor).toContainText(/create.index/i)
  await expect(query.editor).toContainText(/select.count/)
  await expect(page.locator('.sql-editor textarea.inputarea')).toBeFocused()
})

test('a link leads to a run’s node, at the start and while the window is open', async ({
  page,
  context,
  url,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const query = await openQuery(page)
  await query.write(
    'select c.country, count(*) from orders o join customers c on c.id = o.customer_id group by c.country',
  )
  await query.runBy('Control+Shift+Enter')
  await query.planShown()
  await page.keyboard.press('Alt+3')
  const grid = page.getByRole('treegrid', { name: 'Plan', exact: true })
  await grid.focus()
  await page.keyboard.press('End')
  const heading = page.getByRole('region', { name: 'Inspector' }).getByRole('heading', { level: 2 })
  await expect(heading).toContainText('Scan')
  const title = (await heading.textContent()) ?? ''
  await page.getByRole('button', { name: 'Copy the plan' }).click()
  await page.getByRole('menuitem', { name: /^Link to the node/ }).click()
  const copied = () => page.evaluate(() => navigator.clipboard.readText())
  await expect.poll(copied).toMatch(/^http:\/\/[^?]+#run=[^&]+&node=\d+$/)
  const link = await copied()

  await query.write('select 2')
  await query.runBy('Control+Shift+Enter')
  await expect(heading).not.toHaveText(title)
  await page.evaluate((hash) => {
    location.hash = hash
  }, new URL(link).hash)
  await expect(heading).toHaveText(title)

  await page.goto('about:blank')
  await page.goto(`${url}${new URL(link).hash}`)
  await expect(heading).toHaveText(title)
  await expect(grid.getByRole('row', { selected: true })).toBeVisible()
})

test('keys that zoom and pan the plan leave the window’s time alone while it is recorded', async ({
  page,
}) => {
  const query = await openQuery(page)
  await query.write('select n from generate_series(1, 1000) n order by 1')
  await query.runBy('Control+Shift+Enter')
  await query.planShown()
  await page.keyboard.press('Alt+1')
  const outline = page.getByRole('treegrid', { name: 'Plan as a graph' })
  await outline.focus()
  const following = page.getByRole('button', { name: 'following ▸ now' })
  const span = page.getByRole('combobox', { name: 'How much time the range spans' })
  const before = await span.textContent()
  for (const key of ['0', '+', '-', 'Shift+ArrowLeft']) await page.keyboard.press(key)
  await expect(following).toBeVisible()
  expect(await span.textContent()).toBe(before)
  // Elsewhere they are the window's.
  await query.tab(/^Plan/).focus()
  await page.keyboard.press('0')
  await expect(page.getByRole('button', { name: 'follow ▸ now' })).toBeVisible()
  await page.keyboard.press('f')
  await expect(following).toBeVisible()
})
