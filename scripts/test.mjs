// `npm test [unit|database|app]`: every kind of test, one after the other; the last line sums them up.
import { existsSync } from 'node:fs'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { ensureBuilt } from './ensure-built.mjs'
import { root, tool } from './lib/folders.mjs'
import { run } from './lib/run.mjs'

const results = join(root, 'test-results')
const linesOfWhy = 20
const kinds = ['unit', 'database', 'app']
const asked = process.argv.slice(2)
const unknown = asked.filter((kind) => !kinds.includes(kind))
if (unknown.length > 0) {
  console.error(`There are no tests of the kind ${unknown.join(', ')}; kinds are ${kinds.join(', ')}.`)
  process.exit(2)
}
const isAsked = (kind) => asked.length === 0 || asked.includes(kind)

const readJson = async (path) => (existsSync(path) ? JSON.parse(await readFile(path, 'utf8')) : undefined)

/** What failed by name, with the first lines of why: a log of thousands of tests is read from its end. */
const vitestFailures = (report) =>
  (report?.testResults ?? []).flatMap(({ name, message, assertionResults }) => {
    const failed = assertionResults.filter(({ status }) => status === 'failed')
    if (failed.length === 0 && message) return [{ title: relative(root, name), why: message }]
    return failed.map(({ fullName, failureMessages }) => ({
      title: `${relative(root, name)} › ${fullName}`,
      why: failureMessages.join('\n'),
    }))
  })

const playwrightFailures = (report) => {
  const failures = (report?.errors ?? []).map(({ message }) => ({ title: 'the run itself', why: message }))
  const visit = (suite) => {
    suite.suites?.forEach(visit)
    for (const { ok, file, title, tests } of suite.specs ?? []) {
      if (ok) continue
      const errors = tests.flatMap(({ results }) => results.flatMap((result) => result.errors))
      failures.push({ title: `${file} › ${title}`, why: errors.map(({ message }) => message).join('\n') })
    }
  }
  report?.suites?.forEach(visit)
  return failures
}

function tellFailures(failures) {
  for (const { title, why } of failures) {
    const lines = stripVTControlCharacters(why).split('\n').slice(0, linesOfWhy)
    console.log([`failed: ${title}`, ...lines.map((line) => `    ${line}`)].join('\n'))
  }
}

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
    failures: vitestFailures(counts),
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
  const result = await readJson(report)
  const stats = result?.stats
  const failed = (stats?.unexpected ?? 0) + (stats?.flaky ?? 0)
  return {
    passed: stats?.expected ?? 0,
    failed: atLeastOne(failed, code),
    skipped: stats?.skipped ?? 0,
    failures: playwrightFailures(result),
  }
}

const sum = { passed: 0, failed: 0, skipped: 0 }
const failures = []
await mkdir(results, { recursive: true })
for (const kind of kinds.filter(isAsked)) {
  const startedAtMs = performance.now()
  const counts = kind === 'app' ? await runPlaywright() : await runVitest(kind)
  const seconds = Math.round((performance.now() - startedAtMs) / 1_000)
  console.log(
    `\n${kind}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped in ${seconds} s\n`,
  )
  for (const key of Object.keys(sum)) sum[key] += counts[key]
  failures.push(...(counts.failures ?? []))
}
tellFailures(failures)
if (sum.skipped > 0) console.log(`${sum.skipped} skipped`)
console.log(`${sum.passed} passed, ${sum.failed} failed`)
process.exitCode = sum.failed === 0 ? 0 : 1
