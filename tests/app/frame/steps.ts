import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Locator, type Page } from '@playwright/test'

/** The button that shows what is connected: `Target: test server PostgreSQL 18.4 · postgres`. */
export function targetButton(page: Page): Locator {
  return page.getByRole('button', { name: /^Target: / })
}

export async function openConnectDialog(page: Page): Promise<Locator> {
  await targetButton(page).click()
  await page.getByRole('menuitem', { name: 'Connect to…' }).click()
  return page.getByRole('dialog', { name: 'Connect to a PostgreSQL server' })
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

/**
 * Rules of WCAG 2.2 AA and axe's own good practice, on everything that is shown but the editor, whose own test
 * looks at it.
 */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).exclude('.monaco-editor').analyze()
  const told = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target }) => `${id}: ${help} (${target.join(' ')})`),
  )
  expect(told).toEqual([])
}
