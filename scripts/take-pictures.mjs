// `node scripts/take-pictures.mjs`: takes the pictures of the documentation anew, from the real workbench on the demo.
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { ensureBuilt } from './ensure-built.mjs'
import { outFolder, root } from './lib/folders.mjs'

const statement = `select c.country_code, count(*) as orders, sum(l.quantity * l.unit_price) as revenue
from orders o
join customers c on c.customer_id = o.customer_id
join order_lines l on l.order_id = o.order_id
where o.status = 'returned'
group by c.country_code
order by revenue desc`

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
  await editor.click()
  await page.keyboard.press('Control+A')
  await page.keyboard.insertText(statement)
  // Typed text brings up suggestions, which are no part of the picture.
  const suggestions = page.locator('.suggest-widget.visible')
  await suggestions.waitFor()
  await page.keyboard.press('Escape')
  await suggestions.waitFor({ state: 'hidden' })
  await page.keyboard.press('Control+Shift+Enter')
  await page.getByRole('treegrid', { name: 'Plan' }).waitFor({ timeout: 60_000 })
  for (const scheme of ['dark', 'light']) {
    await page.emulateMedia({ colorScheme: scheme })
    await page.waitForFunction((theme) => document.documentElement.dataset.theme === theme, scheme)
    await page.waitForFunction(() =>
      document.getAnimations().every(({ playState }) => playState !== 'running'),
    )
    await page.screenshot({ path: join(root, 'docs', 'images', `query-${scheme}.png`) })
  }
} finally {
  await browser.close()
  host.kill('SIGINT')
  await new Promise((resolve) => host.once('exit', resolve))
  await rm(dataFolder, { recursive: true, force: true })
}
