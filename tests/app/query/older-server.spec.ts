import { expect, test } from '#tests/support/workbench.ts'
import { openQuery } from './query-page.ts'

test.use({ serverOptions: { major: 13 } })

test('says why an older server has no generic plan and no memory option, and works without', async ({
  page,
}) => {
  const query = await openQuery(page)
  const generic = query.button('Generic plan')
  await expect(generic).toHaveAttribute('aria-disabled', 'true')
  await generic.hover()
  await expect(page.getByRole('tooltip')).toContainText('needs PostgreSQL 16, this server is 13')
  await query.button(/Run options/).click()
  const memory = page.getByRole('checkbox', { name: /Memory of the planner/ })
  await expect(memory).toBeDisabled()
  await page.keyboard.press('Escape')
  await expect(memory).toHaveCount(0)
  await query.write('select 1')
  await query.press('Control+Shift+Enter')
  await query.ended(/Analyse done/)
})
