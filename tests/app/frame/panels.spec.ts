import type { Page } from '@playwright/test'
import { expect, test } from '#tests/support/workbench.ts'
import { expectAccessible } from './steps.ts'

const scripts = '**/assets/*.js'
const rail = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name, exact: true })

/** What the page has asked for so far, by the chunks' names. */
const fetched = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .flatMap(({ name }) => /\/assets\/([a-z-]+)-[\w-]{8}\.js$/.exec(name)?.[1] ?? []),
  )

test('starts with the frame alone, and brings the panels when it is at rest', async ({ page }) => {
  expect(await fetched(page)).toEqual(['index'])
  await expect.poll(async () => (await fetched(page)).filter((name) => name === 'body').length).toBe(9)
  // What one panel alone needs, and only once it is used.
  expect(await fetched(page)).not.toContain('mount')
})

test('keeps what it shows until the panel that was asked for has come', async ({ page }) => {
  await rail(page, 'Tables').click()
  await expect(page.getByRole('main', { name: 'Tables' })).toBeVisible()
  let handOut = () => {}
  const handedOut = new Promise<void>((resolve) => (handOut = resolve))
  await page.route(scripts, async (route) => {
    await handedOut
    await route.continue()
  })
  await rail(page, 'Locks').click()
  await expect(rail(page, 'Locks')).toHaveAttribute('aria-current', 'page')
  await expect(page.getByRole('main', { name: 'Tables' })).toBeVisible()
  await expect(page.getByText('No tables were recorded')).toBeVisible()
  handOut()
  await expect(page.getByRole('main', { name: 'Locks' })).toBeVisible()
})

test('says so in the place of a panel that can’t be loaded, and tries again when asked', async ({ page }) => {
  await page.route(scripts, (route) => route.abort())
  await rail(page, 'Host').click()
  const note = page.getByRole('main', { name: 'Host' }).getByRole('alert')
  await expect(note).toContainText('Host could not be loaded')
  await expectAccessible(page)
  await page.unroute(scripts)
  await note.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('main', { name: 'Host' }).getByText('Nothing recorded yet')).toBeVisible()
  await expect(note).toBeHidden()
})

test('a panel that fails takes only itself away', async ({ browser, url }) => {
  // A page of its own: errors in the other's console are a failure of the test.
  const page = await browser.newPage()
  const errors: string[] = []
  page.on('pageerror', ({ message }) => errors.push(message))
  await page.route('**/assets/body-*.js', (route) =>
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
