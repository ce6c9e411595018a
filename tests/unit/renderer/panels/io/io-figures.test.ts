import { describe, expect, it } from 'vitest'
import { describeBalance, writerShares } from '#renderer/panels/io/balance-facts.ts'
import { buildHeatMap } from '#renderer/panels/io/heat-rows.ts'
import type { MetricId, MetricSeries } from '#shared/series/index.ts'

const one = (
  metric: MetricId,
  labels: readonly string[],
  ...values: readonly (number | null)[]
): MetricSeries => ({ metric, labels, values, buckets: { fromMs: 0, stepMs: 2_000, count: values.length } })

describe('the heat map', () => {
  const series = [
    one('io.reads', ['client backend', 'relation', 'normal'], 10, 30, null),
    one('io.reads', ['client backend', 'relation', 'bulkread'], 100),
    one('io.reads', ['autovacuum worker', 'relation', 'vacuum'], 40),
    one('io.reads', ['startup', 'relation', 'normal'], 0),
    one('io.writes', ['walwriter', 'wal', 'normal'], 5),
  ]

  it('has who did it in rows, the most first, and what for in columns that stay whatever is measured', () => {
    const map = buildHeatMap(series, 'io.reads')
    expect(map.columns.map(({ object, context }) => `${object} ${context}`)).toEqual([
      'relation normal',
      'relation vacuum',
      'relation bulkread',
      'wal normal',
    ])
    expect(map.rows).toEqual([
      { backendType: 'client backend', values: [20, undefined, 100, undefined] },
      { backendType: 'autovacuum worker', values: [undefined, 40, undefined, undefined] },
      { backendType: 'walwriter', values: [undefined, undefined, undefined, undefined] },
    ])
    expect(map.most).toBe(100)
    expect(buildHeatMap(series, 'io.writes').columns).toEqual(map.columns)
  })

  it('is empty where nothing was read or written', () => {
    expect(buildHeatMap([one('io.reads', ['startup', 'relation', 'normal'], 0)], 'io.reads')).toEqual({
      columns: [],
      rows: [],
      most: 0,
    })
  })
})

describe('the balance of writing', () => {
  it('says who wrote how much of the buffers', () => {
    const shares = writerShares([
      one('buffers.by-checkpoints', [], 30, null),
      one('buffers.by-background-writer', [], 10),
      one('buffers.by-backends', [], 60),
    ])
    expect(shares.map(({ label, words }) => `${label} ${words}`)).toEqual([
      'checkpoints 30 %',
      'background writer 10 %',
      'backends themselves 60 %',
    ])
    expect(writerShares([one('buffers.by-backends', [], 0)])).toEqual([])
  })

  it('sums rates to what they came to, and marks what is much', () => {
    const facts = describeBalance([
      one('checkpoints.timed', [], 0.5, 0),
      one('checkpoints.requested', [], 1, 0.5),
      one('wal.bytes', [], 512, 512),
      one('wal.records', [], 4, 4),
      one('wal.full-page-images', [], 1, 1),
    ])
    expect(facts.map(({ term, value, tone }) => [term, value, tone])).toEqual([
      ['Checkpoints by time', '1', undefined],
      ['Checkpoints by request', '3', 'warn'],
      ['WAL made', '2 KiB', undefined],
      ['Full page images', '25 %', undefined],
    ])
  })
})
