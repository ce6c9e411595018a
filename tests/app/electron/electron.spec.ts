import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { _electron, test as base, type ElectronApplication, expect } from '@playwright/test'
import { makeTestFolder } from '#tests/support/test-folders.ts'
import { findElectron } from '../../../scripts/lib/electron.mjs'
import { outFolder } from '../../../scripts/lib/folders.mjs'

// The stories of the stand-in's suite in the real thing, wherever its program and a display are at hand.
const electron = findElectron()

const test = base.extend<{ readonly app: ElectronApplication }>({
  // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads the names of fixtures from the pattern
  app: async ({}, give) => {
    const dataFolder = await makeTestFolder('electron')
    const app = await _electron.launch({
      ...(electron.path === undefined ? {} : { executablePath: electron.path }),
      args: [join(outFolder, 'main', 'electron.js'), '--no-demo'],
      env: { ...(process.env as Record<string, string>), BAROGRAPH_DATA: dataFolder },
    })
    await give(app)
    await app.close()
    await rm(dataFolder, { recursive: true, force: true, maxRetries: 5 })
  },
})
test.skip(electron.path === undefined, 'no Electron binary, or no display for it')

test('the window opens and reaches the workbench over its port', async ({ app }) => {
  const window = await app.firstWindow()
  await expect(window.getByRole('contentinfo')).toContainText(/workbench .* MiB/)
  expect(window.url()).toBe('app://barograph/')
})

test('the page has no Node, and can not leave or open windows', async ({ app }) => {
  const window = await app.firstWindow()
  await expect(window.getByRole('contentinfo')).toContainText(/MiB/)
  expect(await window.evaluate(() => [typeof globalThis.process, 'require' in globalThis])).toEqual([
    'undefined',
    false,
  ])
  await window.evaluate(() => {
    location.href = 'https://example.com/'
    globalThis.open('https://example.com/popup')
  })
  expect(await window.evaluate(() => globalThis.open('https://example.com/') === null)).toBe(true)
  expect(window.url()).toBe('app://barograph/')
  expect(app.windows()).toHaveLength(1)
})

test('a command of the menu reaches the page', async ({ app }) => {
  const window = await app.firstWindow()
  await expect(window.getByRole('contentinfo')).toContainText(/MiB/)
  await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('app.palette')?.click())
  await expect(window.getByRole('dialog')).toBeVisible()
})
