import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { makeTestFolder } from '#tests/support/test-folders.ts'
import manifest from '../../package.json' with { type: 'json' }
import { outFolder } from '../../scripts/lib/folders.mjs'
import type { BenchRow } from './bench-row.ts'

const area = 'memory'
const budgetMiB = 300
/** `MEMORY_MINUTES=60 npm run bench -- memory` is the hour that the budget speaks of. */
const minutes = Number(process.env['MEMORY_MINUTES'] ?? 6)
const readEveryMs = 10_000

/** What the workbench keeps in memory while it records the demo with all its stories, by the real clock. */
export async function bench(): Promise<BenchRow[]> {
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
    const residentMiB: number[] = []
    const readings = (minutes * 60_000) / readEveryMs
    while (residentMiB.length < readings) {
      await Promise.race([sleep(readEveryMs), ended])
      if (child.pid === undefined || child.exitCode !== null) throw new Error('the recording has ended')
      residentMiB.push(readResidentMiB(child.pid))
    }
    // The first minutes make the demo and fill what is kept of the last ones.
    const sixths = Array.from({ length: 6 }, (_, index) =>
      mean(residentMiB.slice((index * readings) / 6, ((index + 1) * readings) / 6)),
    )
    const last = sixths.at(-1) ?? Number.NaN
    const growth = (last / (sixths.at(-2) ?? Number.NaN) - 1) * 100
    return [
      {
        area,
        what: `barograph record --demo --workload stories, ${minutes} min: resident at most`,
        figure: `${Math.max(...residentMiB)} MiB`,
        budget: `${budgetMiB} MiB`,
        holds: Math.max(...residentMiB) <= budgetMiB,
      },
      {
        area,
        what: `the same by sixths of these ${minutes} min, on average`,
        figure: `${sixths.map((value) => value.toFixed(0)).join(', ')} MiB`,
      },
      { area, what: 'the last sixth against the one before', figure: `${growth.toFixed(1)} %` },
    ]
  } finally {
    child.kill('SIGINT')
    await ended
    await rm(dataFolder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** As npm starts the command: what V8 lets its young heap grow to is part of the answer. */
const nodeFlags = () => manifest.scripts.barograph.split(' ').filter((word) => word.startsWith('--'))

function readResidentMiB(pid: number): number {
  const kib = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Math.round(Number(kib) / 1_024)
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
