// `npm test [unit|database|app]`: every kind of test, one after the other; the last line sums them up.
import { existsSync } from 'node:fs'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { ensureBuilt } from './ensure-built.mjs'
import { root, tool } from './lib/folders.mjs'
import { run, toolEnvironment } from './lib/run.mjs'

const results = join(root, 'test-results')
const linesOfWhy = 20
/** One test in five hundred may meet a busy moment of the machine; more is a fault of theirs, or of the product. */
const mostSecondTries = 8
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

function readPlaywright(report) {
  const failures = (report?.errors ?? []).map(({ message }) => ({ title: 'the run itself', why: message }))
  const secondTries = []
  const visit = (suite) => {
    suite.suites?.forEach(visit)
    for (const { ok, file, title, tests } of suite.specs ?? []) {
      const isSecondTry = tests.some(({ status }) => status === 'flaky')
      if (ok && !isSecondTry) continue
      const errors = tests.flatMap(({ results }) => results.flatMap((result) => result.errors))
      const told = { title: `${file} › ${title}`, why: errors.map(({ message }) => message).join('\n') }
      if (ok) secondTries.push(told)
      else failures.push(told)
    }
  }
  report?.suites?.forEach(visit)
  return { failures, secondTries }
}

function tell(what, tests) {
  for (const { title, why } of tests) {
    const lines = stripVTControlCharacters(why).split('\n').slice(0, linesOfWhy)
    console.log([`${what}: ${title}`, ...lines.map((line) => `    ${line}`)].join('\n'))
  }
}

/** A run that ended badly without naming a test still failed. */
const atLeastOne = (failed, code) => (failed === 0 && code !== 0 ? 1 : failed)

async function runVitest(project) {
  const report = join(results, `${project}.json`)
  const secondTries = join(results, `${project}-second-tries.json`)
  await Promise.all([report, secondTries].map((path) => rm(path, { force: true })))
  const args = [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    '--reporter=./scripts/lib/second-try-reporter.mjs',
    `--outputFile.json=${report}`,
  ]
  const { code } = await run(tool('vitest'), args, {
    echo: process.stdout,
    env: { ...toolEnvironment, SECOND_TRIES: secondTries },
  })
  const counts = await readJson(report)
  return {
    passed: counts?.numPassedTests ?? 0,
    failed: atLeastOne(counts?.numFailedTests ?? 0, code),
    skipped: counts?.numPendingTests ?? 0,
    failures: vitestFailures(counts),
    secondTries: (await readJson(secondTries)) ?? [],
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
  return {
    passed: (stats?.expected ?? 0) + (stats?.flaky ?? 0),
    failed: atLeastOne(stats?.unexpected ?? 0, code),
    skipped: stats?.skipped ?? 0,
    ...readPlaywright(result),
  }
}

const sum = { passed: 0, failed: 0, skipped: 0 }
const failures = []
const secondTries = []
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
  secondTries.push(...(counts.secondTries ?? []))
}
tell('passed only at the second try', secondTries)
tell('failed', failures)
if (secondTries.length > mostSecondTries) {
  console.log(`failed: more than ${mostSecondTries} tests passed only at the second try`)
  sum.failed++
}
if (sum.skipped > 0) console.log(`${sum.skipped} skipped`)
console.log(`${sum.passed} passed, ${sum.failed} failed`)
process.exitCode = sum.failed === 0 ? 0 : 1
