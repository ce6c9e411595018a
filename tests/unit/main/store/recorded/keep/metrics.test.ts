import { describe, expect, it } from 'vitest'
import type { MetricSample } from '#shared/series/index.ts'
import type { Emission } from '#shared/session/index.ts'
import { keepEmissions } from './keep-emissions.ts'

const at = (atMs: number, ...samples: MetricSample[]): Emission => ({
  kind: 'metrics',
  tick: { atMs, periodMs: 1_000, samples },
})
const commits = (value: number): MetricSample => ({ metric: 'database.commits', labels: ['shop'], value })
const limit = (value: number): MetricSample => ({ metric: 'connections.limit', value })

describe('metrics', () => {
  it('leave out counters that did not grow, and say that they were read', () => {
    const kept = keepEmissions([at(1_000, commits(0)), at(2_000, commits(3))])
    expect(kept.series).toEqual([{ series_no: 1, metric: 'database.commits', labels: '["shop"]' }])
    expect(kept.metric_samples).toEqual([{ sampled_at: 2_000, series_no: 1, value: 3 }])
    expect(kept.metric_ticks?.map(({ sampled_at }) => sampled_at)).toEqual([1_000, 2_000])
  })

  it('keep gauges that are zero', () => {
    expect(keepEmissions([at(1_000, limit(0))]).metric_samples).toEqual([
      { sampled_at: 1_000, series_no: 1, value: 0 },
    ])
  })

  it('number what is read together once', () => {
    const kept = keepEmissions([at(1, commits(1), limit(9)), at(2, limit(9), commits(2)), at(3, limit(9))])
    expect(kept.metric_groups).toEqual([
      { group_no: 1, metric: 'connections.limit' },
      { group_no: 1, metric: 'database.commits' },
      { group_no: 2, metric: 'connections.limit' },
    ])
    expect(kept.metric_ticks?.map(({ group_no }) => group_no)).toEqual([1, 1, 2])
  })

  it('are nothing where a reading is empty or no number', () => {
    expect(keepEmissions([at(1), at(2, limit(Number.NaN))])).toEqual({})
  })
})

describe('settings', () => {
  it('are kept when they have changed', () => {
    const told = (atMs: number, value: string): Emission => ({
      kind: 'settings',
      atMs,
      settings: [
        { name: 'work_mem', value },
        { name: 'jit', value: 'on' },
      ],
    })
    expect(keepEmissions([told(1, '4MB'), told(2, '4MB'), told(3, '64MB')]).server_settings).toEqual([
      { read_at: 1, name: 'work_mem', value: '4MB' },
      { read_at: 1, name: 'jit', value: 'on' },
      { read_at: 3, name: 'work_mem', value: '64MB' },
    ])
  })
})
