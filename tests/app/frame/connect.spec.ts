import { Client } from 'pg'
import { expect, test } from '#tests/support/workbench.ts'
import { expectAccessible, fillIn, openConnectDialog, targetButton } from './steps.ts'

test.use({ serverOptions: { auth: 'scram-sha-256' } })

test.beforeEach(async ({ client }) => {
  await client.targets.disconnect()
})

test('tells in words what is wrong, marks the field, and says when it works', async ({ page, server }) => {
  const dialog = await openConnectDialog(page)
  await fillIn(dialog, 'Fields', {
    Host: server.host,
    Port: '1',
    Database: server.database,
    User: server.user,
    Password: server.password ?? '',
  })
  await dialog.getByRole('button', { name: 'Test' }).click()
  const note = dialog.getByRole('alert')
  await expect(note).toContainText('Port')
  await expect(note).toContainText(server.host)
  await expect(dialog.getByLabel('Port')).toHaveAttribute('aria-invalid', 'true')
  await expect(dialog.getByLabel('Host')).not.toHaveAttribute('aria-invalid', 'true')

  await dialog.getByLabel('Port').fill(String(server.port))
  await expect(note).toBeHidden()
  await dialog.getByLabel('Password').fill('not this one')
  await dialog.getByRole('button', { name: 'Test' }).click()
  await expect(note).toContainText('Authentication')
  await expect(dialog.getByLabel('Password')).toHaveAttribute('aria-invalid', 'true')

  await dialog.getByLabel('Password').fill(server.password ?? '')
  await dialog.getByRole('button', { name: 'Test' }).click()
  await expect(dialog.getByText('It works.')).toBeVisible()
  await expect(dialog.getByRole('list', { name: 'Capabilities' }).getByRole('listitem').first()).toBeVisible()
  await dialog.getByText('Settings that were used').click()
  await expect(dialog.getByRole('definition').filter({ hasText: String(server.port) })).toBeVisible()
  await expectAccessible(page)
})

test('keeps the keyboard where it is while it tries, and afterwards', async ({ page, server }) => {
  const dialog = await openConnectDialog(page)
  const { host, port, database, user } = server
  const values = { Host: host, Port: String(port), Database: database, User: user, Password: 'no' }
  await fillIn(dialog, 'Fields', values)
  for (const name of ['Test', 'Connect']) {
    const button = dialog.getByRole('button', { name, exact: true })
    await button.focus()
    await page.keyboard.press('Enter')
    await expect(dialog.getByRole('alert')).toContainText('Authentication')
    await expect(button).toBeFocused()
  }
})

test('asks for the password that was changed on the server meanwhile', async ({ page, server, client }) => {
  const { host, port, user, database, password = '' } = server
  const administrator = new Client({ host, port, user, database, password })
  await administrator.connect()
  try {
    await administrator.query(`drop role if exists visitor`)
    await administrator.query(`create role visitor login password 'first one'`)
    const settings = { host, port, user: 'visitor', database }
    await client.targets.connect({ name: 'visited', settings, password: 'first one' })
    await expect(targetButton(page)).toHaveAccessibleName(/visited PostgreSQL 18/)

    await administrator.query(`alter role visitor password 'second one'`)
    await administrator.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'visitor'`,
    )
    const banner = page.getByRole('status').filter({ hasText: 'Could not connect to visited' })
    await expect(banner).toContainText('did not accept the password of visitor')
    await expect(banner.getByRole('button', { name: 'Try again' })).toHaveCount(0)
    await expect(banner.getByRole('button', { name: 'Enter the password…' })).toBeVisible()
  } finally {
    await administrator.end()
  }
})

test('goes on with the server that is recorded while another one can’t be reached', async ({
  page,
  server,
  client,
}) => {
  const { host, port, user, database, password } = server
  await client.targets.connect({
    name: 'the good one',
    settings: { host, port, user, database },
    ...(password === undefined ? {} : { password }),
  })
  const recording = page.getByRole('button', { name: /^Recording: on:/ })
  await expect(recording).toBeVisible()
  const { sessionId } = await client.session.current()
  const recordings = async () => (await client.recording.overview({ sessionId })).recordings
  const before = (await recordings()).length

  const dialog = await openConnectDialog(page)
  await fillIn(dialog, 'Fields', {
    Host: host,
    Port: String(port),
    Database: database,
    User: user,
    Password: 'no',
  })
  await dialog.getByRole('button', { name: 'Connect', exact: true }).click()
  await expect(dialog.getByRole('alert')).toContainText('Authentication')
  await expect(dialog.getByLabel('Password')).toHaveAttribute('aria-invalid', 'true')
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(targetButton(page)).toHaveAccessibleName(/the good one/)
  await expect(recording).toBeVisible()
  const after = await recordings()
  expect(after).toHaveLength(before)
  expect(after.at(-1)?.endedAtMs).toBeUndefined()
})

test('says what is wrong with a field before anything is sent', async ({ page }) => {
  const dialog = await openConnectDialog(page)
  await fillIn(dialog, 'Fields', { Port: '70000' })
  await dialog.getByRole('button', { name: 'Connect', exact: true }).click()
  await expect(dialog.getByText('A port is a number from 1 to 65535.')).toBeVisible()
  await dialog.getByRole('tab', { name: 'URL' }).click()
  await dialog.getByRole('button', { name: 'Connect', exact: true }).click()
  await expect(dialog.getByText('Paste a URL, or key=value pairs.')).toBeVisible()

  // What can't be read is told once, where it stands.
  await dialog.getByLabel('Connection URL').fill('postgresql://me@localhost/shop?sslmode=sometimes')
  await dialog.getByRole('button', { name: 'Test' }).click()
  await expect(dialog.getByText(/^sslmode must be one of/)).toHaveCount(1)
  await expect(dialog.getByLabel('Connection URL')).toHaveAttribute('aria-invalid', 'true')
  await expect(dialog.getByRole('alert')).toHaveCount(0)
})

test('connects by URL, keeps its password to itself, and lists the target as recent', async ({
  page,
  server,
  client,
}) => {
  const dialog = await openConnectDialog(page)
  await dialog.getByLabel('Connection URL').fill(server.url)
  await expect(dialog.getByText(/Goes to/)).toContainText('kept out of what is saved')
  await dialog.getByLabel('Connection URL').press('Enter')
  await expect(dialog).toBeHidden()
  await expect(targetButton(page)).toHaveAccessibleName(/PostgreSQL 18\.\d+ · postgres$/)

  await targetButton(page).click()
  await expect(page.getByRole('menuitem', { name: `postgres on ${server.host}` })).toBeVisible()
  await expect
    .poll(async () => (await client.workbench.preferences())['targets.recent'])
    .toContain(String(server.port))
  expect(JSON.stringify(await client.workbench.preferences())).not.toContain(server.password)
  expect(await page.content()).not.toContain(server.password)
})

test('fills the fields from a URL', async ({ page }) => {
  const dialog = await openConnectDialog(page)
  await dialog.getByLabel('Connection URL').fill('postgresql://ada@db.example.org:5433/shop?sslmode=require')
  await dialog.getByRole('button', { name: 'Edit as fields' }).click()
  await expect(dialog.getByLabel('Host')).toHaveValue('db.example.org')
  await expect(dialog.getByLabel('Port')).toHaveValue('5433')
  await expect(dialog.getByLabel('User')).toHaveValue('ada')
  await expect(dialog.getByLabel('TLS')).toHaveText('require')
})

test('says that there is no keychain rather than offering to remember', async ({ page }) => {
  const dialog = await openConnectDialog(page)
  await expect(dialog.getByText(/There is no keychain here/)).toBeVisible()
  await expect(dialog.getByRole('checkbox')).toHaveCount(0)
})

test('saves a target, asks for its password, edits and removes it', async ({ page, server }) => {
  const dialog = await openConnectDialog(page)
  const { host, port, database, user } = server
  await fillIn(dialog, 'Fields', { Host: host, Port: String(port), Database: database, User: user })
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByText('Give it a name to find it by.')).toBeVisible()
  await dialog.getByLabel('Name').fill('staging')
  await dialog.getByRole('button', { name: 'Save' }).click()
  const saved = dialog.getByRole('list', { name: 'Saved targets' })
  await expect(saved.getByRole('button', { name: /^staging/ })).toHaveAttribute('aria-current', 'true')
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()

  await targetButton(page).click()
  await page.getByRole('menuitem', { name: /^staging/ }).click()
  const asking = page.getByRole('dialog', { name: 'Password for staging' })
  await asking.getByLabel('Password').fill('not this one')
  await asking.getByRole('button', { name: 'Connect' }).click()
  await expect(asking.getByRole('alert')).toBeVisible()
  await asking.getByLabel('Password').fill(server.password ?? '')
  await asking.getByRole('button', { name: 'Connect' }).click()
  await expect(targetButton(page)).toHaveAccessibleName(/^Target: staging PostgreSQL 18/)

  await openConnectDialog(page)
  await saved.getByRole('button', { name: /^staging/ }).click()
  await dialog.getByLabel('Name').fill('rehearsal')
  await dialog.getByRole('button', { name: 'Save changes' }).click()
  await expect(saved.getByRole('button', { name: /^rehearsal/ })).toBeVisible()

  await saved.getByRole('button', { name: 'Remove rehearsal' }).click()
  const question = page.getByRole('dialog', { name: 'Remove rehearsal?' })
  await expect(question).toContainText('The server is not touched.')
  await question.getByRole('button', { name: 'Remove' }).click()
  await expect(saved.getByRole('listitem')).toHaveCount(0)
})

test('shows what the server offers, and copies what mends a lack', async ({
  page,
  server,
  client,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const { host, port, database, user, password = '' } = server
  await client.targets.connect({ name: 'bare', settings: { host, port, database, user }, password })
  await page.getByRole('button', { name: /^Capabilities: \d+ missing/ }).click()
  const dialog = page.getByRole('dialog', { name: 'What this server offers' })
  const lacking = dialog
    .getByRole('listitem')
    .filter({ hasText: 'pg_stat_statements' })
    .filter({ hasText: 'missing' })
  await lacking.getByRole('button', { name: /^Copy what mends/ }).click()
  await expect(lacking.getByRole('status')).toHaveText('Copied')
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/pg_stat_statements/)
  await expectAccessible(page)
})
