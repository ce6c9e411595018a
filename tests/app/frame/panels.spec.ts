import type { Page } from '@playwright/test'
import { startTestServer } from '#tests/support/servers.ts'
import { connectTo, expect, reload, test } from '#tests/support/workbench.ts'
import { expectAccessible } from './steps.ts'

const bodies = '**/assets/body-*.js'
const rail = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name, exact: true })

/** Opens the window anew, the pointer on nothing that would ask for a panel. */
async function begin(page: Page): Promise<void> {
  await page.mouse.move(700, 850)
  await reload(page)
}

/** The chunks that the page has asked for, and when, in its own time. */
const fetched = (page: Page) =>
  page.evaluate(() =>
    performance.getEntriesByType('resource').flatMap(({ name, startTime }) => {
      const chunk = /\/assets\/([a-z-]+)-[\w-]{8}\.js$/.exec(name)?.[1]
      return chunk === undefined ? [] : { chunk, atMs: startTime }
    }),
  )

test('starts with the frame alone, and brings the panels when it is at rest', async ({ page }) => {
  await begin(page)
  const panels = async () => (await fetched(page)).filter(({ chunk }) => chunk === 'body')
  await expect.poll(async () => (await panels()).length).toBe(9)
  const [first, ...later] = await fetched(page)
  expect(first?.chunk).toBe('index')
  expect(Math.min(...later.map(({ atMs }) => atMs))).toBeGreaterThan(1_000)
  // What one panel alone needs, and only once it is used.
  expect(later.map(({ chunk }) => chunk)).not.toContain('mount')
})

test('keeps what it shows until the panel that was asked for has come', async ({ page }) => {
  let handOut = () => {}
  const handedOut = new Promise<void>((resolve) => (handOut = resolve))
  let asked = 0
  await page.route(bodies, async (route) => {
    asked += 1
    // Of all panels Load is the first one that comes by itself, too.
    if (asked > 1) await handedOut
    await route.continue()
  })
  await begin(page)
  await rail(page, 'Load').click()
  await expect(page.getByRole('main', { name: 'Load' })).toBeVisible()
  await rail(page, 'Locks').click()
  await expect(rail(page, 'Locks')).toHaveAttribute('aria-current', 'page')
  await expect(page.getByRole('main', { name: 'Load' }).getByText('Nothing recorded yet')).toBeVisible()
  handOut()
  await expect(page.getByRole('main', { name: 'Locks' })).toBeVisible()
})

test('gives the keyboard to a panel that came late, where what had it went away', async ({ page }) => {
  let handOut = () => {}
  const handedOut = new Promise<void>((resolve) => (handOut = resolve))
  let isHeldBack = false
  await page.route(bodies, async (route) => {
    if (isHeldBack) await handedOut
    await route.continue()
  })
  await begin(page)
  await rail(page, 'Plans').click()
  await page.getByRole('main', { name: 'Plans' }).getByRole('textbox').first().focus({ timeout: 20_000 })
  isHeldBack = true
  await page.keyboard.press('Control+k')
  await page.keyboard.type('go to Locks')
  await page.keyboard.press('Enter')
  await expect(rail(page, 'Locks')).toHaveAttribute('aria-current', 'page')
  handOut()
  await expect(page.getByRole('main', { name: 'Locks' })).toBeFocused()
})

test('says so in the place of a panel that can’t be loaded, and tries again when asked', async ({ page }) => {
  await page.route(bodies, (route) => route.abort())
  await begin(page)
  await rail(page, 'Host').click()
  const note = page.getByRole('main', { name: 'Host' }).getByRole('alert')
  await expect(note).toContainText('Host could not be loaded')
  await expectAccessible(page)
  await page.unroute(bodies)
  await note.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('main', { name: 'Host' }).getByText('Nothing recorded yet')).toBeVisible()
  await expect(note).toBeHidden()
})

test('a panel that fails takes only itself away', async ({ browser, url }) => {
  // A page of its own: errors in the other's console are a failure of the test.
  const page = await browser.newPage()
  const errors: string[] = []
  page.on('pageerror', ({ message }) => errors.push(message))
  await page.route(bodies, (route) =>
    route.fulfill({
      contentType: 'text/javascript',
      body: `export const body = { Panel() { throw new Error('out of paper') } }`,
    }),
  )
  await page.goto(url)
  await rail(page, 'Tables').click()
  const note = page.getByRole('main', { name: 'Tables' }).getByRole('alert')
  await expect(note).toContainText('Tables stopped')
  await expectAccessible(page)
  await note.getByText('Details', { exact: true }).click()
  await expect(note.getByText(/out of paper/)).toBeVisible()
  await rail(page, 'Load').click()
  await expect(page.getByRole('main', { name: 'Load' }).getByRole('alert')).toContainText('Load stopped')
  await expect(page.getByRole('contentinfo', { name: 'Status' })).toContainText('not connected')
  expect(new Set(errors)).toEqual(new Set(['out of paper']))
  await page.close()
})

test('an inspector, the timeline and the window that fail say so, and what is around them goes on', async ({
  browser,
  client,
  url,
}) => {
  const server = await startTestServer()
  const context = await browser.newContext()
  try {
    await connectTo(client, server)
    const page = await context.newPage()
    const errors: string[] = []
    page.on('pageerror', ({ message }) => errors.push(message))
    await page.addInitScript(() => {
      window.ResizeObserver = class extends ResizeObserver {
        override observe(target: Element, options?: ResizeObserverOptions) {
          if (target.closest('section[aria-label=Timeline]') !== null) throw new Error('out of ink')
          super.observe(target, options)
        }
      }
    })
    await page.route(bodies, (route) =>
      route.fulfill({
        contentType: 'text/javascript',
        body: `export const body = { Panel: () => 'all is well', Inspector() { throw new Error('out of paper') } }`,
      }),
    )
    await page.goto(url)
    await rail(page, 'Tables').click()
    const tables = page.getByRole('main', { name: 'Tables' })
    await expect(tables.getByRole('alert')).toContainText('The inspector stopped')
    await expect(tables.getByText('all is well')).toBeVisible()
    await expect(page.getByRole('alert').filter({ hasText: 'The timeline stopped' })).toBeVisible()
    await expect(page.getByRole('contentinfo', { name: 'Status' })).toContainText('connected')
    await expectAccessible(page)

    await page.evaluate(() =>
      Object.defineProperty(document, 'title', {
        get: () => 'Barograph',
        set() {
          throw new Error('out of names')
        },
      }),
    )
    await server.stop({ keep: true, mode: 'immediate' })
    const failure = page.getByRole('main', { name: 'Failure' })
    await expect(failure).toContainText('The window stopped')
    await expectAccessible(page)
    await failure.getByRole('button', { name: 'Load the window anew' }).click()
    await expect(rail(page, 'Load')).toBeVisible()
    expect(new Set(errors)).toEqual(new Set(['out of paper', 'out of ink', 'out of names']))
  } finally {
    await context.close()
    await server.stop()
  }
})
