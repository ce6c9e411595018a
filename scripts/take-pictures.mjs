// `node scripts/take-pictures.mjs`: takes the pictures of the documentation anew, from the real workbench on the demo.
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { ensureBuilt } from './ensure-built.mjs'
import { outFolder, root } from './lib/folders.mjs'

const revenue = `select c.country_code, count(*) as orders, sum(l.quantity * l.unit_price) as revenue
from orders o
join customers c on c.customer_id = o.customer_id
join order_lines l on l.order_id = o.order_id
where o.status = 'returned'
group by c.country_code
order by revenue desc`

/** The same question, asked for fewer orders: another plan. */
const recentRevenue = revenue.replace(
  "where o.status = 'returned'",
  "where o.status = 'returned' and o.ordered_at >= now() - interval '30 days'",
)

/** Joins, a CTE that is read twice, and a sum for each order: something to see in every view. */
const bestCustomers = `with returned as materialized (
  select o.order_id, o.customer_id from orders o where o.status = 'returned'
)
select c.email, count(*) as orders,
  (select count(*) from returned again where again.customer_id = c.customer_id) as returned,
  sum(l.quantity * l.unit_price) as revenue
from returned r
join customers c on c.customer_id = r.customer_id
join order_lines l on l.order_id = r.order_id
where c.country_code = 'DE'
group by c.customer_id, c.email
order by revenue desc
limit 20`

await ensureBuilt()
const dataFolder = await mkdtemp(join(tmpdir(), 'barograph-pictures-'))
const host = spawn(process.execPath, [join(outFolder, 'main', 'web.js'), '--data', dataFolder], {
  stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
})
const url = await new Promise((resolve) => {
  let output = ''
  host.stdout.on('data', (chunk) => {
    output += chunk
    const [found] = /http:\/\/\S+/.exec(output) ?? []
    if (found !== undefined) resolve(found)
  })
})
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium' })
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: 'dark' })
  await page.goto(url)
  const editor = page.locator('.monaco-editor').first()
  await editor.waitFor({ timeout: 120_000 })

  const paste = (where, pasted) =>
    where.evaluate((target, text) => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', text)
      target.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    }, pasted)

  /** Analyses a statement, and waits until its own plan is on screen. */
  const analyse = async (statement) => {
    const line = page.getByTestId('run-line')
    const before = (await line.count()) === 0 ? null : await line.getAttribute('data-run')
    const area = page.locator('.sql-editor textarea.inputarea')
    await area.focus()
    await page.keyboard.press('Control+A')
    await page.keyboard.press('Delete')
    // Pasted: typed text would be indented and bring up suggestions.
    await paste(area, statement)
    await page.keyboard.press('Control+Shift+Enter')
    await page.waitForFunction(
      (known) => {
        const run = document.querySelector('[data-testid="run-line"]')?.getAttribute('data-run')
        return run !== null && run !== undefined && run !== '' && run !== known
      },
      before,
      { timeout: 60_000 },
    )
    await page.getByRole('region', { name: 'Plan', exact: true }).waitFor({ timeout: 60_000 })
  }

  const picture = async (name) => {
    // Nothing is pointed at.
    await page.mouse.move(2, 450)
    await page.waitForFunction(() =>
      document.getAnimations().every(({ playState }) => playState !== 'running'),
    )
    await page.evaluate(
      () =>
        new Promise((painted) => {
          requestAnimationFrame(() => requestAnimationFrame(painted))
        }),
    )
    await page.screenshot({ path: join(root, 'docs', 'images', `${name}.png`) })
  }
  const view = async (id) => {
    await page.getByRole('radio', { name: id, exact: true }).click()
    const canvas = { Tree: 'plan-graph' }[id]
    if (canvas !== undefined)
      await page.locator(`[data-testid="${canvas}"][data-drawn]`).waitFor({ timeout: 20_000 })
  }

  await analyse(revenue)
  await view('Tree')
  for (const scheme of ['dark', 'light']) {
    await page.emulateMedia({ colorScheme: scheme })
    await page.waitForFunction((theme) => document.documentElement.dataset.theme === theme, scheme)
    await picture(`query-${scheme}`)
  }
  await page.emulateMedia({ colorScheme: 'dark' })

  await analyse(recentRevenue)
  await page.getByRole('tab', { name: /^Runs/ }).click()
  await page.getByRole('button', { name: 'Compare run 1 with the shown run' }).click()
  const comparison = page.getByRole('region', { name: 'Comparison' })
  await comparison.getByRole('grid').focus()
  await page.keyboard.press('End')
  await picture('plan-compare-dark')
  await page.keyboard.press('Escape')

  // As a plan that somebody sent: the whole window for its views.
  await analyse(bestCustomers)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('button', { name: 'Copy the plan' }).click()
  await page.getByRole('menuitem', { name: 'Plan as JSON' }).click()
  await page.getByText('Copied the plan as JSON').first().waitFor()
  const json = await page.evaluate(() => navigator.clipboard.readText())
  await page.getByRole('button', { name: 'Plans', exact: true }).click()
  await paste(page.locator('body'), json)
  await page.getByRole('region', { name: 'Plan', exact: true }).waitFor()
  await page.waitForFunction(() => !document.body.innerText.includes('Copied the plan as JSON'))
  await view('Tree')
  await picture('plan-findings-dark')
  const findings = page.getByRole('region', { name: 'Findings' })
  if (await findings.isVisible()) await findings.getByRole('button', { name: 'Hide the findings' }).click()
  for (const id of ['Tree', 'Flame', 'Grid', 'Text']) {
    await view(id)
    await picture(`plan-${id.toLowerCase()}-dark`)
  }

  // A server at work, over the two minutes that a new window follows.
  await page.getByRole('button', { name: /^Workload/ }).click()
  for (const story of await page.getByRole('switch').all()) await story.click()
  await page.keyboard.press('Escape')
  await new Promise((resolve) => setTimeout(resolve, 110_000))
  for (const name of ['Load', 'Statements']) {
    await page.getByRole('button', { name, exact: true }).click()
    await page.getByRole('main', { name }).waitFor()
    await page.waitForTimeout(3_000)
    await picture(`${name.toLowerCase()}-dark`)
  }

  // Back in time, to where most waited: the last of the moments at which nobody waits for a lock would be no picture.
  await page.getByRole('button', { name: 'Locks', exact: true }).click()
  const locks = page.getByRole('region', { name: 'Locks', exact: true })
  const waiting = async () =>
    Number(/^\d+/.exec((await locks.getByRole('status').textContent()) ?? '')?.[0] ?? 0)
  for (let step = 0; step < 60; step += 1) {
    const before = await locks.getByText(/^[\d:]+\.\d$|^now$/).textContent()
    await page.keyboard.press('<')
    await page.waitForFunction(
      (known) =>
        ![...document.querySelectorAll('section[aria-label=Locks] span')].some(
          ({ textContent }) => textContent === known,
        ),
      before,
    )
    if ((await waiting()) >= 3) break
  }
  // A level arrow has no height, which counts as hidden.
  await locks.locator('.react-flow__edge-path').first().waitFor({ state: 'attached' })
  await picture('locks-dark')
} finally {
  await browser.close()
  host.kill('SIGINT')
  await new Promise((resolve) => host.once('exit', resolve))
  await rm(dataFolder, { recursive: true, force: true })
}
