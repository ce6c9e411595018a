import type { Page } from '@playwright/test'
import { expectAccessible } from '#tests/support/axe.ts'
import { expect, reload, test, whenReady } from '#tests/support/workbench.ts'

const textPlan = `Hash Join  (cost=33.38..62.84 rows=500 width=72) (actual time=0.410..1.020 rows=500 loops=1)
  Hash Cond: (o.customer_id = c.id)
  ->  Seq Scan on orders o  (cost=0.00..22.70 rows=1270 width=36) (actual time=0.010..0.120 rows=1270 loops=1)
  ->  Hash  (cost=20.70..20.70 rows=1000 width=36) (actual time=0.300..0.301 rows=1000 loops=1)
        Buckets: 1024  Batches: 1  Memory Usage: 60kB
        ->  Seq Scan on customers c  (cost=0.00..20.70 rows=1000 width=36) (actual time=0.008..0.100 rows=1000 loops=1)
Planning Time: 0.200 ms
Execution Time: 1.100 ms
`

const jsonPlan = JSON.stringify([
  {
    Plan: {
      'Node Type': 'Seq Scan',
      'Relation Name': 'invoices',
      Alias: 'invoices',
      'Startup Cost': 0,
      'Total Cost': 9,
      'Plan Rows': 3,
      'Plan Width': 4,
    },
  },
])

interface DroppedFile {
  readonly name: string
  readonly text: string
  readonly times?: number
  /** Of what gzip makes of it, so many bytes. */
  readonly gzipBytes?: number
}

/** As a person does it: the clipboard's text arrives at whatever has the focus. */
async function paste(page: Page, text: string, selector = 'body'): Promise<void> {
  await page
    .locator(selector)
    .first()
    .evaluate((target, pasted) => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', pasted)
      target.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    }, text)
}

async function drop(page: Page, files: readonly DroppedFile[]): Promise<void> {
  await page.evaluate(async (dropped) => {
    const dataTransfer = new DataTransfer()
    for (const { name, text, times = 1, gzipBytes } of dropped) {
      // A long file is put together in the page: sending it there would take longer than reading it.
      const plain = new Blob(Array<string>(times).fill(text))
      const packed = plain.stream().pipeThrough(new CompressionStream('gzip'))
      const content =
        gzipBytes === undefined ? plain : (await new Response(packed).blob()).slice(0, gzipBytes)
      dataTransfer.items.add(new File([content], name))
    }
    for (const type of ['dragenter', 'dragover', 'drop'])
      document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))
  }, files)
}

const panel = (page: Page) => page.getByRole('region', { name: 'Plans', exact: true })

test.describe('without any server', () => {
  test('a plan that is pasted on the first screen opens, and is there after a reload', async ({ page }) => {
    await expect(page.getByRole('button', { name: /Look at a plan or a log/ })).toBeVisible()
    await paste(page, textPlan)
    await expect(panel(page).getByRole('heading', { name: /Hash Join over orders, customers/ })).toBeVisible()
    await expect(page.getByRole('region', { name: 'Plan', exact: true })).toBeVisible()
    await expect(panel(page)).toContainText('1.1 ms')

    await reload(page)
    await page.getByRole('button', { name: /Look at a plan or a log/ }).click()
    const kept = page.getByRole('navigation', { name: 'Kept plans' })
    await kept.getByRole('button', { name: /^Hash Join over/ }).click()
    await expect(panel(page).getByRole('heading', { name: /Hash Join over orders, customers/ })).toBeVisible()
  })

  test('a text of half a megabyte is kept to the letter', async ({ page, client }) => {
    const large = jsonPlan
      .replaceAll('invoices', 'large_invoices')
      .replace('"Plan Width":4', `"Plan Width":4,"Remark":"${'añ→𝄞'.repeat(100_000)}"`)
    await paste(page, large)
    await expect(panel(page).getByRole('heading', { name: /Seq Scan over large_invoices/ })).toBeVisible()
    const { sessionId } = await client.session.current()
    const findKept = async () =>
      (await client.plans.list({ sessionId })).find(({ name }) => name.includes('large_invoices'))?.planId
    await expect.poll(findKept).toBeDefined()
    const { text } = await client.plans.open({ sessionId, planId: (await findKept()) ?? '' })
    expect(text === large).toBe(true)
  })

  test('a plan that is pasted before the workbench has answered is shown at once, and kept when it does', async ({
    browser,
    host,
    client,
  }) => {
    const page = await browser.newPage()
    try {
      let answer = () => {}
      const answering = new Promise<void>((resolve) => {
        answer = resolve
      })
      await page.routeWebSocket('**/contract', async (socket) => {
        await answering
        socket.connectToServer()
      })
      await page.goto(host.url)
      await expect(page.getByRole('main').filter({ hasText: 'Reaching the workbench' })).toBeVisible()
      await paste(page, textPlan.replaceAll('orders', 'early_orders'))
      await expect(page.getByRole('contentinfo', { name: 'Status' })).not.toContainText('MiB')
      answer()
      await whenReady(page)
      await expect(panel(page).getByRole('heading', { name: /Hash Join over early_orders/ })).toBeVisible()
      const { sessionId } = await client.session.current()
      await expect
        .poll(async () => (await client.plans.list({ sessionId })).map(({ name }) => name))
        .toContainEqual(expect.stringContaining('early_orders'))
      await expect(panel(page)).not.toContainText('There is no session')
    } finally {
      await page.close()
    }
  })

  test('files that are dropped anywhere are kept, and one that is no plan stays with what is wrong with it', async ({
    page,
  }) => {
    await page.getByRole('button', { name: /Look at a plan or a log/ }).click()
    await drop(page, [
      { name: 'first.json', text: jsonPlan },
      { name: 'second.txt', text: textPlan },
    ])
    const kept = page.getByRole('navigation', { name: 'Kept plans' })
    await expect(kept.getByRole('button', { name: /^first\.json/ })).toBeVisible()
    await expect(kept.getByRole('button', { name: /^second\.txt/ })).toBeVisible()
    await kept.getByRole('button', { name: /^first\.json/ }).click()
    await expect(panel(page).getByRole('heading', { name: 'first.json' })).toBeVisible()

    await drop(page, [{ name: 'broken.json', text: `${jsonPlan.slice(0, 20)}?${jsonPlan.slice(20)}` }])
    await expect(panel(page).getByRole('alert')).toContainText('broken.json can’t be read as a plan')
    await expect(panel(page).getByRole('alert')).toContainText(/line 1, column \d+/)
    await expect(page.getByRole('textbox', { name: 'Plan to show' })).toHaveValue(/invoices/)
    await expectAccessible(page)
  })

  test('a plan pasted into the box opens at once, one that is typed with the button or its key', async ({
    page,
  }) => {
    await page.getByRole('button', { name: /Look at a plan or a log/ }).click()
    const box = page.getByRole('textbox', { name: 'Plan to show' })
    await paste(page, jsonPlan, 'textarea[aria-label="Plan to show"]')
    await expect(panel(page).getByRole('heading', { name: /Seq Scan over invoices/ })).toBeVisible()
    await page.getByRole('button', { name: 'Open another…' }).click()
    await box.fill(`my plan is:\n${textPlan}`)
    await box.press('Control+Enter')
    await expect(panel(page).getByRole('heading', { name: /Hash Join over/ })).toBeVisible()
  })

  test('several plans of one text are told apart', async ({ page }) => {
    await paste(page, `${textPlan}\nand then\n\n${textPlan.replaceAll('orders', 'returns')}`)
    await page.getByRole('combobox', { name: 'Plan of this text' }).click()
    await page.getByRole('option', { name: /2 of 2.*returns/ }).click()
    await expect(page.getByRole('treegrid').first()).toContainText('returns')
  })

  test('a kept plan is compared with the one on screen by keys, and removed after a question', async ({
    page,
  }) => {
    await drop(page, [
      { name: 'to remove.json', text: jsonPlan },
      { name: 'other.json', text: jsonPlan },
    ])
    const kept = page.getByRole('navigation', { name: 'Kept plans' })
    await expect(kept.getByRole('button', { name: /^other\.json/ })).toBeVisible()
    await kept.getByRole('button', { name: /^to remove\.json/ }).focus()
    // The first of its buttons compares it with the one on screen.
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    const comparison = page.getByRole('region', { name: 'Comparison' })
    await expect(comparison).toContainText(/before\s*plan \d+ · .*after\s*plan \d+ · /)
    await expect(comparison.getByRole('grid')).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(comparison).toBeHidden()
    await kept.getByRole('button', { name: /^Remove to remove\.json/ }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Remove the plan' }).click()
    await expect(kept.getByRole('button', { name: /^to remove\.json/ })).toHaveCount(0)
  })
})

const logLines = (count: number): string =>
  Array.from(
    { length: count },
    (_, at) =>
      `2026-11-20 10:00:${String(at % 60).padStart(2, '0')}.123 UTC [${1000 + (at % 7)}] app@shop LOG:  duration: ${(at % 50) + 0.5} ms  statement: select * from orders where id = ${at}\n`,
  ).join('')

const loggedPlan = `2026-11-20 10:05:00.000 UTC [999] app@shop LOG:  duration: 1234.500 ms  plan:
\tQuery Text: select count(*) from invoices where paid = false
\tAggregate  (cost=10.00..10.01 rows=1 width=8) (actual time=1234.000..1234.001 rows=1 loops=1)
\t  ->  Seq Scan on invoices  (cost=0.00..9.00 rows=400 width=0) (actual time=0.010..1200.000 rows=400 loops=1)
\t        Filter: (NOT paid)
\t        Rows Removed by Filter: 99600
`

test('a server log that is dropped is listed by total time, and opens its plans', async ({ page }) => {
  await drop(page, [{ name: 'postgresql.log', text: `${logLines(20_000)}${loggedPlan}` }])
  const log = page.getByRole('region', { name: 'Log' })
  await expect(log).toContainText('20,001')
  const grid = log.getByRole('grid', { name: 'Statements of the log' })
  await expect(grid.getByRole('row').nth(1)).toContainText('select * from orders where id')
  await grid.getByRole('button', { name: 'Plans' }).click()
  await expect(grid.getByRole('row').nth(1)).toContainText('invoices')
  await grid.getByRole('button', { name: 'Total' }).click()
  await grid.focus()
  await page.keyboard.press('ArrowDown')
  await expect(grid.getByRole('row', { selected: true })).toContainText('invoices')
  await page.keyboard.press('Enter')
  await expect(panel(page).getByRole('heading', { name: /select count\(\*\) from invoices/ })).toBeVisible()
  await expect(panel(page)).toContainText('took 1.23 s')
  await page.getByRole('button', { name: 'postgresql.log' }).click()
  await expect(grid.getByRole('row').nth(1)).toContainText('select * from orders where id')
  await expectAccessible(page)
})

test('a plan is redacted everywhere at a choice, and back', async ({ page }) => {
  await expect(page.getByRole('button', { name: /Look at a plan or a log/ })).toBeVisible()
  await paste(page, textPlan)
  const plan = page.getByRole('region', { name: 'Plan', exact: true })
  await expect(plan).toContainText('on orders o')
  await page.getByRole('button', { name: 'Copy the plan' }).click()
  await page.getByRole('menuitem', { name: 'Redact names and values' }).click()
  await expect(plan).toContainText('on table_1 alias_1')
  await expect(plan).not.toContainText('orders')
  await expect(page.getByRole('region', { name: 'Inspector' })).not.toContainText(/orders|customers/)
  await expect(panel(page).getByRole('heading', { name: /table_1/ })).toBeVisible()
  await expect(panel(page).getByRole('heading', { name: /orders/ })).toHaveCount(0)
  await plan.getByRole('button', { name: 'Show the names' }).click()
  await expect(plan).toContainText('on orders o')
})

test('what a finding advises goes to the editor', async ({ page }) => {
  await expect(page.getByRole('button', { name: /Look at a plan or a log/ })).toBeVisible()
  await paste(page, loggedPlan)
  await page.getByRole('button', { name: 'Open CREATE INDEX' }).first().click()
  await expect(page.locator('.sql-editor .monaco-editor').first()).toContainText(
    /CREATE\sINDEX\sON\sinvoices/,
  )
})

test('a log and a plan that gzip has packed are unpacked, and what is left of one is told so', async ({
  page,
}) => {
  const whole = { gzipBytes: Number.MAX_SAFE_INTEGER }
  await drop(page, [{ name: 'postgresql.log.gz', text: `${logLines(20_000)}${loggedPlan}`, ...whole }])
  const log = page.getByRole('region', { name: 'Log' })
  await expect(log).toContainText('20,001')
  const grid = log.getByRole('grid', { name: 'Statements of the log' })
  await grid.getByRole('row').filter({ hasText: 'invoices' }).click()
  await page.keyboard.press('Enter')
  await expect(panel(page)).toContainText('took 1.23 s')
  await page.getByRole('button', { name: 'postgresql.log', exact: true }).click()
  await expect(log).toContainText('20,001')

  // What is dropped last stays on screen, however long the one before takes.
  await drop(page, [{ name: 'plan.json.gz', text: jsonPlan, ...whole }])
  await drop(page, [{ name: 'half.log.gz', text: logLines(2_000), gzipBytes: 2_000 }])
  await expect(panel(page).getByRole('alert')).toContainText('half.log.gz can’t be read as a plan')
  await expect(panel(page).getByRole('alert')).toContainText('damaged or cut off')
  await page
    .getByRole('navigation', { name: 'Kept plans' })
    .getByRole('button', { name: /^plan\.json/ })
    .click()
  await expect(page.getByRole('treegrid').first()).toContainText('invoices')
})

test('deadlocks of a log are told with the statements in them', async ({ page }) => {
  const head = '2026-11-20 10:06:00.000 UTC [786] app@shop '
  const deadlock = `${head}ERROR:  deadlock detected
${head}DETAIL:  Process 786 waits for ShareLock on transaction 754; blocked by process 780.
\tProcess 780 waits for ShareLock on transaction 755; blocked by process 786.
\tProcess 786: update acc set v = 1
\tProcess 780: update cart set v = 2
`
  await drop(page, [{ name: 'postgresql.log', text: `${logLines(200)}${deadlock}` }])
  const told = page.getByRole('region', { name: 'Log' }).getByRole('region', { name: 'Deadlocks' })
  await expect(told).toContainText('1× last 2026-11-20 10:06:00 UTC')
  await expect(told.getByRole('listitem').filter({ hasText: /^786/ })).toContainText('update acc set v = 1')
  await expect(told.getByRole('listitem').filter({ hasText: /^780/ })).toContainText('update cart set v = 2')
  await expectAccessible(page)
})

test('plans that psql printed between the lines of a log are listed, and opened, beside those that were logged', async ({
  page,
}) => {
  const printed = [
    'shop=# explain select * from parcels;',
    '                        QUERY PLAN',
    '----------------------------------------------------------',
    ' Seq Scan on parcels  (cost=0.00..15.00 rows=100 width=8)',
    '(1 row)',
    '',
  ].join('\n')
  await drop(page, [{ name: 'mixed.log', text: `${logLines(100)}${printed}${logLines(100)}${loggedPlan}` }])
  const log = page.getByRole('region', { name: 'Log' })
  const pasted = log.getByRole('region', { name: 'Plans between the entries' })
  await expect(pasted).toContainText('A plan stands between the entries')
  await expect(log.getByText('plan', { exact: true })).toBeVisible()
  await pasted.getByRole('button', { name: /^line 10\d/ }).click()
  await expect(page.getByText('Seq Scan', { exact: false }).first()).toBeVisible()
  await page.getByRole('button', { name: 'mixed.log', exact: true }).click()
  await expect(pasted).toBeVisible()
})

test('a file that is neither plan nor log says so', async ({ page }) => {
  await drop(page, [{ name: 'holiday.txt', text: 'Dear diary, nothing was slow today.' }])
  await expect(panel(page).getByRole('alert')).toContainText('holiday.txt can’t be read as a plan')
})

test('a text that is no plan is told so wherever in the panel it is pasted', async ({ page }) => {
  await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: 'Plans' }).click()
  const look = page.getByRole('button', { name: /Look at a plan or a log/ })
  const box = page.getByRole('textbox', { name: 'Plan to show' })
  await expect(box.or(look).first()).toBeVisible()
  if (!(await box.isVisible())) await look.click()
  await paste(page, 'lorem ipsum dolor sit amet')
  await expect(page.getByText('What was pasted can’t be read as a plan')).toBeVisible()
  await expect(box).toHaveValue('lorem ipsum dolor sit amet')
})

test('a log is closed again, and its reading given up', async ({ page }) => {
  await drop(page, [{ name: 'postgresql.log', text: `${logLines(2_000)}${loggedPlan}` }])
  await page.getByRole('button', { name: 'Close the log' }).click()
  await expect(page.getByRole('textbox', { name: 'Plan to show' })).toBeVisible()

  await drop(page, [{ name: 'long.log', text: logLines(20_000), times: 60 }])
  await page.getByRole('region', { name: 'Progress' }).getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('textbox', { name: 'Plan to show' })).toBeVisible()
})
