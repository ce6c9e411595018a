import { expectAccessibleInBothThemes } from '#tests/support/axe.ts'
import { connectTo, expect, plainServer, test } from '#tests/support/workbench.ts'
import { openLoad, rangeWords, recordButton } from './live-steps.ts'

test.use({ serverOptions: plainServer, panel: 'load' })

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
  await page.keyboard.press('Control+o')
  await expect(
    page.getByRole('list', { name: 'Sessions' }).getByRole('button', { name: over.name }),
  ).toContainText(/test server · recording of \d+(\.\d+)? (s|min)/)
  await page.keyboard.press('Escape')
  await client.session.open({ path: over.path })
  await expect(past).toContainText(/PostgreSQL [\d.]+ · postgres · .*show the past/)
  await expect(recordButton(page)).toHaveText(/Record$/)
  await expect(rangeWords(page)).toHaveText(/\d\d:\d\d:\d\d – \d\d:\d\d:\d\d · [\d.]+ (s|min)$/)
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

test('of two things that are not as they should be the worse one is told, and the other is a click away', async ({
  page,
  client,
  server,
}) => {
  await openLoad(page)
  await expect(recordButton(page)).toHaveText(/REC/)
  const over = await client.session.current()
  await client.session.create({ name: 'the next one' })
  await client.session.open({ path: over.path })
  await expect(page.getByRole('status').filter({ hasText: 'show the past' })).toBeVisible()
  await client.targets.disconnect()
  const refused = { host: '127.0.0.1', port: 1, user: 'x', database: 'x' }
  await client.targets.connect({ name: 'elsewhere', settings: refused }).catch(() => {})
  const failed = page.getByRole('status').filter({ hasText: 'Could not connect to elsewhere' })
  await expect(failed).toBeVisible()
  await expect(page.getByText('Its panels show the past.')).toBeHidden()
  await expectAccessibleInBothThemes(page)
  await failed.getByRole('button', { name: '1 more' }).click()
  const others = page.getByRole('dialog', { name: 'Other news' })
  await expect(others).toContainText(/recordings? of test server.*Its panels show the past\./)
  await expectAccessibleInBothThemes(page)
  await page.keyboard.press('Escape')
  await connectTo(client, server)
  await expect(page.getByText('Its panels show the past.')).toBeVisible()
})
