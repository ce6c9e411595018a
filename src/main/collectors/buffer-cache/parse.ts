import type { MetricSample } from '#shared/series/index.ts'
import type { Answer } from '../collector.ts'

/** Usage counts that there are: a buffer's count stops growing at five. */
const usageCounts = [0, 1, 2, 3, 4, 5] as const

/** What shared buffers hold, of rows by usage count. */
export function parseBufferUsage(rows: Answer['rows']): readonly MetricSample[] {
  const byUsage = new Map<number, number>()
  let unused = 0
  let used = 0
  let dirty = 0
  let pinned = 0
  for (const [usage, buffers, dirtyOnes, pinnedOnes] of rows) {
    const count = Number(buffers)
    dirty += Number(dirtyOnes)
    pinned += Number(pinnedOnes)
    if (usage === null || usage === undefined) unused += count
    else {
      used += count
      byUsage.set(Number(usage), count)
    }
  }
  return [
    // Buffers change while they are counted: what is dirty may be more than what was used.
    { metric: 'buffers.held', labels: ['clean'], value: Math.max(0, used - dirty) },
    { metric: 'buffers.held', labels: ['dirty'], value: dirty },
    { metric: 'buffers.held', labels: ['unused'], value: unused },
    { metric: 'buffers.pinned', value: pinned },
    ...usageCounts.map((usage) => ({
      metric: 'buffers.by-usage' as const,
      labels: [String(usage)],
      value: byUsage.get(usage) ?? 0,
    })),
  ]
}
