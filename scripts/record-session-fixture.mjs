// Records the stored sample of the current session format: tests/fixtures/sessions/v<n>.barograph, and beside it
// v<n>.json with what is in it. Once per format version, when it is new: a sample that a release has written stays.
//   node scripts/record-session-fixture.mjs
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import '../tests/support/raw-text.mjs'

const { openSessionStore } = await import('../src/main/store/index.ts')
const { currentFormatVersion } = await import('../src/shared/session/index.ts')
const { bareRun, sampleRun, sampleWaits } = await import('../tests/support/sample-run.ts')

const { recordSample } = await import('../tests/support/sample-activity.ts')

const folder = fileURLToPath(new URL('../tests/fixtures/sessions/', import.meta.url))
const target = join(folder, `v${currentFormatVersion}.barograph`)
if (existsSync(target)) {
  console.error(`${target} is there already; delete it only if no release has written this format`)
  process.exit(1)
}
await mkdir(folder, { recursive: true })
const work = await mkdtemp(join(tmpdir(), 'barograph-fixture-'))
try {
  const path = join(work, 'sample.barograph')
  const store = await openSessionStore({
    dataFolder: work,
    appVersion: '0.1.0',
    now: () => 1_763_700_000_000,
    path,
  })
  const plan = [{ Plan: { 'Node Type': 'Seq Scan', 'Relation Name': 'orders', 'Plan Rows': 12 } }]
  const runs = [
    sampleRun({
      planJson: JSON.stringify(plan),
      waits: { ...sampleRun().waits, samples: sampleWaits(60) },
    }),
    bareRun({ ordinal: 2 }),
    bareRun({ runId: 'cancelled', ordinal: 3, state: 'cancelled', outcome: 'rolled-back', note: 'too slow' }),
  ]
  for (const run of runs) await store.putRun(run)
  const plans = [
    await store.plans.keep({
      name: 'From the log',
      source: 'log',
      text: JSON.stringify(plan),
      note: 'slow on Mondays',
      statement: 'SELECT * FROM orders',
      durationMs: 1_234.5,
      nodes: 1,
      executionMs: 1_230.25,
    }),
    await store.plans.keep({
      name: 'Pasted',
      source: 'paste',
      text: 'Seq Scan on orders  (cost=0.00..1.12 rows=12 width=4)',
    }),
  ]
  await recordSample(store.recorded)
  const overview = await store.recorded.overview()
  const moment = await store.recorded.activityAt(1_763_700_002_000)
  await store.close()
  await rename(path, target)
  const expected = {
    session: { name: store.current().name, createdAtMs: 1_763_700_000_000, runs: 3 },
    runs,
    plans,
    overview,
    moment,
  }
  await writeFile(target.replace('.barograph', '.json'), `${JSON.stringify(expected, undefined, 1)}\n`)
  console.log(`recorded ${target}`)
} finally {
  await rm(work, { recursive: true, force: true })
}
