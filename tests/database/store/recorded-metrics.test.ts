import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSessionStore, type SessionStore } from '#main/store/index.ts'
import { bucketIndex, type MetricSample, type MetricTick } from '#shared/series/index.ts'
import { sampleTarget } from '#tests/support/sample-activity.ts'

const t0 = 1_763_700_000_000
let dataFolder: string
let store: SessionStore
beforeAll(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'barograph-metrics-'))
  store = await openSessionStore({ dataFolder, appVersion: 'test', now: () => t0 })
})
afterAll(async () => {
  await store.close()
  await rm(dataFolder, { recursive: true, force: true })
})

const commits = (database: string, value: number): MetricSample => ({
  metric: 'database.commits',
  labels: [database],
  value,
})
const connections = (state: string, value: number): MetricSample => ({
  metric: 'connections.state',
  labels: [state],
  value,
})

async function begin() {
  await store.create({})
  await store.recorded.begin({ target: sampleTarget, startedAtMs: t0, hz: 10 })
}
function tick(offsetMs: number, samples: readonly MetricSample[], periodMs = 1_000) {
  store.recorded.append({ kind: 'metrics', tick: { atMs: t0 + offsetMs, periodMs, samples } })
}

describe('metrics over time', () => {
  it('are rates of counters: zero where one was read and did not grow, nothing where it was not read', async () => {
    await begin()
    for (let second = 0; second < 4; second += 1)
      tick(second * 1_000, [commits('shop', 10), commits('bank', 0)])
    for (let second = 8; second < 12; second += 1)
      tick(second * 1_000, [commits('shop', 0), commits('bank', 5)])
    const question = {
      range: { fromMs: t0, toMs: t0 + 12_000 },
      buckets: 6,
      metrics: ['database.commits'],
    }
    const buckets = { fromMs: t0, stepMs: 2_000, count: 6 }
    expect(await store.recorded.metricSeries(question)).toEqual([
      { metric: 'database.commits', labels: ['bank'], buckets, values: [0, 0, null, null, 5, 5] },
      { metric: 'database.commits', labels: ['shop'], buckets, values: [10, 10, null, null, 0, 0] },
    ])
    expect(await store.recorded.metricSeries({ ...question, sumOver: ['database'] })).toEqual([
      { metric: 'database.commits', labels: [], buckets, values: [10, 10, null, null, 5, 5] },
    ])
  })

  it('are means of gauges, summed over labels as means', async () => {
    await begin()
    for (let second = 0; second < 4; second += 1) {
      tick(second * 1_000, [connections('active', second), connections('idle', 10)])
    }
    const question = {
      range: { fromMs: t0, toMs: t0 + 4_000 },
      buckets: 2,
      metrics: ['connections.state'],
    }
    const buckets = { fromMs: t0, stepMs: 2_000, count: 2 }
    expect(await store.recorded.metricSeries(question)).toEqual([
      { metric: 'connections.state', labels: ['active'], buckets, values: [0.5, 2.5] },
      { metric: 'connections.state', labels: ['idle'], buckets, values: [10, 10] },
    ])
    expect(await store.recorded.metricSeries({ ...question, sumOver: ['state'] })).toMatchObject([
      { labels: [], values: [10.5, 12.5] },
    ])
  })

  it('are told in slices wide enough for the pace at which they are read', async () => {
    await begin()
    for (let minute = 0; minute < 5; minute += 1) {
      tick(minute * 60_000, [{ metric: 'connections.limit', value: 100 }], 60_000)
      for (let second = 0; second < 60; second += 1)
        tick(minute * 60_000 + second * 1_000, [commits('shop', 1)])
    }
    const [limit, rate] = await store.recorded.metricSeries({
      range: { fromMs: t0, toMs: t0 + 300_000 },
      buckets: 300,
      metrics: ['connections.limit', 'database.commits', 'no.such'],
    })
    expect(limit?.buckets.stepMs).toBe(120_000)
    expect(limit?.values).toEqual([100, 100, 100])
    expect(rate?.buckets.stepMs).toBe(2_000)
    expect(new Set(rate?.values)).toEqual(new Set([1]))
  })

  it('are the same whether one recording saw them or two', async () => {
    await begin()
    tick(0, [connections('idle', 4)])
    await store.recorded.end(t0 + 500)
    await store.recorded.begin({ target: sampleTarget, startedAtMs: t0 + 600, hz: 10 })
    tick(1_000, [connections('idle', 6)])
    const [idle] = await store.recorded.metricSeries({
      range: { fromMs: t0, toMs: t0 + 2_000 },
      buckets: 1,
      metrics: ['connections.state'],
    })
    expect(idle?.values).toEqual([5])
  })

  const ticks = fc
    .array(
      fc.record({
        stepMs: fc.oneof(
          { weight: 8, arbitrary: fc.integer({ min: 500, max: 30_000 }) },
          { weight: 1, arbitrary: fc.integer({ min: 60_000, max: 900_000 }) },
          { weight: 1, arbitrary: fc.integer({ min: -200_000, max: -1 }) },
        ),
        growth: fc.array(fc.nat(1_000), { minLength: 1, maxLength: 3 }),
      }),
      { minLength: 1, maxLength: 60 },
    )
    .map((steps) => {
      let atMs = t0
      return steps.map(({ stepMs, growth }): MetricTick => {
        atMs += stepMs
        const samples = growth.map((value, index) => commits(`database ${index}`, value))
        return { atMs, periodMs: Math.max(1, stepMs), samples }
      })
    })

  it('add up to what was read, whatever was summed by minutes', { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        ticks,
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 40 }),
        async (read, most, flushEvery) => {
          await begin()
          for (const [index, metricTick] of read.entries()) {
            store.recorded.append({ kind: 'metrics', tick: metricTick })
            if (index % flushEvery === 0) await store.recorded.flush()
          }
          const moments = read.map(({ atMs }) => atMs)
          const range = { fromMs: Math.min(...moments), toMs: Math.max(...moments) + 1 }
          const [total] = await store.recorded.metricSeries({
            range,
            buckets: most,
            metrics: ['database.commits'],
            sumOver: ['database'],
          })
          if (total === undefined) throw new Error('no series')
          const { buckets } = total
          const growth = Array.from({ length: buckets.count }, () => 0)
          const coveredMs = Array.from({ length: buckets.count }, () => 0)
          for (const { atMs, periodMs, samples } of read) {
            const index = bucketIndex(buckets, atMs)
            growth[index] = samples.reduce((sum, { value }) => sum + value, growth[index] ?? 0)
            coveredMs[index] = (coveredMs[index] ?? 0) + periodMs
          }
          const expected = coveredMs.map((covered, index) =>
            covered === 0 ? null : ((growth[index] ?? 0) / covered) * 1_000,
          )
          expect(total.values).toEqual(expected)
        },
      ),
      { numRuns: 40 },
    )
  })
})
