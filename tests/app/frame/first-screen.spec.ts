import { expectAccessibleInBothThemes } from '#tests/support/axe.ts'
import { expect, test } from '#tests/support/workbench.ts'
import { targetButton } from './steps.ts'

test('offers the demo and a connection when there is no server', async ({ page }) => {
  const start = page.getByRole('main', { name: 'Start' })
  await expect(start.getByRole('heading', { level: 1 })).toHaveText('Where does the time go?')
  await expect(start.getByRole('button', { name: /^Start the demo server/ })).toBeEnabled()
  await start.getByRole('button', { name: /^Connect to…/ }).click()
  await expect(page.getByRole('dialog', { name: 'Connect to a PostgreSQL server' })).toBeVisible()
})

test('goes on without a server if asked, and says so above the panel', async ({ page }) => {
  await page.getByRole('button', { name: 'Go on without a server' }).click()
  await expect(page.getByRole('main', { name: 'Query' })).toBeVisible()
  const banner = page.getByRole('status').filter({ hasText: 'No server is connected' })
  await expect(banner).toBeVisible()
  await expect(banner.getByRole('button', { name: 'Start the demo' })).toBeEnabled()
  await expect(page.getByRole('contentinfo', { name: 'Status' })).toContainText('not connected')
})

test('gives way to a panel that is asked for in the rail, which says what it lacks', async ({ page }) => {
  await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: 'Tables' }).click()
  const panel = page.getByRole('main', { name: 'Tables' })
  await expect(panel.getByText('Nothing recorded yet')).toBeVisible()
  await panel.getByRole('button', { name: 'Connect to a server…' }).click()
  await expect(page.getByRole('dialog', { name: 'Connect to a PostgreSQL server' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('status').filter({ hasText: 'No server is connected' })).toBeVisible()
})

test('names its landmarks and reads well in both themes', async ({ page }) => {
  for (const landmark of [
    page.getByRole('banner'),
    page.getByRole('navigation', { name: 'Panels' }),
    page.getByRole('main', { name: 'Start' }),
    page.getByRole('contentinfo', { name: 'Status' }),
  ]) {
    await expect(landmark).toBeVisible()
  }
  await expectAccessibleInBothThemes(page)
})

test('says why a connection failed, and tries it again when asked', async ({ page, client }) => {
  const settings = { host: '127.0.0.1', port: 1, user: 'nobody', database: 'nothing' }
  await client.targets.connect({ name: 'nowhere', settings }).catch(() => {})
  const note = page.getByRole('alert')
  await expect(note).toContainText('Could not connect to nowhere · Port')
  await expect(note).toContainText('127.0.0.1')
  await expect(targetButton(page)).toHaveAccessibleName('Target: nowhere connection failed')
  await note.getByText('Details').click()
  await expect(note.getByText(/ECONNREFUSED/)).toBeVisible()
})
