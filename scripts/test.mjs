// `npm test [unit|database|app]`: every kind of test, one after the other; the last line sums them up.
import { existsSync } from 'node:fs'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ensureBuilt } from './ensure-built.mjs'
import { root, tool } from './lib/folders.mjs'
import { run } from './lib/run.mjs'

const results = join(root, 'test-results')
const kinds = ['unit', 'database', 'app']
const asked = process.argv.slice(2)
const unknown = asked.filter((kind) => !kinds.includes(kind))
if (unknown.length > 0) {
  console.error(`There are no tests of the kind ${unknown.join(', ')}; kinds are ${kinds.join(', ')}.`)
  process.exit(2)
}
const isAsked = (kind) => asked.length === 0 || asked.includes(kind)

const readJson = async (path) => (existsSync(path) ? JSON.parse(await readFile(path, 'utf8')) : undefined)

/** A run that ended badly without naming a test still failed. */
const atLeastOne = (failed, code) => (failed === 0 && code !== 0 ? 1 : failed)

async function runVitest(project) {
  const report = join(results, `${project}.json`)
  await rm(report, { force: true })
  const args = [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]
  const { code } = await run(tool('vitest'), args, { echo: process.stdout })
  const counts = await readJson(report)
  return {
    passed: counts?.numPassedTests ?? 0,
    failed: atLeastOne(counts?.numFailedTests ?? 0, code),
    skipped: counts?.numPendingTests ?? 0,
  }
}

async function runPlaywright() {
  const { findChromium } = await import('../tests/support/chromium.ts')
  const { chromium } = await import('@playwright/test')
  const browser = findChromium() ?? chromium.executablePath()
  if (!existsSync(browser)) {
    const { output } = await run(tool('playwright'), ['test', '--list'])
    const count = Number(/Total: (\d+) tests?/.exec(output)?.[1] ?? 1)
    console.log(`The ${count} tests of the application need a browser, and there is none.`)
    console.log(
      'Install one with: apt-get install -y chromium-headless-shell   (or set CHROMIUM to the path of one)',
    )
    return { passed: 0, failed: count, skipped: 0 }
  }
  try {
    await ensureBuilt({ tell: console.log })
  } catch (error) {
    console.log(error.message)
    return { passed: 0, failed: 1, skipped: 0 }
  }
  const report = join(results, 'app.json')
  await rm(report, { force: true })
  const { code } = await run(tool('playwright'), ['test'], { echo: process.stdout })
  const stats = (await readJson(report))?.stats
  const failed = (stats?.unexpected ?? 0) + (stats?.flaky ?? 0)
  return { passed: stats?.expected ?? 0, failed: atLeastOne(failed, code), skipped: stats?.skipped ?? 0 }
}

const sum = { passed: 0, failed: 0, skipped: 0 }
await mkdir(results, { recursive: true })
for (const kind of kinds.filter(isAsked)) {
  const startedAtMs = performance.now()
  const counts = kind === 'app' ? await runPlaywright() : await runVitest(kind)
  const seconds = Math.round((performance.now() - startedAtMs) / 1_000)
  console.log(
    `\n${kind}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped in ${seconds} s\n`,
  )
  for (const key of Object.keys(sum)) sum[key] += counts[key]
}
if (sum.skipped > 0) console.log(`${sum.skipped} skipped`)
console.log(`${sum.passed} passed, ${sum.failed} failed`)
process.exitCode = sum.failed === 0 ? 0 : 1
