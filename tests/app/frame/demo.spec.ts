import { expect, reload, test } from '#tests/support/workbench.ts'
import { expectAccessible, targetButton } from './steps.ts'

test('the demo starts from the first screen with progress, and its stories can be switched', async ({
  page,
  client,
}) => {
  test.setTimeout(180_000)
  await page.getByRole('button', { name: /^Start the demo server/ }).click()
  await expect(page.getByRole('progressbar')).toBeVisible()
  await expect(targetButton(page)).toHaveAccessibleName('Target: demo starting…')
  await expectAccessible(page)
  await expect(targetButton(page)).toHaveAccessibleName(/^Target: demo PostgreSQL 18/, { timeout: 120_000 })
  await expect(page.getByRole('main', { name: 'Query' })).toBeVisible()
  // All that the workbench can use is there.
  await expect(page.getByRole('button', { name: 'Capabilities: nothing missing' })).toBeVisible()

  // The first example runs as it is, with a value for its parameter; the editor may be still on its way.
  const arrival = Promise.withResolvers<void>()
  await page.route('**/assets/mount-*.js', async (route) => {
    await arrival.promise
    await route.continue()
  })
  await reload(page)
  await page.getByRole('button', { name: 'Revenue by country' }).click()
  arrival.resolve()
  await expect(page.getByRole('textbox', { name: '$1' })).not.toHaveValue('')
  await page.getByRole('button', { name: /^Analyse/ }).click()
  await expect(page.getByRole('region', { name: 'Plan', exact: true })).toBeVisible()

  await page.getByRole('button', { name: 'Workload' }).click()
  const story = page.getByRole('switch', { name: /^Idle in transaction/ })
  await story.click()
  await expect(page.getByRole('button', { name: 'Workload · 1 on' })).toBeVisible()
  await expect(story).toBeChecked()
  await expectAccessible(page)
  const { demo } = await client.workbench.tail({ after: 0, waitMs: 0 })
  expect(
    demo.status === 'running' && demo.stories.filter(({ running }) => running).map(({ id }) => id),
  ).toEqual(['idle-in-transaction'])
  await story.click()
  await expect(story).not.toBeChecked()

  await page.getByRole('button', { name: 'Stop the demo server' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'No server is connected' })).toBeVisible()
})
