import { metricDefinitions } from '#shared/series/index.ts'
import type { StartKeeping } from './keeper.ts'
import { createNumbering } from './numbering.ts'

/**
 * One row a value. Counters that did not grow are most of what is read, and are left out: each tick says which metrics
 * were read (its group), so that a value that isn't there is zero, and a tick that isn't there is a gap.
 */
export const keepMetrics: StartKeeping<'metrics'> = ({ outgoing, next }) => {
  const series = createNumbering(next.series)
  const groups = createNumbering(next.metric_groups)
  const seriesRows = outgoing.rows('series', { series_no: 'number', metric: 'text', labels: 'text' })
  const groupRows = outgoing.rows('metric_groups', { group_no: 'number', metric: 'text' })
  const ticks = outgoing.rows('metric_ticks', {
    sampled_at: 'number',
    period_ms: 'number',
    group_no: 'number',
  })
  const samples = outgoing.rows('metric_samples', {
    sampled_at: 'number',
    series_no: 'number',
    value: 'number',
  })

  return ({ tick }) => {
    const atMs = Math.floor(tick.atMs)
    const names = new Set<string>()
    for (const { metric, labels = [], value } of tick.samples) {
      if (!Number.isFinite(value)) continue
      names.add(metric)
      const text = JSON.stringify(labels)
      const seriesNo = series.of(`${metric}\n${text}`, (number) => seriesRows.add(number, metric, text))
      const isRest = value === 0 && metricDefinitions[metric].kind === 'counter'
      if (!isRest) samples.add(atMs, seriesNo, value)
    }
    if (names.size === 0) return
    const inOrder = [...names].sort()
    const groupNo = groups.of(inOrder.join('\n'), (number) => {
      for (const metric of inOrder) groupRows.add(number, metric)
    })
    ticks.add(atMs, Math.round(tick.periodMs), groupNo)
  }
}
