import { describe, expect, it } from 'vitest'
import { listProcessRows } from '#renderer/panels/host/process-rows.ts'
import type { MetricId, MetricSeries } from '#shared/series/index.ts'

const one = (
  metric: MetricId,
  labels: readonly string[],
  ...values: readonly (number | null)[]
): MetricSeries => ({ metric, labels, values, buckets: { fromMs: 0, stepMs: 1_000, count: values.length } })

describe('rows of processes', () => {
  it('have rates as means over the range, and sizes as they stand at its end', () => {
    const [row] = listProcessRows(
      [
        one('server.processes', ['client backend'], 3, 5, null),
        one('server.cpu-ms', ['client backend'], 200, 600, null),
        one('server.cpu-wait-ms', ['client backend'], 100, 100, null),
        one('server.private-bytes', ['client backend'], 10, 30, null),
        one('server.disk-bytes', ['client backend', 'read'], 8, 4, null),
      ],
      [],
    )
    expect(row).toEqual({
      key: 'server client backend',
      kind: 'server',
      name: 'client backend',
      processes: 5,
      cores: 0.4,
      coresOverTime: [0.2, 0.6, null],
      waiting: 0.1,
      privateBytes: 30,
      readBytesPerSecond: 6,
    })
  })

  it('are there for a watched tree before anything is told of it, and after it was let go', () => {
    const watch = { watchId: 'w1', name: 'vite', commandLine: 'vite' }
    expect(listProcessRows([], [watch])).toEqual([
      { key: 'watched vite', kind: 'watched', name: 'vite', watchId: 'w1', coresOverTime: [] },
    ])
    const [row] = listProcessRows([one('process.threads', ['vite'], 4)], [])
    expect(row).toMatchObject({ name: 'vite', threads: 4 })
    expect(row).not.toHaveProperty('watchId')
  })

  it('show the workbench with its own delay', () => {
    const rows = listProcessRows(
      [
        one('workbench.cpu-ms', [], 50),
        one('workbench.resident-bytes', [], 1e8),
        one('workbench.event-loop-delay-ms', [], 3),
      ],
      [],
    )
    expect(rows).toMatchObject([{ name: 'Barograph', cores: 0.05, privateBytes: 1e8, eventLoopDelayMs: 3 }])
  })
})
