import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expectAccessible, expectAccessibleInBothThemes } from '#tests/support/axe.ts'
import { makeLargePlan } from '#tests/support/large-plan.ts'
import { expect, test } from '#tests/support/plan-page-test.ts'

const fixture = (name: string): Promise<string> =>
  readFile(new URL(`../../fixtures/plans/pg18/${name}`, import.meta.url), 'utf8')

const inspected = (page: Page) =>
  page.getByRole('region', { name: 'Inspector' }).getByRole('heading', { level: 2 })

test('every view of a plan is reached by keys and has no axe violations in either theme', async ({
  page,
  openPlan,
}) => {
  await openPlan(await fixture('a-delete-with-foreign-keys.run.json'))
  for (const [key, view] of [
    ['Alt+1', 'Tree'],
    ['Alt+2', 'Flame'],
    ['Alt+3', 'Grid'],
    ['Alt+4', 'Text'],
    ['Alt+5', 'Raw'],
  ] as const) {
    await page.keyboard.press(key)
    await expect(page.getByRole('radio', { name: view, exact: true })).toBeChecked()
    await expectAccessibleInBothThemes(page)
  }
})

test('one selection holds for all views and the inspector', async ({ page, openPlan }) => {
  await openPlan(await fixture('a-hash-join.run.json'))
  await page.keyboard.press('Alt+3')
  const grid = page.getByRole('treegrid', { name: 'Plan', exact: true })
  await grid.focus()
  await page.keyboard.press('End')
  await expect(inspected(page)).toContainText('Scan')
  const title = (await inspected(page).textContent()) ?? ''

  await page.keyboard.press('Alt+4')
  const text = page.getByRole('tree', { name: 'Plan as text' })
  await expect(text.getByRole('treeitem', { selected: true })).toContainText(title)
  await text.focus()
  await page.keyboard.press('Home')
  await expect(inspected(page)).not.toHaveText(title)

  await page.keyboard.press('Alt+5')
  const raw = page.getByRole('group', { name: /^Plan as JSON/ })
  await raw.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Alt+3')
  await expect(grid.getByRole('row', { selected: true })).toHaveAttribute('id', 'plan-node-1')
})

test('a search marks its nodes in every view, says how many, and steps through them', async ({
  page,
  openPlan,
}) => {
  await openPlan(await fixture('a-hash-join.run.json'))
  await page.keyboard.press('Alt+4')
  await page.keyboard.press('/')
  const field = page.getByRole('textbox', { name: 'Search the plan' })
  await expect(field).toBeFocused()
  await page.keyboard.type('scan')
  const said = page.getByRole('search').getByRole('status')
  await expect(said).toHaveText(/of 2|2 nodes/)
  await page.keyboard.press('Enter')
  await expect(said).toHaveText(/^[12] of 2$/)
  await expect(inspected(page)).toContainText('Scan')
  const first = await inspected(page).textContent()
  await page.keyboard.press('Enter')
  await expect(inspected(page)).not.toHaveText(first ?? '')
  await page.keyboard.press('Shift+Enter')
  await expect(inspected(page)).toHaveText(first ?? '')
  await expect(page.getByRole('tree').locator('mark').first()).toHaveText(/scan/i)

  await page.keyboard.press('Escape')
  await expect(field).toHaveValue('')
  await expect(page.getByRole('tree', { name: 'Plan as text' })).toBeFocused()
})

test('Enter goes to what the field says, however fast it was typed', async ({ page, openPlan }) => {
  await openPlan(makeLargePlan(8_000))
  await page.keyboard.press('Alt+3')
  const field = page.getByRole('textbox', { name: 'Search the plan' })
  await field.fill('orders_199')
  await expect(page.getByRole('search').getByRole('status')).toHaveText(/nodes$|of/)
  // Before the views have caught up with the words: both in one turn.
  await field.evaluate((input: HTMLInputElement) => {
    const value = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')
    value?.set?.call(input, 'orders_1990 "seq scan"')
    input.dispatchEvent(new InputEvent('input', { bubbles: true }))
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }))
  })
  await expect(inspected(page)).toContainText('orders_1990')
})

test('text folds by node and says what it hides; the grid folds with it', async ({ page, openPlan }) => {
  await openPlan(await fixture('a-hash-join.run.json'))
  await page.keyboard.press('Alt+4')
  const text = page.getByRole('tree', { name: 'Plan as text' })
  await text.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowLeft')
  await expect(text.getByRole('treeitem')).toHaveCount(1)
  await expect(text).toContainText(/\d nodes folded/)
  await page.keyboard.press('Alt+3')
  // Headings, the folded root, sums.
  await expect(page.getByRole('treegrid', { name: 'Plan', exact: true }).getByRole('row')).toHaveCount(3)
})

test('the grid sorts by a column, sums by relation, and copies what it shows', async ({
  page,
  openPlan,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openPlan(makeLargePlan(13))
  await page.keyboard.press('Alt+3')
  const grid = page.getByRole('treegrid', { name: 'Plan', exact: true })
  const heading = grid.getByRole('columnheader', { name: 'Own time' })
  await heading.getByRole('button').click()
  await expect(heading).toHaveAttribute('aria-sort', 'descending')
  await expect(grid.getByRole('row').nth(1)).toContainText('Append')
  await heading.getByRole('button').click()
  await expect(heading).toHaveAttribute('aria-sort', 'ascending')
  await heading.getByRole('button').click()
  await expect(heading).toHaveAttribute('aria-sort', 'none')

  await page.getByRole('combobox', { name: 'Lines' }).click()
  await page.getByRole('option', { name: 'Sums by relation' }).click()
  await expect(grid).toContainText('orders_0')
  await expect(grid.getByRole('row')).toHaveCount(8 + 2)

  await page.getByRole('button', { name: 'Copy the grid' }).click()
  const copied = () => page.evaluate(() => navigator.clipboard.readText())
  await expect.poll(copied).toMatch(/^Node\tNodes\tOwn time\t/)
  expect((await copied()).split('\n')).toHaveLength(9)
})

test('the account of the statement’s time adds up, with triggers by name and calls', async ({
  page,
  openPlan,
}) => {
  await openPlan(await fixture('a-delete-with-foreign-keys.run.json'))
  await expect(page.getByRole('list', { name: 'Statement time' })).toContainText('triggers')
  await page.getByRole('button', { name: /statement time, in parts/ }).click()
  const account = page.getByRole('dialog', { name: 'Statement time in parts' })
  await expect(account).toContainText(/children_parent_id_fkey on parents\d+ calls/)
  await expect(account.getByRole('row', { name: /^statement/ })).toContainText('100 %')
  await expectAccessible(page)
})

test('a finding leads to its node, tells its proof, and hands out its statement', async ({
  page,
  openPlan,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openPlan(await fixture('a-delete-with-foreign-keys.run.json'))
  const pane = page.getByRole('region', { name: 'Findings' })
  const card = pane
    .getByRole('article')
    .filter({ has: page.getByRole('button', { name: 'Copy the statement' }) })
    .first()
  await expect(card).toContainText('To verify:')
  await expect(card).toContainText('Not when:')
  await card.getByRole('button', { name: 'Copy the statement' }).first().click()
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^CREATE INDEX/)
  await card.getByRole('button', { name: 'Create the index' }).click()
  await expect.poll(() => page.evaluate(() => window.actions)).toMatchObject([{ kind: 'openStatement' }])

  await page.keyboard.press('Alt+0')
  await expect(pane).toBeHidden()
  await page.keyboard.press('Alt+0')
  await expect(pane).toBeVisible()
})

test('the plan is copied as text, JSON and pictures', async ({ page, openPlan, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openPlan(await fixture('a-hash-join.run.json'))
  const copy = async (item: string) => {
    await page.getByRole('button', { name: 'Copy the plan' }).click()
    await page.getByRole('menuitem', { name: item }).click()
  }
  const text = () => page.evaluate(() => navigator.clipboard.readText())
  await copy('Plan as text')
  await expect.poll(text).toMatch(/^Hash Join .*\(cost=/)
  await copy('Plan as JSON')
  await expect.poll(text).toContain('"Node Type": "Hash Join"')
  await copy('Whole tree as SVG')
  await expect.poll(text).toMatch(/^<svg[\s>]/)
  await copy('Whole tree as PNG')
  await expect
    .poll(() => page.evaluate(async () => (await navigator.clipboard.read()).flatMap(({ types }) => types)))
    .toContain('image/png')
})

test('a plan without trouble says honestly that nothing stands out', async ({ page, openPlan }) => {
  await openPlan(
    '[{"Plan":{"Node Type":"Result","Plan Rows":1,"Total Cost":0.01,"Startup Cost":0,"Plan Width":4}}]',
  )
  const pane = page.getByRole('region', { name: 'Findings' })
  // Nothing to say takes no room until it is asked for.
  await expect(pane).toBeHidden()
  await page.getByRole('button', { name: 'No findings' }).click()
  await expect(pane).toContainText('was not executed')
  await expectAccessible(page)
})

test('where there is no room for both, the findings take the view’s place until it is asked for again', async ({
  page,
  openPlan,
}) => {
  await page.setViewportSize({ width: 980, height: 700 })
  await openPlan(await fixture('a-delete-with-foreign-keys.run.json'))
  const pane = page.getByRole('region', { name: 'Findings' })
  const text = page.getByRole('tree', { name: 'Plan as text' })
  await page.keyboard.press('Alt+4')
  await expect(text).toBeVisible()
  await expect(pane).toBeHidden()
  const canvas = await text.boundingBox()
  expect(canvas?.width).toBeGreaterThan(420)

  await page
    .getByRole('toolbar', { name: 'Plan' })
    .getByRole('button', { name: /findings?$/ })
    .click()
  await expect(pane).toBeVisible()
  await expect(text).toBeHidden()
  await expectAccessible(page)
  await pane.getByRole('button', { name: 'Back to the text' }).click()
  await expect(text).toBeFocused()

  await page.keyboard.press('Alt+0')
  await pane.getByRole('group', { name: 'List of findings' }).focus()
  await page.keyboard.press('Escape')
  await expect(text).toBeFocused()
  // Whoever asks for a view gets to see it.
  await page.keyboard.press('Alt+0')
  await page.keyboard.press('Alt+3')
  await expect(page.getByRole('treegrid', { name: 'Plan', exact: true })).toBeVisible()
})

test('a plan of 8,000 nodes is walked in every view without a heavy page', async ({ page, openPlan }) => {
  await openPlan(makeLargePlan(8_000))
  const elements = () => page.evaluate(() => document.querySelectorAll('*').length)
  for (const [key, view] of [
    ['Alt+1', 'Tree'],
    ['Alt+2', 'Flame'],
    ['Alt+3', 'Grid'],
    ['Alt+4', 'Text'],
    ['Alt+5', 'Raw'],
  ] as const) {
    await page.keyboard.press(key)
    await expect(page.getByRole('radio', { name: view, exact: true })).toBeChecked()
    await page.locator('[data-plan-focus]').focus()
    await page.keyboard.press('End')
    expect(await elements(), key).toBeLessThan(2_500)
  }
  await page.keyboard.press('Alt+3')
  const grid = page.getByRole('treegrid', { name: 'Plan', exact: true })
  await grid.focus()
  await page.keyboard.press('End')
  await expect(grid.getByRole('row', { selected: true })).toContainText('lines_2665')
  await page.keyboard.press('/')
  await page.keyboard.type('orders_1999 "seq scan"')
  await page.keyboard.press('Enter')
  await expect(inspected(page)).toContainText('orders_1999')
  await expect(grid.getByRole('row', { selected: true })).toBeInViewport()
})

test('a condition of a megabyte is told by its beginning in every view, and copied whole', async ({
  page,
  context,
  openPlan,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const filter = `(id = ANY ('{${Array.from({ length: 150_000 }, (_, at) => at).join(',')}}'::integer[]))`
  await openPlan(
    JSON.stringify([
      {
        Plan: {
          'Node Type': 'Seq Scan',
          'Relation Name': 'orders',
          Alias: 'orders',
          'Actual Total Time': 30,
          'Actual Rows': 5,
          'Actual Loops': 1,
          Filter: filter,
          'Rows Removed by Filter': 100_000,
        },
        'Execution Time': 31,
      },
    ]),
  )
  for (const key of ['Alt+1', 'Alt+2', 'Alt+3', 'Alt+4', 'Alt+5']) {
    await page.keyboard.press(key)
    await page.locator('[data-plan-focus]').focus()
    const drawn = await page.evaluate(() => document.body.textContent?.length ?? 0)
    expect(drawn, key).toBeLessThan(40_000)
  }
  await expect(page.getByRole('group', { name: /Plan as JSON/ })).toContainText('more characters')
  await page
    .getByRole('region', { name: 'Inspector' })
    .getByRole('button', { name: 'Copy all of it' })
    .click()
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(filter)
})
