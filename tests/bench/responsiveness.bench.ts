import { chromium, type Page } from '@playwright/test'
import { findChromium } from '#tests/support/chromium.ts'
import { crowdSettings, startCrowd } from '#tests/support/crowd.ts'
import { startTestServer } from '#tests/support/servers.ts'
import { startWebHost, type WebHost } from '#tests/support/web-host.ts'
import type { BenchRow } from './bench-row.ts'
import { panelVisits } from './busy-panels.ts'
import { type PageTask, traceTasks } from './long-tasks.ts'
import { askAtScale } from './questions-at-scale.ts'

const area = 'large server'
const size = { backends: 1_000, queue: 300, tables: 5_000, statements: 5_000 }
const budgetMs = 100
/** Until tables and statements were read, and there is a past to look at. */
const warmMs = 45_000

/**
 * A server with 1,000 connections, a queue of 300, 10,000 relations and 5,000 statements: how long a panel's page is deaf
 * while it is used, and how fast the workbench answers. Everything runs on this one machine, so that a task lasts longer
 * than it works: the budget is held against what it took of a processor.
 */
export async function bench(): Promise<BenchRow[]> {
  const server = await startTestServer({ settings: crowdSettings })
  const crowd = await startCrowd(server, size)
  const host = await startWebHost()
  const { host: address, port, user, database } = server
  await host.client.targets.connect({
    name: 'bench',
    settings: { host: address, port, user, database },
  })
  const executablePath = findChromium()
  const browser = await chromium.launch(executablePath === undefined ? {} : { executablePath })
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    const messages = countMessages(page)
    await page.goto(host.url)
    await page.waitForTimeout(warmMs)
    const rows: BenchRow[] = []
    for (const { panel, use } of panelVisits) {
      const delays = watchMain(host)
      const tasks = await traceTasks(page, () => use(page))
      const elements = await page.evaluate(() => document.querySelectorAll('*').length)
      rows.push(toRow(panel, tasks, elements, await delays.stop()))
    }
    rows.push({
      area,
      what: 'largest message to the window',
      figure: `${Math.round(messages.largestBytes() / 1_024)} KiB`,
    })
    await page.close()
    rows.push(...(await askAtScale(host, area)))
    return rows
  } finally {
    await browser.close()
    await host.stop()
    await crowd.stop()
    await server.stop()
  }
}

function toRow(panel: string, tasks: readonly PageTask[], elements: number, mainMs: number): BenchRow {
  const most = (of: (task: PageTask) => number) => Math.max(0, ...tasks.map(of))
  const processorMs = most((task) => task.processorMs)
  const long = tasks.filter(({ wallMs }) => wallMs > 50).length
  return {
    area,
    what: `${panel}: longest task while it is used, on a processor (by the clock; over 50 ms; elements; main’s delay)`,
    figure: `${processorMs.toFixed(0)} ms (${most(({ wallMs }) => wallMs).toFixed(0)} ms; ${long}; ${elements}; ${mainMs.toFixed(0)} ms)`,
    budget: `${budgetMs} ms`,
    holds: processorMs <= budgetMs,
  }
}

function countMessages(page: Page) {
  let largest = 0
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => {
      largest = Math.max(largest, payload.length)
    }),
  )
  return { largestBytes: () => largest }
}

/** Main's own meter: the longest delay of its event loop, as it tells it from second to second. */
function watchMain(host: WebHost) {
  let longestMs = 0
  const ending = new AbortController()
  const watching = (async () => {
    let after = 0
    while (!ending.signal.aborted) {
      const { cursor, memory } = await host.client.workbench.tail({ after, waitMs: 1_000 })
      after = cursor
      longestMs = Math.max(longestMs, memory.eventLoopDelayMs)
    }
  })()
  return {
    async stop() {
      ending.abort()
      await watching
      return longestMs
    },
  }
}
