import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSessionStore, type SessionStore } from '#main/store/index.ts'
import {
  type ActivityTick,
  type BackendSample,
  computeLoad,
  isLoad,
  type LoadBucket,
  type LoadDimension,
  loadDimensions,
  loadKeyOf,
  type ProcessChoice,
  processChoices,
  rankLoad,
} from '#shared/activity/index.ts'
import { waitClasses } from '#shared/waits/index.ts'
import { sampleTarget } from '#tests/support/sample-activity.ts'

const t0 = 1_763_700_000_000

const backend: fc.Arbitrary<BackendSample> = fc
  .record(
    {
      pid: fc.integer({ min: 1, max: 6 }),
      startedAtMs: fc.constantFrom(t0 - 1_000_000, t0 - 50_000),
      backendType: fc.constantFrom('client backend', 'parallel worker', 'autovacuum worker'),
      database: fc.constantFrom('shop', 'bank'),
      user: fc.constantFrom('ada', "o'hara", ''),
      application: fc.constantFrom('checkout', 'x:y', 'ünïcode'),
      client: fc.constantFrom('10.0.0.1', '::1'),
      state: fc.constantFrom('active', 'idle in transaction', 'fastpath function call'),
      waitClass: fc.constantFrom(...waitClasses),
      waitEvent: fc.constantFrom('DataFileRead', 'transactionid'),
      queryId: fc.constantFrom('42', '-7', '9223372036854775807'),
      statement: fc.constantFrom('select 1', 'select 2', 'begin', "select * from a where b = 'c'"),
      statementStartedAtMs: fc.integer({ min: t0 - 10_000, max: t0 }),
      transactionStartedAtMs: fc.integer({ min: t0 - 90_000, max: t0 }),
    },
    { requiredKeys: ['pid', 'startedAtMs', 'backendType', 'state', 'waitClass'] },
  )
  .map((sample) => sample as BackendSample)
  // A text with a query id has another shape than one without: else the latter would count as the former.
  .map((sample) =>
    sample.queryId === undefined || sample.statement === undefined
      ? sample
      : { ...sample, statement: `select ${sample.statement.replaceAll(/\W/g, '_')}` },
  )

/** Ticks at a pace of its own now and then, with gaps of all lengths, and once in a while a clock that was set back. */
const ticks: fc.Arbitrary<readonly ActivityTick[]> = fc
  .array(
    fc.record({
      stepMs: fc.oneof(
        { weight: 8, arbitrary: fc.integer({ min: 50, max: 20_000 }) },
        { weight: 1, arbitrary: fc.integer({ min: 60_000, max: 900_000 }) },
        { weight: 1, arbitrary: fc.integer({ min: -200_000, max: -1 }) },
      ),
      periodMs: fc.integer({ min: 1, max: 1_000 }),
      backends: fc.array(backend, { maxLength: 8 }),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((steps) => {
    let atMs = t0
    return steps.map(({ stepMs, periodMs, backends }) => {
      atMs += stepMs
      return { atMs, periodMs, backends }
    })
  })

const question = fc.record({
  by: fc.constantFrom(...loadDimensions),
  processes: fc.constantFrom(...processChoices),
  buckets: fc.integer({ min: 1, max: 200 }),
  keys: fc.integer({ min: 1, max: 4 }),
  cut: fc.double({ min: 0, max: 0.9, noNaN: true }),
  filterBy: fc.option(fc.constantFrom(...loadDimensions), { nil: undefined }),
  filterAt: fc.nat(1_000),
  /** How many ticks go into each write. */
  flushEvery: fc.integer({ min: 1, max: 40 }),
})
type Question = typeof question extends fc.Arbitrary<infer Value> ? Value : never

let dataFolder: string
let store: SessionStore
beforeAll(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'barograph-load-'))
  store = await openSessionStore({ dataFolder, appVersion: 'test', now: () => t0 })
})
afterAll(async () => {
  await store.close()
  await rm(dataFolder, { recursive: true, force: true })
})

async function record(recorded: readonly ActivityTick[], flushEvery: number) {
  await store.create({})
  await store.recorded.begin({ target: sampleTarget, startedAtMs: t0, hz: 10 })
  for (const [index, tick] of recorded.entries()) {
    store.recorded.append({ kind: 'activity', tick })
    if (index % flushEvery === 0) await store.recorded.flush()
  }
}

function chooseFilter(recorded: readonly ActivityTick[], { filterBy, filterAt }: Question) {
  const samples = recorded.flatMap(({ backends }) => backends)
  const sample = samples[filterAt % Math.max(1, samples.length)]
  return filterBy === undefined || sample === undefined
    ? undefined
    : { by: filterBy, key: loadKeyOf(sample, filterBy) }
}

const countedBy =
  (processes: ProcessChoice, filter: { readonly by: LoadDimension; readonly key: string } | undefined) =>
  (sample: BackendSample) =>
    isLoad(sample, processes) && (filter === undefined || loadKeyOf(sample, filter.by) === filter.key)

const sessionsOf = ({ coveredMs, busyMs }: LoadBucket, keys: Iterable<string>) => {
  let busy = 0
  for (const key of keys) busy += busyMs.get(key) ?? 0
  return coveredMs === 0 ? null : busy / coveredMs
}

describe('load from the file', () => {
  it('is what it would be if all ticks were counted one by one', { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(ticks, question, async (recorded, asked) => {
        await record(recorded, asked.flushEvery)
        const { by, processes } = asked
        const moments = recorded.map(({ atMs }) => atMs)
        const [first, last] = [Math.min(...moments), Math.max(...moments) + 1]
        const range = { fromMs: Math.floor(first + (last - first) * asked.cut), toMs: last }
        const filter = chooseFilter(recorded, asked)
        const counts = countedBy(processes, filter)
        const filters = { processes, ...(filter === undefined ? {} : { keys: [filter] }) }

        const series = await store.recorded.loadSeries({ ...asked, range, filter: filters })
        const expected = computeLoad(recorded, series.buckets, by, counts)
        const ranked = rankLoad(expected).map(({ key }) => key)
        expect(series.keys.map(({ key }) => key)).toEqual(ranked.slice(0, asked.keys))
        for (const { key, values } of series.keys) {
          expect(values).toEqual(expected.map((bucket) => sessionsOf(bucket, [key])))
        }
        const rest = ranked.slice(asked.keys)
        expect(series.others).toEqual(
          rest.length === 0 && ranked.length > 0
            ? undefined
            : expected.map((bucket) => sessionsOf(bucket, rest)),
        )

        const within = recorded.filter(({ atMs }) => atMs >= range.fromMs && atMs < range.toMs)
        const whole = computeLoad(
          within,
          { fromMs: range.fromMs, stepMs: last - range.fromMs, count: 1 },
          by,
          counts,
        )
        const ranking = await store.recorded.loadRanking({ range, by, limit: asked.keys, filter: filters })
        const all = rankLoad(whole)
        expect(
          ranking.rows.map(({ key, averageSessions, share }) => ({ key, averageSessions, share })),
        ).toEqual(all.slice(0, asked.keys))
        expect(ranking.more).toBe(Math.max(0, all.length - asked.keys))
        for (const { averageSessions, byClass } of ranking.rows) {
          expect(byClass.reduce((sum, [, sessions]) => sum + sessions, 0)).toBeCloseTo(averageSessions, 9)
        }
      }),
      { numRuns: 60 },
    )
  })
})
