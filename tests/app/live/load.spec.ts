import { startLoad } from '#tests/support/server-load.ts'
import { test as base, expect } from '#tests/support/workbench.ts'
import { expectAccessible } from '../frame/steps.ts'
import {
  momentOf,
  openLoad,
  pointOf,
  rangeWords,
  ranking,
  recordButton,
  recordingMeter,
} from './live-steps.ts'

const test = base.extend<object, { readonly load: undefined }>({
  load: [
    async ({ server }, give) => {
      const load = await startLoad(server, { calm: true })
      await give(undefined)
      await load.stop()
    },
    { scope: 'worker', auto: true },
  ],
})
test.use({ serverOptions: { settings: { track_io_timing: 'on' } }, panel: 'load' })

test('a connected server is recorded by itself, and its load is drawn, ranked and told as it comes', async ({
  page,
}) => {
  await openLoad(page)
  await expect(recordButton(page)).toHaveText(/^Recording: on:.*REC \d\d:\d\d:\d\d$/)
  await expect(recordingMeter(page)).toHaveText(/^10 Hz · lag [\d.]+ m?s · .*gaps? · /)
  await expect(rangeWords(page)).toHaveText(/the last 2 min$/)

  const rows = ranking(page, 'wait class')
  await expect(rows.getByRole('row', { name: /^Lock/ })).toBeVisible()
  await expect(rows.getByRole('row', { name: /^Timeout/ })).toBeVisible()
  await expect(page.getByText('sessions on average')).toBeVisible()
  const transactions = page.getByRole('region', { name: 'Transactions' })
  await expect(transactions).toContainText(/[\d.]+ \/s/)
  await expect(page.getByRole('region', { name: 'Connections' })).toContainText(/\d+ of \d+/)
  await expect(page.getByTitle('From sample to screen')).toHaveText(/^sample → screen [\d.]+ m?s$/)
})

test('the same load is told apart by anything, and narrowed down to what matters', async ({ page }) => {
  await openLoad(page)
  await ranking(page, 'wait class').getByRole('button', { name: 'Only Lock' }).click()
  const filters = page.getByRole('list', { name: 'Filters' })
  await expect(filters).toHaveText(/wait class Lock/)
  await expect(ranking(page, 'wait class').getByRole('row')).toHaveCount(2)

  await page.getByRole('radio', { name: 'statement' }).click()
  const statements = ranking(page, 'statement')
  await expect(statements.getByRole('row', { name: /^update stock set reserved/ })).toBeVisible()
  await expect(statements.getByRole('row', { name: /^select … from orders/ })).toBeHidden()
  // Until something is selected, the room is the table's.
  const inspector = page.getByRole('region', { name: 'Inspector' })
  await expect(inspector).toBeHidden()
  await statements.getByRole('row', { name: /^update stock/ }).click({ position: { x: 60, y: 12 } })
  await expect(inspector).toContainText('share of the load')
  await expect(inspector.getByRole('button', { name: 'Open in Query' })).toBeVisible()

  await filters.getByRole('button', { name: 'Take off wait class Lock' }).click()
  await expect(filters).toBeHidden()
  await expect(statements.getByRole('row', { name: /^select … from orders/ })).toBeVisible()
  await page.getByRole('radio', { name: 'application' }).click()
  await expect(ranking(page, 'application').getByRole('row', { name: /^report/ })).toBeVisible()
})

test('rows are filtered by keys alone', async ({ page }) => {
  await openLoad(page)
  await page.keyboard.press('Alt+6')
  const applications = ranking(page, 'application')
  await expect(applications.getByRole('row', { name: /^report/ })).toBeVisible()
  await applications.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('list', { name: 'Filters' })).toHaveText(/application \w+/)
  await page.keyboard.press('Shift+Escape')
  await expect(page.getByRole('list', { name: 'Filters' })).toBeHidden()
})

test('a range is drawn on the chart, and followed again by a key', async ({ page }) => {
  await openLoad(page)
  const chart = momentOf(page, 'Load by wait class')
  const [from, to] = [await pointOf(chart, 0.94), await pointOf(chart, 0.99)]
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(to.x, to.y, { steps: 4 })
  await page.mouse.up()
  await expect(rangeWords(page)).toHaveText(/\d\d:\d\d:\d\d – \d\d:\d\d:\d\d · [\d.]+ s$/)
  await expect(page.getByRole('button', { name: 'follow ▸ now' })).toHaveAttribute('aria-pressed', 'false')
  await page.keyboard.press('f')
  await expect(rangeWords(page)).toHaveText(/the last 2 min$/)
  await page.keyboard.press('Space')
  await expect(rangeWords(page)).toHaveText(/–/)
  await page.keyboard.press('Space')
  await expect(rangeWords(page)).toHaveText(/the last 2 min$/)
})

test('charts are walked by arrows, told in words, and their ends set the range', async ({ page }) => {
  await openLoad(page)
  await expect(ranking(page, 'wait class').getByRole('row', { name: /^Lock/ })).toBeVisible()
  const chart = momentOf(page, 'Load by wait class')
  await chart.focus()
  // There is nothing to walk before the chart has its first figures.
  await expect(async () => {
    await page.keyboard.press('ArrowLeft')
    await expect(chart).toHaveAttribute(
      'aria-valuetext',
      /^\d\d:\d\d:\d\d\.\d: [\d.]+ active sessions?, .*Lock [\d.]+/,
      {
        timeout: 1_000,
      },
    )
  }).toPass()
  const before = await chart.getAttribute('aria-valuetext')
  await page.keyboard.press('PageUp')
  await expect(chart).not.toHaveAttribute('aria-valuetext', before ?? '')
  await page.keyboard.press('[')
  await expect(rangeWords(page)).toHaveText(/the last [\d.]+ s$/)
  await page.keyboard.press('Escape')
  await expect(chart).toHaveAttribute('aria-valuetext', 'not pointed at')
})

test('a chart is a table, a picture and a file of figures as well', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openLoad(page)
  await expect(ranking(page, 'wait class').getByRole('row', { name: /^Lock/ })).toBeVisible()
  const menu = page.getByRole('button', { name: 'Table and copies of Load by wait class' })
  await menu.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Show as table' }).click()
  const table = page.getByRole('table', { name: 'Load by wait class' })
  await expect(table.getByRole('row').nth(1)).toContainText(/\d\d:\d\d:\d\d/)
  await expect(table.getByRole('columnheader', { name: 'Lock', exact: true })).toBeVisible()

  const copy = async (item: string) => {
    await menu.click()
    await page.getByRole('menuitem', { name: item }).click()
  }
  const copied = () => page.evaluate(() => navigator.clipboard.readText())
  await copy('Copy as TSV')
  await expect.poll(copied).toMatch(/^time\tCPU\tIO\tLock[\s\S]*\n\d{4}-\d\d-\d\dT/)
  await copy('Copy as SVG')
  await expect.poll(copied).toMatch(/^<svg [\s\S]*Load by wait class[\s\S]*<\/svg>$/)
  await copy('Copy as PNG')
  await expect
    .poll(() => page.evaluate(async () => (await navigator.clipboard.read()).flatMap((item) => item.types)))
    .toContain('image/png')
  await menu.click()
  await page.getByRole('menuitem', { name: 'Show as chart' }).click()
  await expect(momentOf(page, 'Load by wait class')).toBeVisible()
})

test('a window that nobody looks at is told nothing, and asks for what it missed when somebody does', async ({
  page,
  client,
}) => {
  const asked: string[] = []
  page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => asked.push(payload.toString())))
  await page.reload()
  await openLoad(page)
  const show = (state: 'hidden' | 'visible') =>
    page.evaluate((visibilityState) => {
      Object.defineProperty(document, 'visibilityState', { value: visibilityState, configurable: true })
      document.dispatchEvent(new Event('visibilitychange'))
    }, state)
  const ticksAsked = () => asked.filter((text) => text.includes('/recording/tail')).length
  // So fast, what the workbench remembers for windows is gone within seconds.
  await client.recording.setRate({ hz: 100 })
  const { sessionId } = await client.session.current()
  const { cursor } = await client.recording.tail({ sessionId, after: 0, waitMs: 0 })
  await show('hidden')
  const hiddenAtMs = Date.now()
  // One question may have been under way.
  const before = ticksAsked()
  await expect
    .poll(async () => (await client.recording.tail({ sessionId, after: cursor, waitMs: 0 })).restart, {
      timeout: 30_000,
    })
    .toBe(true)
  expect(ticksAsked() - before).toBeLessThanOrEqual(1)
  asked.length = 0
  await show('visible')
  const ends = () =>
    asked
      .filter((text) => text.includes('/load/series') && text.includes('"buckets":500'))
      .flatMap((text) => [...text.matchAll(/"toMs":([\d.]+)/g)].map(([, toMs]) => Number(toMs)))
  await expect.poll(() => ends().length).toBeGreaterThan(0)
  // Up to now, not to when it was hidden: a chart asks for a little more than it shows.
  expect(Math.min(...ends())).toBeGreaterThan(hiddenAtMs + 2_400)
  await client.recording.setRate({ hz: 10 })
})

test('the rate is chosen from the menu of recording, and the status bar tells what it comes to', async ({
  page,
}) => {
  await openLoad(page)
  await recordButton(page).click()
  await page.getByRole('menuitemradio', { name: '20 Hz' }).click()
  await expect(recordingMeter(page)).toHaveText(/^20 Hz|of 20 Hz/)
  await recordingMeter(page).click()
  const facts = page.getByRole('dialog', { name: 'What recording costs' })
  await expect(facts).toContainText('samples a second, taken')
  await expect(facts).toContainText('shared_preload_libraries')
  await page.keyboard.press('Escape')
  await recordButton(page).click()
  await page.getByRole('menuitemradio', { name: '10 Hz, as usual' }).click()
  await expect(recordingMeter(page)).toHaveText(/^10 Hz|of 10 Hz/)
})

test('the panel is read by everybody, in both themes, and fits a small window', async ({ page }) => {
  await openLoad(page)
  await expect(ranking(page, 'wait class').getByRole('row', { name: /^Lock/ })).toBeVisible()
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme)
    await expectAccessible(page)
  }
  await page.setViewportSize({ width: 1_024, height: 700 })
  await expect(page.getByRole('combobox', { name: 'Load by' })).toBeVisible()
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)
  await expect(momentOf(page, 'Load by wait class')).toBeInViewport()
  await expect(page.getByRole('region', { name: 'Timeline' })).toBeInViewport()
})
