import { expectAccessible } from '#tests/support/axe.ts'
import { expect, test } from '#tests/support/workbench.ts'

test('say what to do', async ({ page }) => {
  await page.getByRole('button', { name: 'Go on without a server' }).click()
  await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: 'Statements' }).click()
  await expect(page.getByText('Nothing recorded yet')).toBeVisible()
  await expectAccessible(page)
})
