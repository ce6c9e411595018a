import type { Locator, Page } from '@playwright/test'
import { Client } from 'pg'
import { expectAccessibleInBothThemes } from '#tests/support/axe.ts'
import type { TestServer } from '#tests/support/servers.ts'
import { expect, plainServer, reload, test } from '#tests/support/workbench.ts'

test.use({ serverOptions: plainServer, panel: 'locks' })

/** So long the panel shows a wait that is over. */
const lingersMs = 6_000

async function connect(server: TestServer, applicationName: string): Promise<Client> {
  const { host, port, user, database } = server
  const client = new Client({ host, port, user, database, application_name: applicationName })
  // It may be ended from the panel.
  client.on('error', () => {})
  await client.connect()
  return client
}

/** A reader in a transaction, a migration behind it, and a report that is merely behind the migration. */
async function makeQueue(server: TestServer) {
  const [holder, migration, report] = [
    await connect(server, 'checkout'),
    await connect(server, 'migration'),
    await connect(server, 'report'),
  ]
  await holder.query('create table if not exists seats (id int primary key, taken bool)')
  await holder.query('begin')
  await holder.query('select count(*) from seats')
  const outcome = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: unknown) => String(error),
    )
  const first = outcome(migration.query('alter table seats alter column taken set default false'))
  await expect
    .poll(async () => {
      const { rows } = await report.query('select 1 from pg_locks where not granted')
      return rows.length
    })
    .toBe(1)
  const second = outcome(report.query('select count(*) from seats'))
  return {
    behind: [first, second],
    end: () => Promise.all([holder, migration, report].map((client) => client.end().catch(() => {}))),
  }
}

async function openPanel(page: Page) {
  await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: 'Locks' }).click()
  return page.getByRole('region', { name: 'Locks' })
}

/** Arrows that have a length and a colour. */
async function expectArrows(graph: Locator, count: number): Promise<void> {
  await expect
    .poll(() =>
      graph.locator('.react-flow__edge-path').evaluateAll(
        (paths) =>
          paths.filter((path) => {
            const { width, height } = path.getBoundingClientRect()
            return width + height > 50 && getComputedStyle(path).stroke !== 'none'
          }).length,
      ),
    )
    .toBe(count)
}

test('shows who waits for whom as a graph and as a tree, and sets them free after a question', async ({
  page,
  server,
}) => {
  const queue = await makeQueue(server)
  const panel = await openPanel(page)
  await expect(panel.getByRole('status')).toContainText(/2 processes wait.*checkout is at the root/)
  const graph = panel.getByRole('group', { name: 'Graph of waiting processes' })
  const holder = graph.getByRole('button', { name: /checkout.*blocks 2.*idle in transaction/ })
  await expect(holder).toContainText('holds AccessShare on seats')
  await expect(
    graph.getByRole('button', { name: /migration.*active.*waits AccessExclusive on seats/ }),
  ).toBeVisible()
  await expect(
    graph.getByRole('button', { name: /report.*active.*waits AccessShare on seats/ }),
  ).toBeVisible()
  await expectArrows(graph, 2)
  await holder.click()
  await expect(page.getByRole('region', { name: 'Inspector' })).toContainText('select count(*) from seats')

  // To the waiters by keys.
  await holder.press('ArrowRight')
  await expect(graph.getByRole('button', { name: /migration/ })).toBeFocused()

  await panel.getByRole('tab', { name: 'Tree' }).click()
  const tree = panel.getByRole('grid', { name: 'Tree of waiting processes' })
  await expect(tree.getByRole('row').nth(1)).toContainText('checkout')
  await expect(tree.getByRole('row').nth(2)).toContainText('migration')
  await expect(tree.getByRole('row').nth(3)).toContainText(/report.*in the queue/)

  const blame = panel.getByRole('grid', { name: 'Blockers by lock-seconds' })
  await expect(blame.getByRole('row').nth(1)).toContainText(/checkout.*100/)

  await tree.getByRole('row').nth(1).click()
  await panel.getByRole('button', { name: 'End process' }).click()
  const dialog = page.getByRole('dialog', { name: /^End process/ })
  await expect(dialog).toContainText('2 processes wait for it')
  await dialog.getByRole('button', { name: 'End the process' }).click()
  expect(await Promise.all(queue.behind)).toEqual(['done', 'done'])
  await expect(panel.getByRole('status')).toHaveText('Nobody waits for a lock')
  await blame.getByRole('row').nth(1).click()
  await expect(page.getByRole('region', { name: 'Inspector' })).toContainText(
    /Over the range it kept others waiting:.*caused/,
  )
  await queue.end()

  // Back in time: they wait again.
  // The last look may have come between the end of the first and that of the second.
  await expect(async () => {
    await panel.getByRole('button', { name: 'The time before at which somebody waited' }).click()
    await expect(panel.getByRole('status')).toContainText('2 processes wait', { timeout: 2_000 })
  }).toPass()
  await expect(panel.getByRole('button', { name: 'End process' })).toBeDisabled()
  // A moment of the past stands still: what is drawn of it is drawn once, and stays.
  await panel.getByRole('tab', { name: 'Graph' }).click()
  await reload(page)
  await expect(graph.getByRole('button')).toHaveCount(3)
  await expectArrows(graph, 2)
  await page.keyboard.press('f')
})

test('keeps all of a moment in sight where another one has as many, but other processes', async ({
  page,
  server,
}) => {
  const [first, middle, last] = [
    await connect(server, 'first'),
    await connect(server, 'middle'),
    await connect(server, 'last'),
  ]
  await first.query('create table if not exists doors (id int)')
  const panel = await openPanel(page)
  await page.keyboard.press('f')
  const status = panel.getByRole('status')
  for (const client of [first, middle, last]) await client.query('begin')
  await first.query('lock table doors')
  const second = middle.query('lock table doors')
  await expect(status).toContainText('first is at the root')
  await first.query('commit')
  await second
  const third = last.query('lock table doors')
  await expect(status).toContainText('middle is at the root')
  await panel.getByRole('tab', { name: 'Graph' }).click()
  const graph = panel.getByRole('group', { name: 'Graph of waiting processes' })
  const expectInSight = async (names: readonly RegExp[]) => {
    await expect(graph.getByRole('button')).toHaveCount(names.length)
    for (const name of names) await expect(graph.getByRole('button', { name })).toBeInViewport({ ratio: 1 })
  }
  await expectInSight([/^\d+ middle/, /^\d+ last/])

  await expect(async () => {
    await panel.getByRole('button', { name: 'The time before at which somebody waited' }).click()
    // Many looks lie between.
    await expect(status).toContainText('first is at the root', { timeout: 250 })
  }).toPass({ intervals: [20] })
  await expectInSight([/^\d+ first/, /^\d+ middle/])
  await page.keyboard.press('f')
  await middle.query('commit')
  await third
  await Promise.all([first, middle, last].map((client) => client.end()))
})

test('stands still while others come to wait and go, as long as they are in sight', async ({
  page,
  server,
}) => {
  const [holder, first, second] = [
    await connect(server, 'holder'),
    await connect(server, 'first'),
    await connect(server, 'second'),
  ]
  await holder.query('create table if not exists gates (id int)')
  const panel = await openPanel(page)
  await page.keyboard.press('f')
  const status = panel.getByRole('status')
  const graph = panel.getByRole('group', { name: 'Graph of waiting processes' })
  const placeOf = async (name: RegExp) => {
    const box = await graph.getByRole('button', { name }).boundingBox()
    return box === null
      ? undefined
      : { x: Math.round(box.x), y: Math.round(box.y), width: Math.round(box.width) }
  }
  const waitBehind = async (client: Client) => {
    await client.query('begin')
    return { ended: client.query('lock table gates').then(() => client.query('commit')) }
  }
  await holder.query('begin')
  await holder.query('lock table gates')
  const one = await waitBehind(first)
  await expect(status).toContainText('1 process waits')
  await panel.getByRole('tab', { name: 'Graph' }).click()
  await expect(graph.getByRole('button')).toHaveCount(2)
  await expectArrows(graph, 1)
  const before = [await placeOf(/^\d+ holder/), await placeOf(/^\d+ first/)]

  const two = await waitBehind(second)
  await expect(graph.getByRole('button')).toHaveCount(3)
  await expect(graph.getByRole('button', { name: /^\d+ second/ })).toBeInViewport({ ratio: 1 })
  await expect(status).toContainText('2 processes wait')
  expect([await placeOf(/^\d+ holder/), await placeOf(/^\d+ first/)]).toEqual(before)

  // All of it is over, and begins anew: each stands where it stood.
  await holder.query('commit')
  await Promise.all([one.ended, two.ended])
  await expect(status).toHaveText('Nobody waits for a lock')
  await holder.query('begin')
  await holder.query('lock table gates')
  const again = await waitBehind(first)
  await expect(graph.getByRole('button')).toHaveCount(2)
  await expectArrows(graph, 1)
  expect([await placeOf(/^\d+ holder/), await placeOf(/^\d+ first/)]).toEqual(before)
  await holder.query('commit')
  await again.ended
  await Promise.all([holder, first, second].map((client) => client.end()))
})

test('shows a wait that is over for a moment, as what it is: long enough to be read, and not as the present', async ({
  page,
  server,
  client,
}) => {
  const [holder, waiter] = [await connect(server, 'brief'), await connect(server, 'waiter')]
  await holder.query('create table if not exists turnstiles (id int)')
  const { sessionId } = await client.session.current()
  const panel = await openPanel(page)
  await page.keyboard.press('f')
  await panel.getByRole('tab', { name: 'Graph' }).or(panel.getByText('The strip above')).first().waitFor()
  /** As short as can be: it ends as soon as it was sampled. */
  const waitBriefly = async () => {
    const sinceMs = Date.now()
    await holder.query('begin')
    await holder.query('lock table turnstiles')
    await waiter.query('begin')
    const through = waiter.query('lock table turnstiles')
    await expect
      .poll(() => client.locks.step({ sessionId, atMs: sinceMs, to: 'later' }), { intervals: [50] })
      .toBeDefined()
    await holder.query('commit')
    await through
    await waiter.query('commit')
  }

  // Whoever has selected one of them reads. On a busy machine that may take a second wait.
  await expect(async () => {
    await waitBriefly()
    await panel.getByRole('button', { name: /^\d+ brief/ }).click({ timeout: lingersMs })
    await expect(page.getByText(/^As it was a moment ago, at [\d:.]+\.$/)).toBeVisible()
  }).toPass()
  const over = panel.getByText('A moment ago', { exact: true })
  await expect(over).toBeVisible()
  await expect(panel.getByText(/as it was at \d\d:\d\d:\d\d/)).toBeVisible()
  await expect(panel.getByRole('status')).toHaveText('Nobody waits for a lock')
  // What is over can't be stopped.
  await expect(panel.getByRole('button', { name: 'Cancel statement' })).toBeDisabled()
  await expect(panel.getByRole('button', { name: 'End process' })).toBeDisabled()
  // Nobody reads any more: it fades.
  await page.keyboard.press('Escape')
  await expect(over).toBeHidden({ timeout: 15_000 })
  await expect(panel.getByText('The strip above shows when somebody did')).toBeVisible()
  await Promise.all([holder, waiter].map((one) => one.end()))
})

/** Somebody waited, and nobody does any more: answers what the panel says. */
async function seeWaitEnd(page: Page, panel: Locator, server: TestServer): Promise<Locator> {
  await page.keyboard.press('f')
  const queue = await makeQueue(server)
  const status = panel.getByRole('status')
  await expect(status).toContainText('2 processes wait')
  await queue.end()
  await expect(status).toHaveText('Nobody waits for a lock')
  return status
}

test('leads from a calm moment to the one at which most waited', async ({ page, server }) => {
  const panel = await openPanel(page)
  const status = await seeWaitEnd(page, panel, server)
  // A chosen time, as one that was drawn on the timeline: nothing lingers there.
  await page.keyboard.press('Space')
  await panel.getByRole('button', { name: /^Show when most waited: \d+ at \d\d:\d\d:\d\d$/ }).click()
  await expect(status).toContainText(/\d+ processes wait/)
})

test('looks at another moment where the strip is clicked, and leaves the range as it is', async ({
  page,
  server,
}) => {
  const panel = await openPanel(page)
  const status = await seeWaitEnd(page, panel, server)
  const strip = panel.getByRole('button', { name: /to look at a moment/ })
  await panel.getByRole('button', { name: 'The time before at which somebody waited' }).click()
  await expect(status).toContainText(/process(es)? waits?/)
  const toNow = panel.getByRole('button', { name: 'Back to now' })
  await expect(toNow).toBeVisible()
  // What the range follows goes on.
  await expect(page.getByText('following ▸ now')).toBeVisible()
  await expect(async () => {
    await strip.press('ArrowRight')
    await expect(status).toHaveText('Nobody waits for a lock', { timeout: 1_000 })
  }).toPass()
  const { width } = (await strip.boundingBox()) ?? { width: 0 }
  await strip.click({ position: { x: width - 4, y: 14 } })
  await expect(toNow).toBeVisible()
  await expect(page.getByText('following ▸ now')).toBeVisible()
  await toNow.click()
  await expect(toNow).toBeHidden()
})

test('has no axe violations in either theme, busy and calm', async ({ page, server }) => {
  const panel = await openPanel(page)
  await page.keyboard.press('f')
  await expect(panel.getByRole('status')).toHaveText('Nobody waits for a lock')
  await expectAccessibleInBothThemes(page)
  const queue = await makeQueue(server)
  await panel.getByRole('tab', { name: 'Graph' }).click()
  await expect(panel.getByRole('button', { name: /migration/ })).toBeVisible()
  await expectAccessibleInBothThemes(page)
  await panel.getByRole('tab', { name: 'Tree' }).click()
  await expect(panel.getByRole('grid', { name: 'Tree of waiting processes' })).toBeVisible()
  await expectAccessibleInBothThemes(page)
  await queue.end()
})
