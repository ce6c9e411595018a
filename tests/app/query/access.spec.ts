import { expectAccessibleInBothThemes, wcagTags } from '#tests/support/axe.ts'
import { expect, plainServer, test } from '#tests/support/workbench.ts'
import { makeShop, openQuery } from './query-page.ts'

test.use({ serverOptions: plainServer })
test.beforeAll(({ server }) => makeShop(server))

test('has no axe violations in either theme when empty, with rows, a plan, an error and open options', async ({
  page,
}) => {
  const query = await openQuery(page)
  await expectAccessibleInBothThemes(page, { tags: wcagTags })

  await query.write('select n, null as nothing from generate_series(1, 500) n')
  await query.runBy('Control+Enter')
  await query.ended(/500 rows/)
  await query.grid.focus()
  await expectAccessibleInBothThemes(page, { tags: wcagTags })

  await query.write('select $1::int')
  await expect(page.getByRole('region', { name: 'Parameters' })).toContainText('integer')
  await query.runBy('Control+Shift+Enter')
  await query.ended(/Analyse/)
  await expectAccessibleInBothThemes(page, { tags: wcagTags })

  await query.write('select * from nowhere')
  await query.runBy('Control+Enter')
  await query.ended(/Run failed/)
  await expectAccessibleInBothThemes(page, { tags: wcagTags })

  await query.button(/Run options/).click()
  await expect(page.getByRole('radio', { name: /^Roll back/ })).toBeVisible()
  await expectAccessibleInBothThemes(page, { tags: wcagTags })
})

test('goes from typing to rows to copying without a mouse', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const query = await openQuery(page)
  await page.keyboard.press('Control+1')
  await expect(page.locator('.monaco-editor.focused')).toBeVisible()
  await page.keyboard.press('Control+A')
  await page.keyboard.type("select 'by keyboard' as way")
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+Enter')
  await query.ended(/Run done/)
  await page.keyboard.press('Control+2')
  await expect(query.grid).toBeFocused()
  await page.keyboard.press('Control+C')
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('by keyboard')
})

test('offers everything it does in the palette', async ({ page }) => {
  await openQuery(page)
  await page.keyboard.press('Control+K')
  for (const title of [
    'Analyse statement',
    'Run statement',
    'Show the plan only',
    'Show the generic plan',
    'Format SQL',
    'Set run options',
  ])
    await expect(page.getByRole('option', { name: title })).toBeAttached()
})
