import { describe, expect, it } from 'vitest'
import { loadCharts } from '#renderer/panels/load/metric-charts.ts'
import type { MetricAt } from '#renderer/session-charts/metric-table.ts'

const connections = loadCharts.find(({ title }) => title === 'Connections')

/** What the lines say where these were counted, and whether anybody counted. */
function valuesOf(states: Readonly<Record<string, number>>, limit: number | null): (number | null)[] {
  const at: MetricAt = (metric, label = '') =>
    metric === 'connections.limit' ? limit : (states[label] ?? null)
  return connections?.lines.map(({ formula }) => formula(at) ?? null) ?? []
}

describe('connections by state', () => {
  it('are none of a state that nobody is in, as long as somebody counted', () => {
    expect(valuesOf({ idle: 3 }, 60)).toEqual([0, 0, 0, 0, 3])
    expect(valuesOf({}, null)).toEqual([null, null, null, null, null])
  })

  it('are told beside what is allowed, none as none', () => {
    expect(connections?.headline?.(valuesOf({}, 60), 60)).toBe('0 of 60')
    expect(connections?.headline?.(valuesOf({}, null), 60)).toBe('–')
  })
})
