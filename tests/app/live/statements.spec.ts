import { expectAccessibleInBothThemes } from '#tests/support/axe.ts'
import { expect, test } from '#tests/support/workbench.ts'
import {
  counted,
  firstRow,
  grid,
  head,
  inspector,
  keepAsking,
  openPanel,
  openShop,
  row,
  type Shop,
} from './statements-page.ts'

test.use({
  serverOptions: {
    settings: {
      shared_preload_libraries: 'pg_stat_statements',
      'pg_stat_statements.track_planning': 'on',
      track_io_timing: 'on',
      shared_buffers: '1MB',
    },
  },
  permissions: ['clipboard-read', 'clipboard-write'],
  panel: 'statements',
})
let shop: Shop
test.beforeEach(async ({ server, client }) => {
  shop = await openShop(server, true)
  // The extension is looked for at the start.
  await client.recording.stop()
  await client.recording.start({})
})
test.afterEach(() => shop.close())

test('are ranked by load, with what was counted of them, and told apart by what they wait for', async ({
  page,
}) => {
  await openPanel(page)
  await expect(row(page, 'select note from orders').getByRole('gridcell').nth(1)).toContainText('%')
  await counted(page)
  await row(page, 'update stock').click()
  await expect(inspector(page)).toContainText('Lock: ')
  await expect(inspector(page).getByRole('list', { name: 'Callers' })).toContainText('till')
  await expect(inspector(page)).toContainText('time of a call')
  for (const name of ['Load by wait class', 'Calls a second', 'Time of a call']) {
    await expect(page.getByRole('figure', { name })).toBeVisible()
  }
  // The observer's own questions are not the server's load.
  await expect(row(page, 'pg_stat_get_activity')).toHaveCount(0)
})

test('are found, sorted, walked, copied and opened in Query by keys alone', async ({ page }) => {
  await openPanel(page)
  await counted(page)
  await page.keyboard.press('/')
  await expect(page.getByRole('textbox', { name: 'Filter statements' })).toBeFocused()
  await page.keyboard.type('customer_id count')
  await expect(grid(page).getByRole('row')).toHaveCount(2)
  // Columns that are of no row shown have nothing to copy: this statement has to be counted, too.
  await expect(firstRow(page).getByRole('gridcell').nth(4)).toHaveText(/^\d/, { timeout: 30_000 })
  await grid(page).focus()
  await page.keyboard.press('ArrowDown')
  await expect(firstRow(page)).toHaveAttribute('aria-selected', 'true')
  await expect(inspector(page)).toContainText('Seen at work')
  await page.keyboard.press('Control+Shift+C')
  const copied = () => page.evaluate(() => navigator.clipboard.readText())
  await expect(page.getByText('Copied 1 row', { exact: true })).toBeVisible()
  await expect.poll(copied).toMatch(/^Statement\tLoad\tTime\tCalls/)
  expect((await copied()).split('\n')).toHaveLength(2)
  expect(await copied()).toContain('select count(*) from orders where customer_id = $1')

  await page.keyboard.press('/')
  await page.keyboard.press('Control+A')
  await page.keyboard.press('Delete')
  await head(page, 'Calls').getByRole('button').focus()
  await page.keyboard.press('Enter')
  await expect(head(page, 'Calls')).toHaveAttribute('aria-sort', 'descending')
  await page.keyboard.press('Enter')
  await expect(head(page, 'Calls')).toHaveAttribute('aria-sort', 'ascending')

  await grid(page).focus()
  await page.keyboard.press('Enter')
  // As it was seen, with its value: it can be run as it is.
  await expect(page.locator('.sql-editor .view-lines')).toContainText(/customer_id\s=\s\d+/)
})

test('are copied and opened whole, although the table shows them in short', async ({ page, server }) => {
  const columns = Array.from({ length: 40 }, (_, at) => `id + ${at} as plus_${at}`).join(', ')
  const long = `select ${columns} from orders where id = 7`
  const stop = await keepAsking(server, long)
  await openPanel(page)
  const asked = row(page, 'from orders where id =')
  await expect(asked).toBeVisible({ timeout: 30_000 })
  await expect(asked).toContainText('…')
  await asked.click()
  await page.keyboard.press('Control+C')
  const copied = () => page.evaluate(() => navigator.clipboard.readText())
  await expect.poll(copied).toMatch(/as plus_39 from orders where id = \S+\t/)

  // At once, before anything else is known of it.
  await page.keyboard.press('Escape')
  await asked.dblclick()
  const lines = page.locator('.sql-editor .view-lines')
  await expect(lines).toContainText(/plus_39/)
  await expect(lines).not.toContainText('…')
  await stop()
})

test('a statement that is opened below another one is seen from its beginning', async ({ page }) => {
  await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: 'Query' }).click()
  const area = page.locator('.sql-editor textarea.inputarea')
  await area.focus()
  await area.evaluate((target) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', Array.from({ length: 30 }, (_, at) => `-- line ${at}`).join('\n'))
    target.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  })
  await openPanel(page)
  await counted(page)
  await row(page, 'select max').or(row(page, 'count(*) from orders')).first().dblclick()
  // In the upper half of the editor: fields for parameters take of the lower one.
  const editor = page.locator('.sql-editor')
  const beginning = editor
    .locator('.view-line')
    .filter({ hasText: /^select/ })
    .last()
  await expect(beginning).toBeVisible()
  const topOf = async () => {
    const [line, box] = [await beginning.boundingBox(), await editor.boundingBox()]
    return ((line?.y ?? Number.POSITIVE_INFINITY) - (box?.y ?? 0)) / (box?.height ?? 1)
  }
  await expect.poll(topOf).toBeLessThan(0.9)
  await expect.poll(topOf).toBeGreaterThanOrEqual(0)
})

test('have no axe violations in either theme, with one open and none', async ({ page }) => {
  await openPanel(page)
  await counted(page)
  await expectAccessibleInBothThemes(page)
  await row(page, 'update stock').click()
  await expect(page.getByRole('figure', { name: 'Time of a call' })).toBeVisible()
  await expect(inspector(page)).toContainText('Seen at work')
  await expectAccessibleInBothThemes(page)
  await page.setViewportSize({ width: 1_024, height: 700 })
  await expect(row(page, 'update stock')).toBeVisible()
})
