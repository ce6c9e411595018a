import { readFile } from 'node:fs/promises'
import { expect, plainServer, test } from '#tests/support/workbench.ts'
import { makeShop, openQuery } from './query-page.ts'

test.use({ serverOptions: plainServer, permissions: ['clipboard-read', 'clipboard-write'] })
test.beforeAll(({ server }) => makeShop(server))
// Options outlive a page: each test begins with the usual ones.
test.beforeEach(({ client }) => client.workbench.setPreference({ key: 'query.options', value: '{}' }))

test('scrolls 100,000 rows to their end, with a handful of elements', async ({ page }) => {
  const query = await openQuery(page)
  await query.write("select n, 'row ' || n as name from generate_series(1, 100000) n")
  await query.press('Control+Enter')
  await query.ended(/100,000 rows/)
  await expect(query.grid).toHaveAttribute('aria-rowcount', '100001')
  await query.grid.focus()
  await query.press('Control+End')
  await expect(query.grid.getByRole('gridcell', { name: 'row 100000' })).toBeVisible()
  expect(await query.grid.getByRole('row').count()).toBeLessThan(80)
  await query.press('Control+Home')
  await expect(query.grid.getByRole('gridcell', { name: 'row 1', exact: true })).toBeVisible()
})

test('spends little of the processor on each turn of the wheel at 100,000 rows', async ({ page }) => {
  const query = await openQuery(page)
  await query.write(
    'select n, n * 2 as twice, md5(n::text) as a, md5((n + 1)::text) as b from generate_series(1, 100000) n',
  )
  await query.press('Control+Enter')
  await query.ended(/100,000 rows/)
  const devtools = await page.context().newCDPSession(page)
  // In time of the page's own thread, so that whoever else uses the machine does not count.
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
  const busySeconds = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics')
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN
  }
  const before = await busySeconds()
  const turns = 100
  await query.grid.evaluate(async (grid, count) => {
    for (let turn = 0; turn < count; turn += 1) {
      grid.scrollTop += 240
      await new Promise(requestAnimationFrame)
    }
  }, turns)
  // 60 frames a second leave 16 ms each.
  expect(((await busySeconds()) - before) * 1_000).toBeLessThan(turns * 16)
})

test('says that the limit was reached and what to change', async ({ page }) => {
  const query = await openQuery(page)
  await query.button(/Run options/).click()
  await page.getByLabel('Rows kept').click()
  await page.getByRole('option', { name: '1,000 rows' }).click()
  await expect(page.getByLabel('Rows kept')).toContainText('1,000 rows')
  await page.keyboard.press('Escape')
  await expect(page.getByLabel('Rows kept')).toHaveCount(0)
  await query.write('select n from generate_series(1, 5000) n')
  await query.press('Control+Enter')
  await query.ended(/Run done/)
  await expect(query.grid).toHaveAttribute('aria-rowcount', '1001')
  await expect(page.getByText(/1,000 (rows \(|of )[^·]*limit/)).toBeVisible()
})

test('tells NULL from an empty string, and numbers from text', async ({ page }) => {
  const query = await openQuery(page)
  await query.write("select null::text as nothing, '' as empty, 'NULL' as word, 7 as number")
  await query.press('Control+Enter')
  await query.ended(/1 row/)
  const cells = query.grid.getByRole('gridcell')
  await expect(cells).toHaveText(['NULL', '', 'NULL', '7'])
  await expect(cells.nth(0).locator('.result-grid-null')).toBeVisible()
  await expect(cells.nth(2).locator('.result-grid-null')).toHaveCount(0)
})

test('walks by keys, selects a range and copies it as TSV', async ({ page }) => {
  const query = await openQuery(page)
  await query.write(
    "select n, 'a' || n as a, case when n = 2 then null else 'tab\there' end as b from generate_series(1, 5) n",
  )
  await query.press('Control+Enter')
  await query.ended(/5 rows/)
  // The rows come after the line that counts them.
  await expect(query.grid.getByRole('gridcell', { name: 'a5' })).toBeVisible()
  await query.grid.focus()
  await query.press('ArrowDown')
  await query.press('ArrowRight')
  await query.press('Shift+ArrowDown')
  await query.press('Shift+End')
  await expect(page.getByText('2 × 2 selected')).toBeVisible()
  await query.press('Control+C')
  await expect(page.getByText('Copied 2 × 2 cells').first()).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('a2\t\na3\t"tab\there"')
})

test('opens a cell that was cut for the grid in full', async ({ page }) => {
  const query = await openQuery(page)
  await query.write("select repeat('x', 300000) || 'the end' as long")
  await query.press('Control+Enter')
  await query.ended(/1 row/)
  await expect(query.grid.getByRole('gridcell')).toContainText('characters')
  await query.grid.focus()
  await query.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'long' })
  await expect(dialog).toContainText('300,007 characters')
  await dialog.getByRole('button', { name: 'Copy cell' }).click()
  const copied = () => page.evaluate(() => navigator.clipboard.readText())
  await expect.poll(async () => (await copied()).length).toBe(300_007)
  expect((await copied()).endsWith('the end')).toBe(true)
})

test('downloads everything held as CSV, cut cells whole, quoted as COPY does', async ({ page }) => {
  const query = await openQuery(page)
  await query.write(
    "select n as \"a,b\", case n when 1 then null when 2 then '' when 3 then E'two\\nlines \"quoted\"' else repeat('y', 6000) end as c from generate_series(1, 2500) n",
  )
  await query.press('Control+Enter')
  await query.ended(/2,500 rows/)
  const [download] = await Promise.all([page.waitForEvent('download'), query.button('CSV').click()])
  const text = await readFile(await download.path(), 'utf8')
  expect(text.startsWith('"a,b",c\r\n1,\r\n2,""\r\n3,"two\nlines ""quoted"""\r\n4,yyy')).toBe(true)
  expect(text.split('\r\n')).toHaveLength(2_502)
  expect(text.length).toBeGreaterThan(6_000 * 2_400)
})

test('shows 1,600 columns with the few that fit as elements', async ({ page }) => {
  const query = await openQuery(page)
  const columns = Array.from({ length: 1_600 }, (_, index) => `n + ${index} as c${index}`).join(', ')
  await query.write(`select ${columns} from generate_series(1, 200) n`)
  await query.press('Control+Enter')
  await query.ended(/200 rows/)
  await query.grid.focus()
  await query.press('End')
  await expect(query.grid.getByRole('columnheader', { name: 'c1599' })).toBeVisible()
  expect(await query.grid.getByRole('gridcell').count()).toBeLessThan(1_500)
  await expect(query.grid).toHaveAttribute('aria-colcount', '1601')
})

test('resizes a column by mouse and by keyboard', async ({ page }) => {
  const query = await openQuery(page)
  await query.write("select 'a' as one, 'b' as two")
  await query.press('Control+Enter')
  await query.ended(/1 row/)
  // Columns get their widths with the rows, which come after the line that counts them.
  await expect(query.grid.getByRole('gridcell').first()).toHaveText('a')
  const title = query.grid.getByRole('columnheader', { name: 'one' })
  const width = async () => (await title.boundingBox())?.width ?? 0
  const before = await width()
  const handle = await title.locator('.result-grid-resize').boundingBox()
  await page.mouse.move((handle?.x ?? 0) + 3, (handle?.y ?? 0) + 5)
  await page.mouse.down()
  await page.mouse.move((handle?.x ?? 0) + 83, (handle?.y ?? 0) + 5)
  await page.mouse.up()
  await expect.poll(width).toBe(before + 80)
  await query.grid.focus()
  await query.press('Alt+ArrowLeft')
  await expect.poll(width).toBe(before + 64)
})
