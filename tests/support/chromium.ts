import { existsSync } from 'node:fs'

/** Where the systems that we test on keep it. */
const usualPlaces = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The browser for tests: `CHROMIUM`, else the system's, else (`undefined`) Playwright's own. */
export function findChromium(): string | undefined {
  return process.env['CHROMIUM'] ?? usualPlaces.find((path) => existsSync(path))
}
