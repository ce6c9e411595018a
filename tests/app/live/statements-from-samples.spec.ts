import { expectAccessible } from '#tests/support/axe.ts'
import { expect, test } from '#tests/support/workbench.ts'
import { head, inspector, openPanel, openShop, row } from './statements-page.ts'

test.use({ serverOptions: { settings: { compute_query_id: 'off' } }, panel: 'statements' })

test('are known from samples alone, told apart by their shape, with what brings the rest', async ({
  page,
  server,
  client,
}) => {
  const shop = await openShop(server, false)
  await client.recording.start({})
  await openPanel(page)
  const checkout = row(page, 'select count(*) from orders where customer_id = ?')
  await expect(checkout).toHaveCount(1)
  await expect(checkout).toContainText('postgres')
  await expect(head(page, 'Calls')).toHaveCount(0)
  const limits = page.getByRole('list', { name: 'What can’t be seen' })
  await expect(limits).toContainText('the library is not loaded')
  await checkout.click()
  await expect(inspector(page)).toContainText('Seen at work')
  await page.screenshot({ path: 'test-results/statements-samples.png' })
  await expectAccessible(page)
  await limits.getByRole('button', { name: 'Open in Query' }).click()
  await expect(page.locator('.sql-editor .view-lines')).toContainText(/ALTER\sSYSTEM\sSET/)
  await shop.close()
})
