import { describe, expect, it } from 'vitest'
import { findBottlenecks, readRangeFigures } from '#shared/host/index.ts'
import type { MetricId, MetricSeries } from '#shared/series/index.ts'

describe('figures of a range', () => {
  const buckets = { fromMs: 0, stepMs: 1_000, count: 3 }
  const one = (
    metric: MetricId,
    labels: readonly string[],
    ...values: readonly (number | null)[]
  ): MetricSeries => ({
    metric,
    labels,
    buckets,
    values,
  })

  it('are means over what was sampled, of series that add up', () => {
    const figures = readRangeFigures(
      [
        one('host.cores', [], 8, 8, null),
        one('host.cpu-ms', ['user'], 3_000, 5_000, null),
        one('host.cpu-ms', ['system'], 1_000, null, null),
        one('host.pressure-ms', ['io', 'some'], 200, 400, null),
        one('host.disk-operations', ['sda', 'read'], 100, 100, null),
        one('host.disk-operation-ms', ['sda', 'read'], 300, 500, null),
        one('host.disk-busy-ms', ['sda'], 500, 700, null),
        one('host.disk-queue-ms', ['sda'], 4_000, 2_000, null),
        one('host.memory-bytes', ['total'], 100, 100, null),
        one('host.memory-bytes', ['available'], 40, 20, null),
      ],
      { averageSessions: 3, rows: [{ key: 'IO', averageSessions: 2 }] },
    )
    expect(figures).toMatchObject({
      cores: 8,
      busyCores: 5,
      stalls: { io: { some: 0.3 } },
      memory: { totalBytes: 100, availableBytes: 30 },
      load: { total: 3, cpu: 0, io: 2 },
    })
    expect(figures.disks).toEqual([
      {
        name: 'sda',
        readsPerSecond: 100,
        writesPerSecond: 0,
        bytesPerSecond: 0,
        readLatencyMs: 4,
        queue: 3,
        utilisation: 0.6,
      },
    ])
  })

  it('leave unknown what was not recorded', () => {
    const figures = readRangeFigures([], undefined)
    expect(figures).toEqual({ stalls: {}, disks: [] })
    expect(new Set(findBottlenecks(figures).map(({ severity }) => severity))).toEqual(new Set(['unknown']))
  })

  it('know whether others were hidden: not by a connection that was just beginning', () => {
    const hidden = (...values: readonly number[]) =>
      readRangeFigures([one('connections.state', ['hidden'], ...values)], undefined).hidden
    expect(hidden(0, 1, 0)).toBeUndefined()
    expect(hidden(2, 1, 0)).toEqual({})
  })

  it('don’t blame backends for making tables longer', () => {
    const figures = readRangeFigures(
      [
        one('buffers.by-backends', [], 1_000),
        one('buffers.by-checkpoints', [], 100),
        one('io.extend-bytes', [], 950 * 8_192),
      ],
      undefined,
    )
    expect(figures.backendWrites?.blocksPerSecond).toBeCloseTo(50)
  })
})
