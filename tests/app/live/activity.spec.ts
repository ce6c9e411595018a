import type { Page } from '@playwright/test'
import { Client } from 'pg'
import { expectAccessibleInBothThemes } from '#tests/support/axe.ts'
import type { TestServer } from '#tests/support/servers.ts'
import { expect, plainServer, test } from '#tests/support/workbench.ts'

test.use({ serverOptions: plainServer, panel: 'activity' })

async function connect(server: TestServer, applicationName: string): Promise<Client> {
  const { host, port, user, database } = server
  const client = new Client({ host, port, user, database, application_name: applicationName })
  // It may be ended from the panel.
  client.on('error', () => {})
  await client.connect()
  return client
}

/** One transaction that holds a row, and two statements behind it. */
async function makeQueue(server: TestServer) {
  const [holder, first, second] = await Promise.all(
    ['checkout', 'payment', 'report'].map((name) => connect(server, name)),
  )
  if (holder === undefined || first === undefined || second === undefined) throw new Error('no clients')
  await holder.query('create table if not exists seats (id int primary key, taken bool)')
  await holder.query('insert into seats values (1, false) on conflict do nothing')
  await holder.query('begin')
  await holder.query('update seats set taken = true where id = 1')
  const behind = [first, second].map((client) =>
    client.query('update seats set taken = false where id = 1').then(
      () => 'done',
      (error: unknown) => String(error),
    ),
  )
  return { holder, behind, end: () => Promise.all([holder, first, second].map((client) => client.end())) }
}

async function openPanel(page: Page) {
  await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: 'Activity' }).click()
  return page.getByRole('grid', { name: 'Processes' })
}

const row = (page: Page, application: string) =>
  page.getByRole('grid', { name: 'Processes' }).getByRole('row').filter({ hasText: application })

test('shows who waits for whom, and sets them free after a question', async ({ page, server }) => {
  const queue = await makeQueue(server)
  await openPanel(page)
  await expect(row(page, 'payment')).toContainText('Lock: ')
  await expect(row(page, 'checkout')).toContainText('idle in transaction')
  // Both wait for it, one of them perhaps behind the other.
  await expect(row(page, 'checkout').getByRole('gridcell').nth(8)).toHaveText('2')
  await row(page, 'checkout').click()
  const inspector = page.getByRole('region', { name: 'Inspector' })
  await expect(inspector).toContainText('update seats set taken = true')
  await expect(inspector).toContainText('transaction for')

  await page.getByRole('button', { name: 'End process' }).click()
  const dialog = page.getByRole('dialog', { name: /^End process/ })
  await expect(dialog).toContainText('rolled back')
  await expect(dialog).toContainText('2 processes wait for it')
  await dialog.getByRole('button', { name: 'End the process' }).click()
  expect(await Promise.all(queue.behind)).toEqual(['done', 'done'])
  await expect(row(page, 'checkout')).toHaveCount(0)
  await queue.end()
})

test('cancels a statement by keys alone, and walks the table', async ({ page, server }) => {
  const queue = await makeQueue(server)
  const grid = await openPanel(page)
  await expect(row(page, 'report')).toContainText('Lock: ')
  await page.keyboard.press('/')
  await expect(page.getByRole('textbox', { name: 'Filter processes' })).toBeFocused()
  await page.keyboard.type('report lock')
  await expect(grid.getByRole('row')).toHaveCount(2)
  await grid.focus()
  await page.keyboard.press('ArrowDown')
  await expect(row(page, 'report')).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Delete')
  const dialog = page.getByRole('dialog', { name: /^Cancel the statement of process/ })
  await dialog.getByRole('button', { name: 'Cancel the statement' }).focus()
  await page.keyboard.press('Enter')
  expect(await queue.behind[1]).toContain('user request')
  await queue.end()
})

test('keeps the keyboard in the panel when what its button stood for is gone', async ({ page, server }) => {
  const queue = await makeQueue(server)
  const grid = await openPanel(page)
  await page.getByRole('textbox', { name: 'Filter processes' }).fill('report lock')
  await expect(grid.getByRole('row')).toHaveCount(2)
  await grid.focus()
  await page.keyboard.press('ArrowDown')
  const button = page.getByRole('button', { name: 'Cancel statement' })
  await button.focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: /^Cancel the statement of process/ })
  await dialog.getByRole('button', { name: 'Cancel the statement' }).focus()
  await page.keyboard.press('Enter')
  expect(await queue.behind[1]).toContain('user request')
  await expect(button).toBeDisabled()
  await expect(page.getByRole('main')).toBeFocused()
  await queue.end()
})

test('sorts by any column, tells idle connections apart, and lists the server’s own processes', async ({
  page,
  server,
}) => {
  const idle = await connect(server, 'idler')
  await idle.query('select 1')
  const grid = await openPanel(page)
  await expect(page.getByText(/1 idle|\d+ idle/)).toBeVisible()
  await expect(row(page, 'idler')).toHaveCount(0)
  await page.getByRole('combobox', { name: 'Which processes' }).click()
  await page.getByRole('option', { name: 'All processes' }).click()
  await expect(row(page, 'idler')).toHaveCount(1)
  await expect(row(page, 'checkpointer')).toHaveCount(1)
  // It has nothing to cancel, but can be ended.
  await row(page, 'idler').click()
  await expect(page.getByRole('button', { name: 'End process' })).toBeEnabled()
  await expect(page.getByRole('button', { name: 'Cancel statement' })).toBeDisabled()
  await page.getByRole('button', { name: 'Process', exact: true }).click()
  await expect(grid.getByRole('columnheader', { name: 'Process' })).toHaveAttribute('aria-sort', 'descending')
  const pids = async () => {
    const cells = await grid.getByRole('row').locator('[role=gridcell]:first-child').allInnerTexts()
    return cells.map(Number)
  }
  await expect.poll(async () => (await pids()).length).toBeGreaterThan(3)
  const listed = await pids()
  expect(listed).toEqual(listed.toSorted((a, b) => b - a))
  await page.getByRole('combobox', { name: 'Which processes' }).click()
  await page.getByRole('option', { name: 'At work' }).click()
  await idle.end()
})

test('has no axe violations in either theme, busy and calm', async ({ page, server }) => {
  await openPanel(page)
  await expectAccessibleInBothThemes(page)
  const queue = await makeQueue(server)
  await row(page, 'payment').click()
  await expectAccessibleInBothThemes(page)
  await page.getByRole('button', { name: 'End process' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await expectAccessibleInBothThemes(page)
  await queue.end()
})
