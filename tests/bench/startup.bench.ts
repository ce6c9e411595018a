import { rm } from 'node:fs/promises'
import { type Browser, chromium } from '@playwright/test'
import { findWholeChromium } from '#tests/support/chromium.ts'
import { runCommand } from '#tests/support/command.ts'
import { makeTestFolder } from '#tests/support/test-folders.ts'
import { startWebHost } from '#tests/support/web-host.ts'
import type { BenchRow } from './bench-row.ts'

const area = 'start'
const times = 5

/** From the command to something useful, for each way to start. */
export async function bench(): Promise<BenchRow[]> {
  const dataFolder = await makeTestFolder('bench-start')
  const chromiumPath = findWholeChromium()
  const browser = await chromium.launch(chromiumPath === undefined ? {} : { executablePath: chromiumPath })
  try {
    const first = await timeInterface(browser, dataFolder)
    const later = await medianOf(times, () => timeInterface(browser, dataFolder))
    const bare = await medianOf(times, timeHost)
    const command = ['profile', '--demo', '--data', dataFolder, '--sql', 'select 1', '--json']
    const commandMs = await medianOf(times, () => time(() => runCommand(command)))
    const versionMs = await medianOf(times, () => time(() => runCommand(['--version'])))
    return [
      row('interface ready in the browser, demo made the first time', first, 15_000),
      row('interface ready in the browser, demo already made', later, 3_000),
      row('web host serves, without a server', bare),
      row('command line: profile --demo "select 1", demo already made, start to end', commandMs),
      row('command line: --version', versionMs),
    ]
  } finally {
    await browser.close()
    await rm(dataFolder, { recursive: true, force: true, maxRetries: 5 })
  }
}

function row(what: string, ms: number, budgetMs?: number): BenchRow {
  const inSeconds = (value: number) => `${(value / 1_000).toFixed(2)} s`
  return {
    area,
    what,
    figure: inSeconds(ms),
    ...(budgetMs === undefined ? {} : { budget: inSeconds(budgetMs), holds: ms <= budgetMs }),
  }
}

/** Until the editor can be typed into and the demo server is connected. */
async function timeInterface(browser: Browser, dataFolder: string): Promise<number> {
  const startedAtMs = performance.now()
  const host = await startWebHost({ dataFolder, demo: true })
  const page = await browser.newPage()
  await page.goto(host.url)
  await page.locator('.monaco-editor .view-line').first().waitFor({ timeout: 90_000 })
  const tookMs = performance.now() - startedAtMs
  await page.close()
  await host.stop()
  return tookMs
}

async function timeHost(): Promise<number> {
  const startedAtMs = performance.now()
  const host = await startWebHost()
  const tookMs = performance.now() - startedAtMs
  await host.stop()
  await rm(host.dataFolder, { recursive: true, force: true })
  return tookMs
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const startedAtMs = performance.now()
  await work()
  return performance.now() - startedAtMs
}

async function medianOf(count: number, measure: () => Promise<number>): Promise<number> {
  const took: number[] = []
  for (let turn = 0; turn < count; turn += 1) took.push(await measure())
  return took.toSorted((a, b) => a - b)[Math.floor(count / 2)] ?? Number.NaN
}
