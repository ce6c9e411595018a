import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

export interface AxeOptions {
  /** What is left to another test. */
  readonly without?: string
  /** Rules that are asked by their kind; all of them, axe's own good practice included, if absent. */
  readonly tags?: readonly string[]
}

/** WCAG 2.2 AA. */
export const wcagTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] as const

/** The rules whose answer may be another one in another theme. */
const colourRules = ['color-contrast', 'link-in-text-block']

/** Fails with every element that axe objects to, among everything that is shown. */
export async function expectAccessible(page: Page, options: AxeOptions = {}): Promise<void> {
  expect(await findViolations(page, options)).toEqual([])
}

/** In both themes, as the system asks for them; what colours have no part in is asked once. */
export async function expectAccessibleInBothThemes(page: Page, options: AxeOptions = {}): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme)
    // What draws with the theme's colours itself does so with the next frame.
    await page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    )
    const found = await findViolations(page, options, colorScheme === 'light' ? colourRules : undefined)
    expect(found, colorScheme).toEqual([])
  }
}

async function findViolations(
  page: Page,
  { without, tags }: AxeOptions,
  rules?: string[],
): Promise<readonly string[]> {
  // In the page itself: axe's usual way opens another page each time, to put frames together that we don't have.
  const builder = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] })
  if (without !== undefined) builder.exclude(without)
  if (rules !== undefined) builder.withRules(rules)
  else if (tags !== undefined) builder.withTags([...tags])
  const { violations } = await builder.analyze()
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, html }) => `${id}: ${help} (${target.join(' ')}) ${html.slice(0, 200)}`),
  )
}
