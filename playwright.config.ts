import { fileURLToPath } from 'node:url'
import { defineConfig } from '@playwright/test'
import { findChromium } from './tests/support/chromium.ts'
import { keepTemporaryFilesInMemory } from './tests/support/memory-folder.ts'

keepTemporaryFilesInMemory()

// A run starts some two hundred processes of a few programs: workers, hosts, commands. They inherit the variable.
process.env['NODE_COMPILE_CACHE'] ??= fileURLToPath(new URL('node_modules/.cache/compiled', import.meta.url))

const chromium = findChromium()

export default defineConfig({
  testDir: 'tests/app',
  // The folder is emptied at every start, so it is not the one that holds the reports.
  outputDir: 'test-results/app',
  globalSetup: './tests/support/build-first.ts',
  // Generous, since the workers with their servers and browsers share two cores: waiting costs only a test that fails.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  // Each has a workbench, a browser and perhaps a server of its own: one more than cores, since tests wait for these.
  workers: 3,
  // Told by name where it was needed: see CONTRIBUTING.
  retries: 1,
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [['list'], ['json', { outputFile: 'test-results/app.json' }]],
  use: {
    browserName: 'chromium',
    viewport: { width: 1_440, height: 900 },
    screenshot: 'only-on-failure',
    // A trace of every step costs as much as the steps themselves: `TRACE=1` keeps those of tests that fail.
    trace: process.env['TRACE'] === undefined ? 'off' : 'retain-on-failure',
    launchOptions: chromium === undefined ? {} : { executablePath: chromium },
  },
})
