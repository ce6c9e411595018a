import { expect, plainServer, test } from '#tests/support/workbench.ts'
import { expectAccessible, expectFocusWithin, openMenuByKeys, targetButton } from './steps.ts'

test.use({ serverOptions: plainServer })

test('the palette finds every command by name and runs it, all by keyboard', async ({ page }) => {
  await expect(page.getByRole('main', { name: 'Query' })).toBeVisible()
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Commands' })
  await expect(palette.getByRole('option', { name: /^Run statement/ })).toContainText('Ctrl Enter')
  await expectAccessible(page)
  await expectFocusWithin(palette)
  await page.keyboard.type('server offers')
  await expect(palette.getByRole('option').first()).toHaveText('Show what this server offers')
  await page.keyboard.press('Enter')
  const offers = page.getByRole('dialog', { name: 'What this server offers' })
  await expectFocusWithin(offers)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)

  const target = targetButton(page)
  await openMenuByKeys(page, target)
  await page.keyboard.press('End')
  await expect(page.getByRole('menuitem').last()).toBeFocused()
  await page.keyboard.press('ArrowUp')
  await expect(page.getByRole('menuitem').nth(-2)).toBeFocused()
  await page.keyboard.press('Enter')
  await expectFocusWithin(offers)
  await page.keyboard.press('Escape')
  await expect(target).toBeFocused()
})

test('a panel that is gone to by the palette is where the keyboard goes on', async ({ page }) => {
  const goTo = async (panel: string) => {
    await page.keyboard.press('Control+k')
    await expectFocusWithin(page.getByRole('dialog', { name: 'Commands' }))
    await page.keyboard.type(`go to ${panel}`)
    await page.keyboard.press('Enter')
  }
  await expect(page.locator('.sql-editor textarea.inputarea')).toBeFocused()
  await goTo('Load')
  const main = page.getByRole('main', { name: 'Load' })
  await expect(main).toBeFocused()
  await page.keyboard.press('Tab')
  await expectFocusWithin(main)
  await goTo('Query')
  await expect(page.getByRole('main', { name: 'Query' })).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.keyboard.press('Escape')
  await expectFocusWithin(page.getByRole('main', { name: 'Query' }))
})

test('what a command of the palette gives the focus to keeps it', async ({ page }) => {
  const rail = page.getByRole('navigation', { name: 'Panels' })
  await rail.getByRole('button', { name: 'Activity' }).click()
  const filter = page.getByRole('textbox', { name: 'Filter processes' })
  await expect(filter).toBeVisible()
  await rail.getByRole('button', { name: 'Query' }).focus()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('filter processes')
  await page.keyboard.press('Enter')
  await expect(filter).toBeFocused()
})

test('the question mark lists all keys, but is a letter where text is typed', async ({ page }) => {
  const rail = page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: 'Query' })
  await rail.focus()
  await page.keyboard.press('?')
  const keys = page.getByRole('dialog', { name: 'Keys' })
  await expect(keys.getByText('Analyse statement')).toBeVisible()
  await expectAccessible(page)
  await expectFocusWithin(keys)
  await page.keyboard.press('Escape')
  await expect(rail).toBeFocused()

  await page.keyboard.press('Control+o')
  const path = page.getByRole('dialog', { name: 'Open a session' }).getByLabel(/path/)
  await path.focus()
  await page.keyboard.type('what?')
  await expect(path).toHaveValue('what?')
  await expect(keys).toBeHidden()
})

test('keys reach their command from inside the editor, where they mean something else', async ({ page }) => {
  await expect(page.locator('.sql-editor .monaco-editor').first()).toBeVisible()
  await page.keyboard.press('Control+1')
  await expect(page.locator('.monaco-editor.focused')).toBeVisible()
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog', { name: 'Commands' })).toBeVisible()
})

test('Tab walks the frame in reading order with a visible focus', async ({ page }) => {
  await expect(page.getByRole('main', { name: 'Query' })).toBeVisible()
  await targetButton(page).focus()
  const names: string[] = []
  for (let step = 0; step < 8; step += 1) {
    await page.keyboard.press('Tab')
    const focused = page.locator(':focus')
    names.push((await focused.getAttribute('aria-label')) ?? (await focused.innerText()))
    expect(await focused.evaluate((element) => getComputedStyle(element).outlineStyle)).toBe('solid')
  }
  expect(names.map((name) => name.split(/[:\n]/)[0])).toEqual([
    'Capabilities',
    'Session',
    'Recording',
    'Search commands…',
    'Theme',
    'All keys',
    'Inspector',
    'Load',
  ])
})
