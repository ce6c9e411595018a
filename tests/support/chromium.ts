import { existsSync } from 'node:fs'

/** Where the systems that we test on keep it. */
const usualPlaces = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The same engine without a browser's own windows: tests take it less than half the work. */
const headlessShell = '/usr/bin/chromium-headless-shell'

/** The whole browser, as people have it: `CHROMIUM`, else the system's, else (`undefined`) Playwright's own. */
export function findWholeChromium(): string | undefined {
  return process.env['CHROMIUM'] ?? usualPlaces.find((path) => existsSync(path))
}

/** The browser for tests: `CHROMIUM`, else the lightest that the system has, else (`undefined`) Playwright's own. */
export function findChromium(): string | undefined {
  return process.env['CHROMIUM'] ?? (existsSync(headlessShell) ? headlessShell : findWholeChromium())
}
