import { test as base, expect } from '@playwright/test'
import { startPlanPage } from './plan-page.ts'

interface Fixtures {
  /** Opens the page at a plan; errors that the page does not catch fail the test. */
  readonly openPlan: (planJson: string) => Promise<void>
}

/** Playwright's `test` with a plan's views and nothing around them; all files that use it share the built page. */
export const test = base.extend<Fixtures, { readonly planUrl: string }>({
  planUrl: [
    // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads the names of fixtures from the pattern
    async ({}, give) => {
      const served = await startPlanPage()
      await give(served.url)
      await served.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  openPlan: async ({ page, planUrl }, give) => {
    const errors: string[] = []
    page.on('pageerror', ({ message }) => errors.push(message))
    await give(async (planJson) => {
      await page.route('**/plan.json', (route) => route.fulfill({ json: { planJson } }))
      await page.goto(planUrl)
      await expect(page.getByRole('toolbar', { name: 'Plan' })).toBeVisible()
    })
    expect(errors, 'errors that the page did not catch').toEqual([])
  },
})

export { expect }
