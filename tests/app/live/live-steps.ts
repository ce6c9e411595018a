import { expect, type Locator, type Page } from '@playwright/test'

/** Brings the Load panel up and waits until it draws what is recorded. */
export async function openLoad(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: 'Load' }).click()
  await expect(momentOf(page, 'Load by wait class')).toBeVisible()
}

/** The chart itself, which is walked by arrows. */
export function momentOf(page: Page, chart: string): Locator {
  return page.getByRole('slider', { name: `Moment of ${chart}` })
}

/** Which time is shown, as the panel's head says it. */
export function rangeWords(page: Page): Locator {
  return page.getByTitle('Average active sessions: how many were at work at once')
}

export function ranking(page: Page, by: string): Locator {
  return page.getByRole('grid', { name: `Load by ${by}` })
}

/** The button with the state of recording. */
export function recordButton(page: Page): Locator {
  return page.getByRole('button', { name: /^Recording: / })
}

/** The part of the status bar that says what recording does. */
export function recordingMeter(page: Page): Locator {
  return page.getByTitle('What recording costs')
}

/** A point of an element, by shares of its width and height. */
export async function pointOf(
  element: Locator,
  x: number,
  y = 0.5,
): Promise<{ readonly x: number; readonly y: number }> {
  const box = await element.boundingBox()
  if (box === null) throw new Error('the element is not drawn')
  return { x: box.x + box.width * x, y: box.y + box.height * y }
}
