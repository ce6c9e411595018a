import { expect, type Locator, type Page } from '@playwright/test'
import { expectAccessible as expectAllAccessible } from '#tests/support/axe.ts'

/** The button that shows what is connected: `Target: test server PostgreSQL 18.4 · postgres`. */
export function targetButton(page: Page): Locator {
  return page.getByRole('button', { name: /^Target: / })
}

export async function openConnectDialog(page: Page): Promise<Locator> {
  await targetButton(page).click()
  await page.getByRole('menuitem', { name: 'Connect to…' }).click()
  return page.getByRole('dialog', { name: 'Connect to a PostgreSQL server' })
}

/**
 * Opens a menu from its button by the keyboard. Its first item takes the focus a moment later, and each key moves it a
 * moment after that: keys that come sooner go to where the focus still is.
 */
export async function openMenuByKeys(page: Page, button: Locator): Promise<void> {
  await button.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem').first()).toBeFocused()
}

/** Waits until an open dialog, or something in it, has the focus: what is typed before goes elsewhere. */
export async function expectFocusWithin(dialog: Locator): Promise<void> {
  await expect.poll(() => dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true)
}

/** Chooses a tab of the connect dialog and fills its fields by label. */
export async function fillIn(
  dialog: Locator,
  tab: string,
  values: Readonly<Record<string, string>>,
): Promise<void> {
  await dialog.getByRole('tab', { name: tab }).click()
  for (const [label, value] of Object.entries(values))
    await dialog.getByLabel(label, { exact: true }).fill(value)
}

/** The editor has a test of its own. */
export const expectAccessible = (page: Page): Promise<void> =>
  expectAllAccessible(page, { without: '.monaco-editor' })
