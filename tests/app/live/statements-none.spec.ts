import { expect, test } from '#tests/support/workbench.ts'
import { check } from './statements-page.ts'

test('say what to do', async ({ page }) => {
  await page.getByRole('button', { name: 'Go on without a server' }).click()
  await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: 'Statements' }).click()
  await expect(page.getByText('Nothing recorded yet')).toBeVisible()
  await check(page)
})
