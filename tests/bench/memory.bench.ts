import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { chromium } from '@playwright/test'
import { findChromium } from '#tests/support/chromium.ts'
import { makeTestFolder } from '#tests/support/test-folders.ts'
import { startWebHost, type WebHost } from '#tests/support/web-host.ts'
import manifest from '../../package.json' with { type: 'json' }
import { outFolder } from '../../scripts/lib/folders.mjs'
import type { BenchRow } from './bench-row.ts'

const area = 'memory'
const budgetMiB = 300
/** `MEMORY_MINUTES=60 npm run bench -- memory` is the hour that the budget speaks of. */
const minutes = Number(process.env['MEMORY_MINUTES'] ?? 6)
const readEveryMs = 10_000
const readings = (minutes * 60_000) / readEveryMs
/** With a window, the panels are looked at in turn, each for a minute. */
const readingsPerPanel = 6

/**
 * What the workbench keeps in memory while it records the demo with all its stories, by the real clock: without a window,
 * and with one that looks on. Both at the same time, each with a demo of its own: an hour is long.
 */
export async function bench(): Promise<BenchRow[]> {
  const [headless, windowed] = await Promise.all([recordHeadless(), recordWithWindow()])
  return [
    ...toRows(`barograph record --demo --workload stories, ${minutes} min`, headless),
    ...toRows(`the workbench with a window, demo with all stories, ${minutes} min`, windowed),
  ]
}

async function recordHeadless(): Promise<readonly number[]> {
  const dataFolder = await makeTestFolder('bench-memory')
  const recording = ['record', '--demo', '--data', dataFolder, '--workload', 'stories']
  const child = spawn(
    process.execPath,
    [
      ...nodeFlags(),
      join(outFolder, 'main', 'cli.js'),
      ...recording,
      '--out',
      join(dataFolder, 'memory.barograph'),
    ],
    { stdio: 'ignore' },
  )
  const ended = once(child, 'close')
  try {
    return await readResident(() => {
      if (child.pid === undefined || child.exitCode !== null) throw new Error('the recording has ended')
      return child.pid
    })
  } finally {
    child.kill('SIGINT')
    await ended
    await rm(dataFolder, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function recordWithWindow(): Promise<readonly number[]> {
  const host = await startWebHost({ demo: true })
  const executablePath = findChromium()
  const browser = await chromium.launch(executablePath === undefined ? {} : { executablePath })
  try {
    await startStories(host)
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.goto(host.url)
    const panels = page.getByRole('navigation', { name: 'Panels' }).getByRole('button')
    await panels.first().waitFor()
    const count = await panels.count()
    return await readResident(
      () => host.pid,
      async (reading) => {
        if (reading % readingsPerPanel === 0) await panels.nth((reading / readingsPerPanel) % count).click()
      },
    )
  } finally {
    await browser.close()
    await host.stop()
    await rm(host.dataFolder, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function startStories({ client }: WebHost): Promise<void> {
  for (;;) {
    const { demo } = await client.workbench.tail({ after: 0, waitMs: 0 })
    if (demo.status === 'running') {
      for (const { id } of demo.stories) await client.demo.setStory({ story: id, running: true })
      return
    }
    await sleep(500)
  }
}

async function readResident(
  findPid: () => number,
  beforeReading?: (reading: number) => Promise<void>,
): Promise<readonly number[]> {
  const residentMiB: number[] = []
  while (residentMiB.length < readings) {
    await beforeReading?.(residentMiB.length)
    await sleep(readEveryMs)
    residentMiB.push(readResidentMiB(findPid()))
  }
  return residentMiB
}

function toRows(what: string, residentMiB: readonly number[]): readonly BenchRow[] {
  // The first minutes make the demo and fill what is kept of the last ones.
  const sixths = Array.from({ length: 6 }, (_, index) =>
    mean(residentMiB.slice((index * readings) / 6, ((index + 1) * readings) / 6)),
  )
  const growth = ((sixths.at(-1) ?? Number.NaN) / (sixths.at(-2) ?? Number.NaN) - 1) * 100
  return [
    {
      area,
      what: `${what}: resident at most`,
      figure: `${Math.max(...residentMiB)} MiB`,
      budget: `${budgetMiB} MiB`,
      holds: Math.max(...residentMiB) <= budgetMiB,
    },
    {
      area,
      what: `${what}: by sixths, on average`,
      figure: `${sixths.map((value) => value.toFixed(0)).join(', ')} MiB`,
    },
    { area, what: `${what}: the last sixth against the one before`, figure: `${growth.toFixed(1)} %` },
  ]
}

/** As npm starts the command: what V8 lets its young heap grow to is part of the answer. */
const nodeFlags = () => manifest.scripts.barograph.split(' ').filter((word) => word.startsWith('--'))

function readResidentMiB(pid: number): number {
  const kib = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Math.round(Number(kib) / 1_024)
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
