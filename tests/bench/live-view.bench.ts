import { readdir, readFile } from 'node:fs/promises'
import { type CDPSession, chromium, type Page } from '@playwright/test'
import { findChromium } from '#tests/support/chromium.ts'
import { startLoad } from '#tests/support/server-load.ts'
import { startTestServer } from '#tests/support/servers.ts'
import { startWebHost, type WebHost } from '#tests/support/web-host.ts'
import type { BenchRow } from './bench-row.ts'

const area = 'live view'
const warmMs = 8_000
const measuredMs = 30_000
/** Linux counts processor time in hundredths of a second. */
const ticksPerSecond = 100

/**
 * From a sample on the server to the frame that shows it, with the Load panel and all of its charts open, at ten and at
 * fifty samples a second; and what that costs the workbench and the browser. Everything runs on this one machine: the
 * server with its sessions, which mostly wait, the workbench, and a browser that draws in software.
 */
export async function bench(): Promise<BenchRow[]> {
  const server = await startTestServer({ settings: { track_io_timing: 'on' } })
  const load = await startLoad(server, { calm: true, hotRowHolders: 6 })
  const host = await startWebHost()
  const { host: address, port, user, database } = server
  await host.client.targets.connect({
    name: 'bench',
    settings: { host: address, port, user, database },
  })
  const executablePath = findChromium()
  const browserServer = await chromium.launchServer(executablePath === undefined ? {} : { executablePath })
  const browser = await chromium.connect(browserServer.wsEndpoint())
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.goto(host.url)
    await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: 'Load' }).click()
    await page.getByRole('slider', { name: 'Moment of Load by wait class' }).waitFor()
    const rows: BenchRow[] = []
    for (const hz of [10, 50]) {
      await host.client.recording.setRate({ hz })
      rows.push(...toRows(hz, await measure(page, host, browserServer.process().pid ?? 0)))
    }
    return rows
  } finally {
    await browser.close()
    await browserServer.close()
    await host.stop()
    await load.stop()
    await server.stop()
  }
}

interface Figures {
  readonly lag: { readonly p50: string; readonly p95: string; readonly worst: string }
  /** Of one core. */
  readonly mainShare: number
  readonly pageShare: number
  readonly browserShare: number
  readonly longTasks: readonly number[]
}

async function measure(page: Page, host: WebHost, browserPid: number): Promise<Figures> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Performance.enable')
  await page.waitForTimeout(warmMs)
  await page.evaluate(() => {
    const longTasks: number[] = []
    new PerformanceObserver((list) =>
      longTasks.push(...list.getEntries().map((entry) => entry.duration)),
    ).observe({
      entryTypes: ['longtask'],
    })
    Object.assign(window, { longTasks })
  })
  const before = await readCosts(cdp, host.pid, browserPid)
  await page.waitForTimeout(measuredMs)
  const after = await readCosts(cdp, host.pid, browserPid)
  const seconds = (after.atMs - before.atMs) / 1_000
  const longTasks = await page.evaluate(
    () => (window as unknown as { readonly longTasks: number[] }).longTasks,
  )
  return {
    lag: await readLag(page),
    mainShare: (after.mainSeconds - before.mainSeconds) / seconds,
    pageShare: (after.pageSeconds - before.pageSeconds) / seconds,
    browserShare: (after.browserSeconds - before.browserSeconds) / seconds,
    longTasks,
  }
}

/** The window's own meter, from its status bar: the last six hundred samples. */
async function readLag(page: Page): Promise<Figures['lag']> {
  await page.getByTitle('From sample to screen').click()
  const facts = await page
    .getByRole('dialog', { name: 'From sample to screen' })
    .locator('dd')
    .allTextContents()
  await page.keyboard.press('Escape')
  const [p50 = '', p95 = '', worst = ''] = facts
  return { p50, p95, worst }
}

async function readCosts(cdp: CDPSession, mainPid: number, browserPid: number) {
  const { metrics } = await cdp.send('Performance.getMetrics')
  return {
    atMs: performance.now(),
    mainSeconds: await processorSeconds([mainPid]),
    browserSeconds: await processorSeconds(await processTree(browserPid)),
    pageSeconds: metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0,
  }
}

async function processorSeconds(pids: readonly number[]): Promise<number> {
  const parts = await Promise.all(pids.map((pid) => readStat(pid)))
  return parts.reduce((sum, stat) => sum + (stat?.processorSeconds ?? 0), 0)
}

async function processTree(root: number): Promise<readonly number[]> {
  const names = await readdir('/proc')
  const stats = await Promise.all(
    names.filter((name) => /^\d+$/.test(name)).map((name) => readStat(Number(name))),
  )
  const tree = new Set([root])
  // Parents have smaller numbers than their children, unless numbers began anew: two passes find all the same.
  for (let pass = 0; pass < 3; pass += 1) {
    for (const stat of stats) if (stat !== undefined && tree.has(stat.parentPid)) tree.add(stat.pid)
  }
  return [...tree]
}

async function readStat(pid: number) {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  if (text === '') return undefined
  // The name may hold spaces and brackets; what follows it does not.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const [parentPid, user, system] = [fields[1], fields[11], fields[12]].map(Number)
  return { pid, parentPid: parentPid ?? 0, processorSeconds: ((user ?? 0) + (system ?? 0)) / ticksPerSecond }
}

function toRows(hz: number, figures: Figures): readonly BenchRow[] {
  const { lag, mainShare, pageShare, browserShare, longTasks } = figures
  const what = `Load panel with all charts, ${hz} Hz`
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`
  const p95Ms = lag.p95.endsWith(' ms') ? Number.parseFloat(lag.p95) : Number.POSITIVE_INFINITY
  return [
    {
      area,
      what: `${what}: sample on the server to drawn, p95 (half, slowest)`,
      figure: `${lag.p95} (${lag.p50}, ${lag.worst})`,
      ...(hz === 10 ? { budget: '100 ms', holds: p95Ms <= 100 } : {}),
    },
    {
      area,
      what: `${what}: workbench, of a core`,
      figure: percent(mainShare),
      ...(hz === 10 ? { budget: '10 %', holds: mainShare <= 0.1 } : {}),
    },
    {
      area,
      what: `${what}: the page’s own thread, whole browser, of a core`,
      figure: `${percent(pageShare)}, ${percent(browserShare)}`,
    },
    {
      area,
      what: `${what}: tasks over 50 ms in ${measuredMs / 1_000} s, longest`,
      figure: `${longTasks.length}, ${Math.round(Math.max(0, ...longTasks))} ms`,
    },
  ]
}
