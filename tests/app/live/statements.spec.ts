import { expectAccessibleInBothThemes } from '#tests/support/axe.ts'
import { expect, test } from '#tests/support/workbench.ts'
import {
  counted,
  firstRow,
  grid,
  head,
  inspector,
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
  await grid(page).focus()
  await page.keyboard.press('ArrowDown')
  await expect(firstRow(page)).toHaveAttribute('aria-selected', 'true')
  await expect(inspector(page)).toContainText('Seen at work')
  await page.keyboard.press('Control+Shift+C')
  const copied = () => page.evaluate(() => navigator.clipboard.readText())
  await expect.poll(copied).toMatch(/^Statement\tLoad\tTrend\tTime\tCalls/)
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
