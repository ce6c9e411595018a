import type { Page } from '@playwright/test'
import { keepBusy } from '#tests/support/busy-backend.ts'
import { startTestServer } from '#tests/support/servers.ts'
import { expect, plainServer, test } from '#tests/support/workbench.ts'

test.use({ serverOptions: plainServer, panel: 'host' })

const coresOfBackends = (page: Page) =>
  page
    .getByRole('grid', { name: 'Processes by what they use' })
    .getByRole('row')
    .filter({ hasText: 'client backend' })
    .getByRole('gridcell')
    .nth(3)

test('figures of the machine are of the server at the range’s end, and the panel says so where there was another', async ({
  page,
  client,
  server,
}) => {
  const stop = await keepBusy(server)
  const host = page.getByRole('region', { name: 'Host', exact: true })
  await expect(coresOfBackends(page)).toHaveText(/^0?\.[1-9]|^[1-9]/, { timeout: 30_000 })
  await expect(host.getByText(/^only /)).toHaveCount(0)

  const other = await startTestServer()
  try {
    const { port, user, database } = other
    await client.targets.connect({
      name: 'the other',
      settings: { host: other.host, port, user, database, sslMode: 'prefer' },
    })
    const words = /^only the other, since \d\d:\d\d:\d\d: test server was recorded before$/
    await expect(host.getByText(words)).toBeVisible()
    // Nobody is at work there, however busy the one before was.
    await expect(coresOfBackends(page)).toHaveText(/^0?\.0|^0$|^< /, { timeout: 30_000 })
    await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: 'I/O' }).click()
    await expect(
      page.getByRole('region', { name: 'I/O and memory', exact: true }).getByText(words),
    ).toBeVisible()
  } finally {
    await stop()
    await client.targets.disconnect()
    await other.stop()
  }
})
