import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from '#tests/support/workbench.ts'
import { makeShop, openQuery } from './query-page.ts'

test.use({ serverOptions: {} })
test.beforeAll(({ server }) => makeShop(server))

async function violations(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
}

for (const colorScheme of ['dark', 'light'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme })

    test('has no axe violations when empty, with rows, a plan, an error and open options', async ({
      page,
    }) => {
      // Five looks at everything that is shown: a busy machine takes a minute for them.
      test.slow()
      const query = await openQuery(page)
      expect(await violations(page)).toEqual([])

      await query.write('select n, null as nothing from generate_series(1, 500) n')
      await query.runBy('Control+Enter')
      await query.ended(/500 rows/)
      await query.grid.focus()
      expect(await violations(page)).toEqual([])

      await query.write('select $1::int')
      await expect(page.getByRole('region', { name: 'Parameters' })).toContainText('integer')
      await query.runBy('Control+Shift+Enter')
      await query.ended(/Analyse/)
      expect(await violations(page)).toEqual([])

      await query.write('select * from nowhere')
      await query.runBy('Control+Enter')
      await query.ended(/Run failed/)
      expect(await violations(page)).toEqual([])

      await query.button(/Run options/).click()
      await expect(page.getByRole('radio', { name: /^Roll back/ })).toBeVisible()
      expect(await violations(page)).toEqual([])
    })
  })
}

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
