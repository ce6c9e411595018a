import type { Locator } from '@playwright/test'
import { openQuery } from '#tests/app/query/query-page.ts'
import { expectAccessibleInBothThemes } from '#tests/support/axe.ts'
import { expect, plainServer, reload, test } from '#tests/support/workbench.ts'
import { openConnectDialog } from './steps.ts'

test.use({ serverOptions: plainServer })

test('theme, inspector and its width are there again after a reload', async ({ page, client }) => {
  const inspector = page.getByRole('region', { name: 'Inspector' })
  const width = async () => (await inspector.boundingBox())?.width ?? 0
  await expect(inspector).toBeVisible()
  const before = await width()
  const divider = page.getByRole('separator', { name: 'Width of the inspector' })
  await divider.focus()
  await page.keyboard.press('ArrowLeft')
  await expect.poll(width).toBeGreaterThan(before + 10)
  const wider = await width()

  await page.getByRole('button', { name: 'Theme' }).click()
  await page.getByRole('menuitemradio', { name: 'Light' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
  await expect
    .poll(async () => Object.keys(await client.workbench.preferences()))
    .toEqual(expect.arrayContaining(['frame.theme', 'frame.inspectorWidth']))

  await reload(page)
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
  await expect.poll(width).toBeCloseTo(wider, -1)

  await page.keyboard.press('Control+b')
  await expect(inspector).toBeHidden()
  await expect.poll(async () => (await client.workbench.preferences())['frame.inspector']).toBe('false')
  await reload(page)
  await expect(page.getByRole('main', { name: 'Query' })).toBeVisible()
  await expect(inspector).toBeHidden()
  await page.getByRole('button', { name: 'Inspector', exact: true }).click()
  await expect.poll(width).toBeCloseTo(wider, -1)
  await page.getByRole('button', { name: 'Theme' }).click()
  await page.getByRole('menuitemradio', { name: 'As the system' }).click()
})

test('everything fits a window of 1024 by 700', async ({ page }) => {
  await page.setViewportSize({ width: 1_024, height: 700 })
  await expect(page.getByRole('main', { name: 'Query' })).toBeVisible()
  const overflow = await page.evaluate(() => ({
    across: document.documentElement.scrollWidth - window.innerWidth,
    down: document.documentElement.scrollHeight - window.innerHeight,
  }))
  expect(overflow).toEqual({ across: 0, down: 0 })
  for (const name of [/^Target: /, /^Capabilities/, /^Session: /, /Search commands/, 'Theme', 'Inspector']) {
    const button = page.getByRole('banner').getByRole('button', { name })
    await expect(button).toBeInViewport({ ratio: 1 })
  }
  await expect(page.getByRole('banner').getByText('test server')).toBeInViewport({ ratio: 1 })
})

test('every panel can be reached by the pointer at a zoom of 200 %', async ({ page }) => {
  await page.setViewportSize({ width: 720, height: 450 })
  const panels = page.getByRole('navigation', { name: 'Panels' }).getByRole('button')
  for (const panel of await panels.all()) {
    await panel.click()
    await expect(panel).toHaveAttribute('aria-current', 'page')
    await expect(panel).toBeInViewport({ ratio: 1 })
  }
  // Nothing lies over the way to commands.
  const search = page.getByRole('banner').getByRole('button', { name: /Search commands/ })
  await search.click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  const ends = await search.evaluate((element) =>
    [...element.children].map(
      (child) => child.getBoundingClientRect().right - element.getBoundingClientRect().right,
    ),
  )
  expect(Math.max(...ends)).toBeLessThanOrEqual(0)
  await page.setViewportSize({ width: 1_440, height: 900 })
})

test('in a small window the inspector gives way while it has nothing to say, and comes when it is asked for', async ({
  page,
}) => {
  const inspector = page.getByRole('region', { name: 'Inspector' })
  const toggle = page.getByRole('button', { name: 'Inspector', exact: true })
  await expect(inspector).toBeVisible()
  await page.setViewportSize({ width: 1_024, height: 700 })
  await expect(inspector).toBeHidden()
  await expect(page.getByRole('separator', { name: 'Width of the inspector' })).toBeHidden()
  await expect(toggle).toHaveAttribute('aria-pressed', 'false')
  await toggle.click()
  await expect(inspector).toContainText('Nothing selected')
  await toggle.click()
  await expect(inspector).toBeHidden()
  await page.setViewportSize({ width: 1_440, height: 900 })
  await toggle.click()
  await expect(inspector).toBeVisible()
})

test('in a small window a plan gets the room that the editor and the waits had', async ({ page }) => {
  await page.setViewportSize({ width: 1_024, height: 700 })
  const query = await openQuery(page)
  const heightOf = async (locator: Locator) => (await locator.boundingBox())?.height ?? 0
  const before = await heightOf(query.editor)
  await query.write('select count(*) from generate_series(1, 1000) a')
  await query.runBy('Control+Shift+Enter')
  await query.planShown()
  await expect.poll(() => heightOf(query.editor)).toBeLessThan(before)
  await expect.poll(() => heightOf(page.getByTestId('plan-graph'))).toBeGreaterThan(250)
  const inspector = page.getByRole('region', { name: 'Inspector' })
  await expect(inspector).toContainText('Function Scan')
  expect((await inspector.boundingBox())?.width).toBeLessThan(280)
  // What it says of the next run is on its way: it does not go and come back.
  await query.write('select pg_sleep(30)')
  await query.press('Control+Enter')
  await expect(inspector).toContainText('when the run has ended')
  await query.runBy('Escape')
  await expect(inspector).toContainText('statement timeout')
})

test('the connect form scrolls in a small window instead of squeezing its fields', async ({ page }) => {
  await page.setViewportSize({ width: 1_024, height: 520 })
  const dialog = await openConnectDialog(page)
  await dialog.getByRole('tab', { name: 'Fields' }).click()
  const place = async (label: string) => dialog.getByLabel(label, { exact: true }).boundingBox()
  const [tls, password, name] = await Promise.all(['TLS', 'Password', 'Name'].map(place))
  expect(password?.y).toBeGreaterThan((tls?.y ?? 0) + (tls?.height ?? 0))
  expect(name?.y).toBeGreaterThan((password?.y ?? 0) + (password?.height ?? 0))
  await expect(dialog.getByRole('button', { name: 'Connect', exact: true })).toBeInViewport({ ratio: 1 })
})

test('the connected frame reads well in both themes', async ({ page }) => {
  await expect(page.getByRole('main', { name: 'Query' })).toBeVisible()
  await expectAccessibleInBothThemes(page, { without: '.monaco-editor' })
})

test('figures of the status bar say what they are and where they come from', async ({ page }) => {
  const status = page.getByRole('contentinfo', { name: 'Status' })
  await expect(status).toContainText('connected')
  await status.getByRole('button', { name: /^workbench \d/ }).click()
  const facts = page.getByRole('dialog', { name: 'What the workbench costs' })
  await expect(facts).toContainText('resident memory of its main process')
  await expect(facts).toContainText(/[\d.]+ MiB/)
})
