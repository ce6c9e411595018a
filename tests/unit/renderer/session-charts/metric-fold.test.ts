import { describe, expect, it } from 'vitest'
import { createMetricFold } from '#renderer/session-charts/metric-fold.ts'
import type { LiveMetrics } from '#shared/contract/index.ts'

const tick = (atMs: number, ...samples: LiveMetrics['samples']): LiveMetrics => ({
  atMs,
  periodMs: 1_000,
  samples,
})

describe('live samples of metrics', () => {
  it('are rates for counters: growth over the time it took', () => {
    const fold = createMetricFold(2_000, [])
    fold.take([tick(2_000, ['wal.bytes', [], 300]), tick(3_000, ['wal.bytes', [], 100])])
    expect(fold.at(1, 'wal.bytes')).toBe(200)
  })

  it('are means for gauges', () => {
    const fold = createMetricFold(2_000, [])
    fold.take([
      tick(2_000, ['connections.state', ['active'], 4]),
      tick(3_000, ['connections.state', ['active'], 6]),
    ])
    expect(fold.at(1, 'connections.state|active')).toBe(5)
  })

  it('are added up over databases, a look counting once', () => {
    const fold = createMetricFold(1_000, ['database'])
    fold.take([tick(1_000, ['database.commits', ['shop'], 30], ['database.commits', ['crm'], 12])])
    expect(fold.at(1, 'database.commits')).toBe(42)
  })

  it('are null where nobody looked', () => {
    const fold = createMetricFold(1_000, [])
    fold.take([tick(1_000, ['wal.bytes', [], 300])])
    expect(fold.at(2, 'wal.bytes')).toBeNull()
    expect(fold.at(1, 'wal.records')).toBeNull()
  })

  it('count none twice, also where two collectors tell of the same moment', () => {
    const fold = createMetricFold(1_000, [])
    const first = tick(1_000, ['wal.bytes', [], 100])
    const second = tick(1_000, ['wal.records', [], 5])
    fold.take([first])
    fold.take([first, second])
    fold.take([first, second])
    expect([fold.at(1, 'wal.bytes'), fold.at(1, 'wal.records')]).toEqual([100, 5])
  })
})
