import type { Page } from '@playwright/test'
import { type Crowd, crowdSettings, startCrowd } from '#tests/support/crowd.ts'
import { expect, test } from '#tests/support/workbench.ts'

test.use({
  serverOptions: { settings: { ...crowdSettings, max_connections: '300' } },
  panel: 'activity',
})

/** Whatever a table lists: what is in sight, and some rows around it. */
const mostRows = 90

let crowd: Crowd
test.beforeAll(async ({ server, client }) => {
  crowd = await startCrowd(server, { backends: 250, queue: 60, tables: 400, statements: 400 })
  // The first reading of a recording comes at its start: begin anew, now that everybody is there.
  await client.recording.stop()
  await client.recording.start({})
})
test.afterAll(() => crowd.stop())

async function open(page: Page, panel: string, table: string | RegExp) {
  await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: panel }).click()
  return page.getByRole('grid', { name: table })
}

test('hundreds of rows are a table of a handful of elements, in every panel', async ({ page }) => {
  const check = async (panel: string, table: string | RegExp, listed: number) => {
    const grid = await open(page, panel, table)
    await expect
      .poll(async () => Number(await grid.getAttribute('aria-rowcount')), { timeout: 60_000 })
      .toBeGreaterThan(listed)
    expect(await grid.getByRole('row').count()).toBeLessThan(mostRows)
  }
  await check('Activity', 'Processes', 150)
  await check('Locks', 'Blockers by lock-seconds', 10)
  await page.getByRole('tab', { name: 'Tree' }).click()
  await check('Locks', 'Tree of waiting processes', 50)
  await check('Tables', 'Tables', 390)
  await check('Statements', 'Statements', 300)
})
