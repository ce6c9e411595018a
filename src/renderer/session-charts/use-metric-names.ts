import { useMemo, useSyncExternalStore } from 'react'
import type { MetricId } from '#shared/series/index.ts'
import type { MetricTable } from './metric-table.ts'

/** Names of disks, interfaces, kinds of processes: the first label of a metric's series. The same array while they stay. */
export function useMetricNames(table: MetricTable, metric: MetricId): readonly string[] {
  const text = useSyncExternalStore(table.subscribe, () => {
    const names = new Set(table.labelsOf(metric).map((labels) => labels.split('|')[0] ?? ''))
    return [...names].toSorted().join('\n')
  })
  return useMemo(() => (text === '' ? [] : text.split('\n')), [text])
}
