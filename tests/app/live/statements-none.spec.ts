import { expectAccessible } from '#tests/support/axe.ts'
import { expect, test } from '#tests/support/workbench.ts'

test('say what to do', async ({ page }) => {
  await page.getByRole('button', { name: 'Go on without a server' }).click()
  await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: 'Statements' }).click()
  await expect(page.getByText('Nothing recorded yet')).toBeVisible()
  await expectAccessible(page)
})

test('nor do the other panels show anything as if nobody had waited or worked', async ({ page }) => {
  await page.getByRole('button', { name: 'Go on without a server' }).click()
  for (const name of ['Load', 'Locks', 'Activity', 'Tables', 'Host', 'I/O']) {
    await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name }).click()
    const panel = page.getByRole('main', { name })
    await expect(panel.getByText('Nothing recorded yet')).toBeVisible()
    await expect(panel.getByText('Connect to a server to see')).toBeVisible()
    await expect(panel.getByText('Nobody')).toHaveCount(0)
  }
})
