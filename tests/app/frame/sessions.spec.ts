import { join } from 'node:path'
import { expect, test } from '#tests/support/workbench.ts'

const sessionButton = /^Session: /

test('a new session is made and opened, and the old one is a click away', async ({ page, client }) => {
  const old = await client.session.current()
  await page.getByRole('button', { name: sessionButton }).click()
  await page.getByRole('menuitem', { name: 'New session…' }).click()
  const making = page.getByRole('dialog', { name: 'New session' })
  await making.getByLabel('Name').fill('checkout is slow')
  await making.getByRole('button', { name: 'Make session' }).click()
  await expect(page.getByRole('button', { name: 'Session: checkout is slow' })).toBeVisible()

  await page.getByRole('button', { name: sessionButton }).click()
  await page.getByRole('menuitem', { name: new RegExp(`^${old.name}`) }).click()
  await expect(page.getByRole('button', { name: `Session: ${old.name}` })).toBeVisible()
})

test('a session that another window opened is shown here too', async ({ page, client }) => {
  await expect(page.getByRole('button', { name: sessionButton })).toBeVisible()
  await client.session.create({ name: 'from elsewhere' })
  await expect(page.getByRole('button', { name: 'Session: from elsewhere' })).toBeVisible()
})

test('a file that can’t be opened is refused in words, and the open session stays', async ({
  page,
  host,
  client,
}) => {
  const { name } = await client.session.current()
  await page.keyboard.press('Control+o')
  const dialog = page.getByRole('dialog', { name: 'Open a session' })
  await dialog.getByLabel(/path/).fill(join(host.dataFolder, 'missing.barograph'))
  await dialog.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(dialog.getByRole('alert')).toContainText('missing.barograph')

  // What can't be a session is told where it stands, before anybody is asked.
  await dialog.getByLabel(/path/).fill(host.dataFolder)
  await expect(dialog.getByRole('alert')).toHaveCount(0)
  await page.keyboard.press('Enter')
  await expect(dialog.getByText('A session file ends in .barograph.')).toBeVisible()
  await expect(dialog.getByLabel(/path/)).toHaveAttribute('aria-invalid', 'true')
  await expect(dialog.getByLabel(/path/)).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: `Session: ${name}`, exact: true })).toBeVisible()
  expect((await client.session.current()).name).toBe(name)
})

test('the list of sessions says what is in each: a recording is no empty session', async ({
  page,
  client,
}) => {
  const { path } = await client.session.create({ name: 'nothing in it' })
  await client.session.create({ name: 'the one after' })
  await expect(page.getByRole('button', { name: 'Session: the one after' })).toBeVisible()
  await page.keyboard.press('Control+o')
  const sessions = page.getByRole('list', { name: 'Sessions' })
  const empty = sessions.getByRole('button', { name: /^nothing in it/ })
  await expect(empty).toContainText('empty')
  await expect(empty).toContainText(path)
  await expect(sessions.getByRole('button', { name: /^the one after/ })).toContainText('open')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: sessionButton }).click()
  await expect(page.getByRole('menuitem', { name: /^nothing in it/ })).toContainText('empty')
  await page.keyboard.press('Escape')
})
