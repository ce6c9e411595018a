import type { Page } from '@playwright/test'
import { expect, plainServer, reload, test } from '#tests/support/workbench.ts'
import { expectAccessible } from '../frame/steps.ts'
import { openLoad, pointOf, rangeWords } from './live-steps.ts'

test.use({ serverOptions: plainServer, panel: 'load' })

const timelineOf = (page: Page) => page.getByRole('region', { name: 'Timeline' })
const rangeOf = (page: Page) => timelineOf(page).getByRole('slider', { name: 'Time range', exact: true })
const endOf = (page: Page, end: 'Beginning' | 'End') =>
  timelineOf(page).getByRole('slider', { name: `${end} of the time range` })
const followOf = (page: Page) => timelineOf(page).getByRole('button', { name: /▸ now$/ })

/** A few seconds of the session, so that there is something to choose from. */
async function waitForSession(page: Page): Promise<void> {
  await openLoad(page)
  await expect(page.getByTitle('From sample to screen')).toBeVisible()
}

/** As it is kept; a window that never had another range keeps none. */
const twoMinutes = JSON.stringify({ kind: 'follow', spanMs: 120_000 })

async function chooseTwoMinutes(page: Page): Promise<void> {
  await timelineOf(page).getByRole('combobox', { name: 'How much time the range spans' }).click()
  await page.getByRole('option', { name: 'last 2 min' }).click()
}

test.afterEach(async ({ page, client }) => {
  await page.keyboard.press('f')
  await expect(followOf(page)).toHaveAttribute('aria-pressed', 'true')
  await chooseTwoMinutes(page)
  // The next test's window finds what this one left, and a page that a test closes says no farewell.
  await expect
    .poll(async () => (await client.workbench.preferences())['time.range'] ?? twoMinutes)
    .toContain(twoMinutes)
  await client.workbench.setPreference({ key: 'frame.timeline', value: JSON.stringify('auto') })
})

test('the range is moved, widened and followed by keys', async ({ page }) => {
  await waitForSession(page)
  await expect(rangeOf(page)).toHaveAttribute('aria-valuetext', 'the last 2 min, following')
  await rangeOf(page).focus()
  // Of a session of seconds, less is less than these.
  await page.keyboard.press('+')
  await expect(rangeWords(page)).toHaveText(/the last [\d.]+ s$/)
  for (let step = 0; step < 5; step += 1) await page.keyboard.press('-')
  await expect(rangeWords(page)).toHaveText(/the last \d min/)
  await chooseTwoMinutes(page)
  await rangeOf(page).focus()
  await page.keyboard.press('ArrowLeft')
  await expect(rangeOf(page)).toHaveAttribute('aria-valuetext', /^\d\d:\d\d:\d\d to \d\d:\d\d:\d\d$/)
  await page.keyboard.press('End')
  await expect(rangeOf(page)).toHaveAttribute('aria-valuetext', 'the last 2 min, following')
  await page.keyboard.press('Home')
  await expect(followOf(page)).toHaveAttribute('aria-pressed', 'false')
})

test('of a session that has just begun all is seen, without a void before it', async ({ page }) => {
  await waitForSession(page)
  // Two minutes are followed; the range on the timeline begins where the session does.
  await expect(rangeOf(page)).toHaveAttribute('aria-valuetext', 'the last 2 min, following')
  const track = timelineOf(page).locator('canvas')
  const shareTaken = async () => {
    const [range, whole] = [await rangeOf(page).boundingBox(), await track.boundingBox()]
    return (range?.width ?? 0) / (whole?.width ?? 1)
  }
  await expect.poll(shareTaken).toBeGreaterThan(0.9)
})

test('each end is moved by keys of its own', async ({ page }) => {
  await waitForSession(page)
  await followOf(page).click()
  const from = endOf(page, 'Beginning')
  await from.focus()
  const before = await from.getAttribute('aria-valuetext')
  await page.keyboard.press('PageDown')
  await expect(from).not.toHaveAttribute('aria-valuetext', before ?? '')
  const words = await rangeWords(page).textContent()
  await endOf(page, 'End').focus()
  await page.keyboard.press('PageUp')
  await expect(rangeWords(page)).not.toHaveText(words ?? '')
})

test('a sample is a step', async ({ page }) => {
  await waitForSession(page)
  await page.keyboard.press(',')
  await expect(followOf(page)).toHaveAttribute('aria-pressed', 'false')
  const readEnd = () => endOf(page, 'End').getAttribute('aria-valuetext')
  await expect.poll(readEnd).not.toBe('now')
  const before = await readEnd()
  for (let step = 0; step < 30; step += 1) await page.keyboard.press(',')
  await expect.poll(readEnd).not.toBe(before)
  for (let step = 0; step < 30; step += 1) await page.keyboard.press('.')
  await expect.poll(readEnd).toBe(before)
})

test('the range is drawn, dragged and resized with the pointer', async ({ page }) => {
  await waitForSession(page)
  const track = timelineOf(page).locator('canvas')
  // Beyond the session there is nothing to hold: the whole of it is within the last two minutes.
  await followOf(page).click()
  await endOf(page, 'End').focus()
  await page.keyboard.press('Home')
  const drag = async (from: number, to: number) => {
    const [start, end] = [await pointOf(track, from, 0.3), await pointOf(track, to, 0.3)]
    await page.mouse.move(start.x, start.y)
    await page.mouse.down()
    await page.mouse.move(end.x, end.y, { steps: 5 })
    await page.mouse.up()
  }
  const shareOf = async (end: 'Beginning' | 'End') =>
    Number(await endOf(page, end).getAttribute('aria-valuenow'))
  await drag(0.2, 0.4)
  await expect.poll(() => shareOf('Beginning')).toBeCloseTo(20, -1)
  await expect.poll(() => shareOf('End')).toBeCloseTo(40, -1)
  await drag(0.3, 0.5)
  await expect.poll(() => shareOf('Beginning')).toBeGreaterThan(32)
  await expect.poll(() => shareOf('End')).toBeGreaterThan(52)
})

test('the timeline is zoomed by the wheel, and shows all of the session again', async ({ page }) => {
  await waitForSession(page)
  const { x, y } = await pointOf(timelineOf(page).locator('canvas'), 0.1, 0.3)
  await page.mouse.move(x, y)
  await page.mouse.wheel(0, -600)
  const whole = timelineOf(page).getByRole('button', { name: 'whole' })
  await whole.click()
  await expect(whole).toBeHidden()
})

test('range and timeline are there again after a reload', async ({ page, client }) => {
  await waitForSession(page)
  await followOf(page).click()
  const words = (await rangeWords(page).textContent()) ?? ''
  await timelineOf(page).getByRole('button', { name: 'Make the timeline low' }).click()
  await timelineOf(page).getByRole('button', { name: 'Hide the timeline' }).click()
  await expect.poll(async () => (await client.workbench.preferences())['frame.timeline']).toBe('"hidden"')
  await expect.poll(async () => (await client.workbench.preferences())['time.range']).toContain('fixed')
  await reload(page)
  await expect(rangeWords(page)).toHaveText(words)
  await timelineOf(page).getByRole('button', { name: 'Show the timeline' }).click()
  await expect(rangeOf(page)).toBeAttached()
})

test('the timeline is low in a small window, and as high or low as one likes', async ({ page, client }) => {
  await client.workbench.setPreference({ key: 'frame.timeline', value: JSON.stringify('auto') })
  await page.setViewportSize({ width: 1024, height: 700 })
  await reload(page)
  await waitForSession(page)
  const timeline = timelineOf(page)
  const heightOf = async () => (await timeline.boundingBox())?.height
  expect(await heightOf()).toBe(49)
  await expect(timeline.getByRole('button', { name: /\d+ marks?$/ })).toBeVisible()
  await expectAccessible(page)
  // What a finger needs.
  for (const control of await timeline.locator('button:visible').all())
    expect((await control.boundingBox())?.height).toBeGreaterThanOrEqual(24)
  await page.setViewportSize({ width: 1440, height: 900 })
  await expect.poll(heightOf).toBe(76)

  // What was chosen holds for windows of any height.
  await timeline.getByRole('button', { name: 'Make the timeline low' }).click()
  await expect.poll(heightOf).toBe(49)
  await timeline.getByRole('button', { name: 'Make the timeline high' }).click()
  await page.setViewportSize({ width: 1024, height: 700 })
  await expect.poll(heightOf).toBe(76)
  // The range is moved by keys in both.
  await timeline.getByRole('button', { name: 'Make the timeline low' }).click()
  await rangeOf(page).press('ArrowLeft')
  await expect(followOf(page)).toHaveAttribute('aria-pressed', 'false')
})

test('the timeline is read by everybody', async ({ page }) => {
  await waitForSession(page)
  await timelineOf(page)
    .getByRole('button', { name: /\d+ marks?$/ })
    .click()
  const marks = page.getByRole('list', { name: 'Marks, newest first' })
  await expect(marks).toContainText('Recording started')
  await expectAccessible(page)
  // Keys are the list's while it is open.
  await page.keyboard.press('Escape')
  await expect(marks).toHaveCount(0)
})
