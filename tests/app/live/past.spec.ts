import { expectAccessibleInBothThemes } from '#tests/support/axe.ts'
import { expect, plainServer, test } from '#tests/support/workbench.ts'
import { openLoad, rangeWords, recordButton } from './live-steps.ts'

test.use({ serverOptions: plainServer })

test('a session that is over says of which server it is and when, lets nothing be stopped, and leads back to what goes on', async ({
  page,
  client,
}) => {
  await openLoad(page)
  await expect(recordButton(page)).toHaveText(/REC/)
  const over = await client.session.current()
  const panels = page.getByRole('navigation', { name: 'Panels' })
  const past = page.getByRole('status').filter({ hasText: /recordings? of test server/ })
  await expect(past).toBeHidden()

  await client.session.create({ name: 'what goes on' })
  await expect(page.getByRole('button', { name: 'Session: what goes on' })).toBeVisible()
  await client.session.open({ path: over.path })
  await expect(past).toContainText(/PostgreSQL [\d.]+ · postgres · .*show the past/)
  await expect(recordButton(page)).toHaveText(/Record$/)
  await expect(rangeWords(page)).toHaveText(/\d\d:\d\d:\d\d – \d\d:\d\d:\d\d · 2 min$/)
  await expectAccessibleInBothThemes(page)

  // The connected server's processes are no part of it.
  await panels.getByRole('button', { name: 'Activity' }).click()
  await expect(past).toBeVisible()
  await expect(page.getByRole('button', { name: 'End process' })).toBeDisabled()
  await panels.getByRole('button', { name: 'Query' }).click()
  await expect(past).toBeHidden()

  await panels.getByRole('button', { name: 'Load' }).click()
  await past.getByRole('button', { name: 'Back to what goes on' }).click()
  await expect(page.getByRole('button', { name: 'Session: what goes on' })).toBeVisible()
  await expect(recordButton(page)).toHaveText(/REC/)
  await expect(past).toBeHidden()
  await expect(rangeWords(page)).toHaveText('the last 2 min')
})
