import { type Browser, type BrowserContext, chromium } from '@playwright/test'

let connecting: Promise<Browser> | undefined

/** The browser that the test started for us; its default context is where windows open. */
export function browser(): Promise<Browser> {
  const address = process.env['STAND_IN_BROWSER']
  if (address === undefined) throw new Error('the stand-in is started by launch.ts')
  return (connecting ??= chromium.connectOverCDP(address))
}

export async function browserContext(): Promise<BrowserContext> {
  const [context] = (await browser()).contexts()
  if (context === undefined) throw new Error('the browser has no default context')
  return context
}

/** Lets go of the browser; the test closes it. */
export async function closeBrowser(): Promise<void> {
  if (connecting === undefined) return
  await connecting.then((known) => known.close()).catch(() => {})
}
