import type { Page } from '@playwright/test'
import { Client } from 'pg'
import { expectAccessibleInBothThemes } from '#tests/support/axe.ts'
import { keepBusy } from '#tests/support/busy-backend.ts'
import { connectTo, expect, plainServer, test } from '#tests/support/workbench.ts'

test.use({ serverOptions: plainServer, panel: 'host' })

async function openHost(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: 'Host' }).click()
  await expect(page.getByRole('region', { name: 'Host', exact: true })).toBeVisible()
}

const processes = (page: Page) => page.getByRole('grid', { name: 'Processes by what they use' })

test('shows the machine under load, and whose it is', async ({ page, server }) => {
  const stop = await keepBusy(server)
  await openHost(page)
  const cores = page.getByRole('region', { name: 'Cores busy' })
  await expect(cores).toContainText(/\d of \d+/, { timeout: 20_000 })
  for (const name of ['Run queue', 'Memory', 'Disk busy', 'Network', 'The server’s cores']) {
    await expect(page.getByRole('region', { name, exact: true }).getByRole('slider')).toBeVisible()
  }
  await expect(page.getByRole('img', { name: /Busy time of each of \d+ cores/ })).toBeVisible()
  const backends = processes(page).getByRole('row').filter({ hasText: 'client backend' })
  await expect(backends.getByRole('gridcell').nth(3)).toHaveText(/^0?\.\d+|^[1-9]/, { timeout: 20_000 })
  await expect(processes(page).getByRole('row').filter({ hasText: 'checkpointer' })).toHaveCount(1)
  await expect(processes(page).getByRole('row').filter({ hasText: 'Barograph' })).toContainText('MiB')
  await stop()
})

test('says in words what holds the server up, with what that rests on', async ({ page, server }) => {
  const stop = await keepBusy(server)
  await openHost(page)
  const lines = page.getByRole('list', { name: 'What holds the server up' })
  const cpu = lines.getByRole('button', { name: /^CPU/ })
  await expect(cpu).toContainText(/of \d+ (cores )?busy/, { timeout: 20_000 })
  await expect(lines.getByRole('button', { name: /^Locks/ })).toContainText('No sign')
  await cpu.focus()
  await page.keyboard.press('Enter')
  await expect(cpu).toHaveAttribute('aria-expanded', 'true')
  await expect(lines).toContainText('Cores the server used')
  await page.keyboard.press('Enter')
  await expect(lines).not.toContainText('Cores the server used')
  await stop()
})

test('says what can’t be judged where others are hidden, also of a recording that is over', async ({
  page,
  client,
  server,
}) => {
  const { host, port, user, database } = server
  const other = new Client({ host, port, user, database })
  await other.connect()
  await other.query('drop role if exists watcher; create role watcher login')
  await client.session.create({ name: 'watched by a plain role' })
  await connectTo(client, { ...server, user: 'watcher' })
  await openHost(page)
  const lines = page.getByRole('list', { name: 'What holds the server up' })
  const locks = lines.getByRole('button', { name: /^Locks/ })
  await expect(locks).toContainText('GRANT pg_monitor TO "watcher"; shows it', { timeout: 20_000 })
  // The same words and ways as in the other panels.
  const limits = page.getByRole('list', { name: 'What can’t be seen' })
  await expect(limits.getByRole('listitem').filter({ hasText: 'hidden' })).toContainText('Open in Query')
  await client.recording.stop()
  await expect(locks).toContainText('was hidden from the role that recorded it')
  await expect(lines.getByRole('button', { name: /^I\/O/ })).toContainText('not known')
  await connectTo(client, server)
  await other.query('drop role watcher')
  await other.end()
})

test('watches a process tree that was chosen by its command, until it is told not to', async ({
  page,
  server,
}) => {
  const stop = await keepBusy(server)
  await openHost(page)
  await page.keyboard.press('Alt+w')
  const dialog = page.getByRole('dialog', { name: 'Watch a process' })
  await dialog.getByRole('textbox').fill(server.dataFolder)
  await expect(
    dialog.getByRole('list', { name: 'Processes of this machine' }).getByRole('listitem'),
  ).not.toHaveCount(0)
  await dialog.getByRole('button', { name: 'Watch these' }).click()
  await expect(dialog).toBeHidden()
  const tree = processes(page).getByRole('row').filter({ hasText: 'watched' })
  // The postmaster is found by its data folder, and its backends are below it.
  await expect(tree.getByRole('gridcell').nth(2)).toHaveText(/^([5-9]|\d\d)$/, { timeout: 20_000 })
  await expect(tree.getByRole('gridcell').nth(5)).toContainText('MiB', { timeout: 20_000 })
  await tree.click()
  await expect(page.getByRole('region', { name: 'Inspector' })).toContainText('A process tree that you chose')
  await processes(page).focus()
  await page.keyboard.press('Delete')
  await expect(page.getByRole('button', { name: 'Watch no more' })).toHaveCount(0)
  await stop()
})

test('has no axe violations in either theme', async ({ page }) => {
  await openHost(page)
  await expect(page.getByRole('region', { name: 'Cores busy' })).toContainText(/\d of \d+/, {
    timeout: 20_000,
  })
  await page.getByRole('button', { name: /^CPU/ }).click()
  await expectAccessibleInBothThemes(page)
  await page.keyboard.press('Alt+w')
  await expect(page.getByRole('dialog', { name: 'Watch a process' }).getByRole('listitem')).not.toHaveCount(0)
  await expectAccessibleInBothThemes(page)
})
