import type { Locator, Page } from '@playwright/test'
import { keepBusy } from '#tests/support/busy-backend.ts'
import { startTestServer } from '#tests/support/servers.ts'
import { expect, plainServer, reload, test } from '#tests/support/workbench.ts'

test.use({ serverOptions: plainServer, panel: 'host' })

const coresOfBackends = (page: Page) =>
  page
    .getByRole('grid', { name: 'Processes by what they use' })
    .getByRole('row')
    .filter({ hasText: 'client backend' })
    .getByRole('gridcell')
    .nth(3)

/** How much is drawn at a point of a canvas, by shares of its width and height: 0 to 255. */
const opacityAt = (canvas: Locator, x: number, y: number) =>
  canvas.evaluate(
    (element: HTMLCanvasElement, share) =>
      element
        .getContext('2d')
        ?.getImageData(Math.round(element.width * share.x), Math.round(element.height * share.y), 1, 1)
        .data[3],
    { x, y },
  )

test('figures are of the server at the range’s end alone, and every panel says so where there was another', async ({
  page,
  client,
  server,
}) => {
  const stop = await keepBusy(server)
  const host = page.getByRole('region', { name: 'Host', exact: true })
  await expect(coresOfBackends(page)).toHaveText(/^0?\.0[5-9]|^0?\.[1-9]|^[1-9]/, { timeout: 30_000 })
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
    await expect(coresOfBackends(page)).toHaveText(/^0?\.0[0-2]|^0$|^< /, { timeout: 30_000 })
    await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: 'I/O' }).click()
    await expect(
      page.getByRole('region', { name: 'I/O and memory', exact: true }).getByText(words),
    ).toBeVisible()
    const goTo = (panel: string) =>
      page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: panel }).click()
    await goTo('Load')
    await expect(page.getByRole('region', { name: 'Load', exact: true }).getByText(words)).toBeVisible()
    await expect(page.getByText('No load in this range')).toBeVisible()
    // The time of the one before is shaded, in small charts too: nothing else is drawn behind their upper edge.
    for (const name of ['Load', 'Connections']) {
      const drawing = page.getByRole('region', { name, exact: true }).locator('canvas').first()
      await expect.poll(() => opacityAt(drawing, 0.1, 0.2)).toBe(255)
    }
    await goTo('Statements')
    const statements = page.getByRole('region', { name: 'Statements', exact: true })
    await expect(statements.getByText(words)).toBeVisible()
    await expect(statements.getByRole('grid').getByText(/generate_series/)).toHaveCount(0)
    await goTo('Locks')
    await expect(page.getByRole('region', { name: 'Locks', exact: true }).getByText(words)).toBeVisible()
    await goTo('Tables')
    await expect(page.getByRole('status').getByText('of the other')).toBeVisible({ timeout: 30_000 })
    // A range that ends earlier is about the one before.
    const { sessionId } = await client.session.current()
    const { recordings } = await client.recording.overview({ sessionId })
    const before = recordings.findLast(({ target }) => target.name === 'test server')
    const toMs = before?.endedAtMs ?? Number.NaN
    await client.workbench.setPreference({
      key: 'time.range',
      value: JSON.stringify({ choice: { kind: 'fixed', fromMs: toMs - 5_000, toMs }, sessionId }),
    })
    await reload(page)
    await goTo('Activity')
    await expect(page.getByText('of test server', { exact: true })).toBeVisible()
    await expect(page.getByRole('grid').getByText(/generate_series/)).toBeVisible()
  } finally {
    await stop()
    await client.targets.disconnect()
    await other.stop()
  }
})
