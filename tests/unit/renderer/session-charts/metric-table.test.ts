import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createMetricSource, quotient, sum } from '#renderer/session-charts/metric-source.ts'
import { createMetricTable } from '#renderer/session-charts/metric-table.ts'
import { forgetLive, takeTail } from '#renderer/state/live.ts'
import { moveEdge, setRange } from '#renderer/state/range.ts'
import type { LiveMetrics } from '#shared/contract/index.ts'
import type { MetricId } from '#shared/series/index.ts'

let cursor = 0

/** What the workbench tells of one look at some metrics. */
function tell(atMs: number, ...samples: LiveMetrics['samples']): void {
  cursor += 1
  takeTail({
    cursor,
    ticks: [],
    metrics: [{ atMs, periodMs: 1_000, samples }],
    markers: [],
    latest: { metrics: atMs },
    nowMs: atMs,
    restart: false,
  })
}

const metrics: readonly MetricId[] = ['wal.bytes', 'connections.state']

beforeEach(() => {
  forgetLive()
  setRange({ fromMs: 0, toMs: 20_000 })
})

describe('a table of metrics', () => {
  it('tells its charts of news that are about them, and of no others', () => {
    const table = createMetricTable(metrics, 10, [])
    const heard = vi.fn<() => void>()
    const stop = table.subscribe(heard)
    tell(1_000, ['host.cores', [], 2])
    expect(heard).not.toHaveBeenCalled()
    tell(2_000, ['wal.bytes', [], 300])
    expect(heard).toHaveBeenCalledTimes(1)
    stop()
    tell(3_000, ['wal.bytes', [], 300])
    expect(heard).toHaveBeenCalledTimes(1)
  })

  it('knows what came while nobody listened', () => {
    const table = createMetricTable(metrics, 10, [])
    expect(table.has('wal.bytes')).toBe(false)
    table.slices(['wal.bytes'])
    tell(2_000, ['wal.bytes', [], 300])
    tell(9_000, ['connections.state', ['active'], 4])
    expect([table.has('wal.bytes'), table.labelsOf('connections.state')]).toEqual([true, ['active']])
    expect(table.newest('connections.state', 'active')).toBeNull()
    tell(12_000, ['connections.state', ['active'], 6])
    expect(table.newest('connections.state', 'active')).toBe(6)
  })

  it('says when it was told what was recorded: before that, what it lacks may well be there', () => {
    const table = createMetricTable(metrics, 10, [])
    expect(table.isAnswered()).toBe(false)
    table.set([], 20_000)
    expect([table.isAnswered(), table.has('wal.bytes')]).toEqual([true, false])
  })

  it('is computed anew for a chart when it has news or another slice comes into the range, not else', () => {
    const table = createMetricTable(metrics, 10, [])
    const formula = vi.fn<() => number>(() => 1)
    const source = createMetricSource(table, ['wal.bytes'], [formula])
    const stop = source.subscribe(() => {})
    const versions = [source.read().version]
    const once = formula.mock.calls.length
    expect(once).toBeGreaterThan(9)
    moveEdge(20_001)
    tell(5_000, ['host.cores', [], 2])
    versions.push(source.read().version)
    expect(formula).toHaveBeenCalledTimes(once)
    tell(6_000, ['wal.bytes', [], 300])
    versions.push(source.read().version)
    setRange({ fromMs: 10_000, toMs: 30_000 })
    versions.push(source.read().version)
    expect(versions).toEqual([1, 1, 2, 3])
    stop()
  })

  it('averages over the range as the metrics do: a share weighs by what it is of, and silence among others is nothing', () => {
    const asked: readonly MetricId[] = ['database.blocks-hit', 'database.blocks-read', 'database.commits']
    const table = createMetricTable(asked, 20, [])
    table.slices(asked)
    const source = createMetricSource(table, asked, [
      (at) => quotient(at('database.blocks-hit'), sum(at('database.blocks-hit'), at('database.blocks-read'))),
      (at) => at('database.commits'),
      (at) => at('wal.bytes'),
    ])
    tell(1_000, ['database.blocks-hit', [], 0], ['database.blocks-read', [], 0], ['database.commits', [], 0])
    tell(
      2_000,
      ['database.blocks-hit', [], 900],
      ['database.blocks-read', [], 0],
      ['database.commits', [], 8],
    )
    tell(3_000, ['database.blocks-hit', [], 50], ['database.blocks-read', [], 50])
    expect(source.average()).toEqual([0.95, 4, null])
    setRange({ fromMs: 3_000, toMs: 20_000 })
    expect(source.average()).toEqual([0.5, null, null])
    setRange({ fromMs: 10_000, toMs: 20_000 })
    expect(source.average()).toEqual([null, null, null])
  })
})
