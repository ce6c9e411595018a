import type { Page } from '@playwright/test'
import { expect, plainServer, reload, test } from '#tests/support/workbench.ts'
import { makeShop, openQuery } from './query-page.ts'

test.use({ serverOptions: plainServer })
test.beforeAll(({ server }) => makeShop(server))

const offered = (page: Page) =>
  page.locator('.suggest-widget.visible .monaco-list-row .label-name .monaco-highlighted-label')

test('completes relations, then their columns by alias', async ({ page }) => {
  const query = await openQuery(page)
  await query.type('select * from order_')
  await expect(offered(page).first()).toHaveText('order_lines')
  await page.keyboard.press('Enter')
  await page.keyboard.type(' l where l.')
  await expect(offered(page)).toHaveText(['order_id', 'quantity', 'price'])
  await page.keyboard.type('q')
  await expect(offered(page)).toHaveText(['quantity'])
  await page.keyboard.press('Enter')
  await expect(query.editor).toContainText('select * from order_lines l where l.quantity')
})

test('completes schemas, functions and keywords in the case that is typed', async ({ page }) => {
  const query = await openQuery(page)
  await query.type('select * from arch')
  await expect(offered(page).first()).toHaveText('archive')
  await query.type('select date_tr')
  await expect(offered(page).first()).toHaveText('date_trunc')
  await page.keyboard.press('Enter')
  await expect(query.editor).toContainText('date_trunc()')
  await query.type('SEL')
  await expect(offered(page).first()).toHaveText('SELECT')
})

test('underlines a syntax error with the parser’s message, and takes the line away when it is mended', async ({
  page,
}) => {
  const query = await openQuery(page)
  await query.write('select 1;\nselec 2')
  const line = page.locator('.squiggly-error')
  await expect(line).toBeVisible()
  await page.keyboard.press('F8')
  await expect(page.locator('.zone-widget .marker-widget')).toContainText('syntax error')
  await page.keyboard.press('Escape')
  await query.write('select 1;\nselect 2')
  await expect(line).toHaveCount(0)
})

test('formats, and undo brings the old text back', async ({ page }) => {
  const query = await openQuery(page)
  await query.write('select id,status from orders where id=1')
  await page.keyboard.press('Shift+Alt+F')
  await expect(page.locator('.sql-editor .view-line')).not.toHaveCount(1)
  await page.keyboard.press('Control+Z')
  await expect(page.locator('.sql-editor .view-line')).toHaveCount(1)
})

test('colours keywords, strings, parameters and comments', async ({ page }) => {
  const query = await openQuery(page)
  await query.write("select 'text', $1, count(*) -- why")
  const parts = query.editor.locator('.view-line span span')
  await expect
    .poll(() => parts.evaluateAll((all) => new Set(all.map((part) => getComputedStyle(part).color)).size))
    .toBeGreaterThanOrEqual(5)
})

test('keeps the draft over a reload', async ({ page, client }) => {
  const query = await openQuery(page)
  await query.write("select 'kept over a reload'")
  await expect.poll(async () => (await client.workbench.preferences())['query.draft']).toContain('kept over')
  await reload(page)
  await expect((await openQuery(page)).editor).toContainText('kept over a reload')
})

test('lets Tab indent, and leave after Escape', async ({ page }) => {
  const query = await openQuery(page)
  await query.write('select 1')
  await page.keyboard.press('Home')
  await page.keyboard.press('Tab')
  await expect(query.editor.locator('textarea.inputarea')).toBeFocused()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Tab')
  await expect(query.editor.locator('textarea.inputarea')).not.toBeFocused()
})

test('takes a megabyte of text without losing the keyboard', async ({ page }) => {
  const query = await openQuery(page)
  await query.write(`${'select 1 from orders where id = 1;\n'.repeat(30_000)}select 'last' as x`)
  await page.keyboard.press('Control+Enter')
  await query.ended(/Run done/)
  await expect(query.grid).toContainText('last')
})
