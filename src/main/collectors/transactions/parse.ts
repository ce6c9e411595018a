import type { GaugeId } from '#shared/series/index.ts'
import type { Answer } from '../collector.ts'
import type { FiguresReading } from '../counter-memory.ts'

const figures: Readonly<Record<string, { readonly metric: GaugeId; readonly whereNone?: number }>> = {
  oldest: { metric: 'transactions.oldest-ms', whereNone: 0 },
  horizon: { metric: 'transactions.horizon-age', whereNone: 0 },
  prepared: { metric: 'transactions.prepared' },
  'prepared-oldest': { metric: 'transactions.prepared-oldest-ms', whereNone: 0 },
  wraparound: { metric: 'transactions.wraparound-age' },
  multixact: { metric: 'transactions.multixact-age' },
}

/** What holds nothing back has the age 0. */
export function parseTransactions(rows: Answer['rows']): FiguresReading {
  return {
    gauges: rows.flatMap(([name, about, value]) => {
      const figure = figures[name ?? '']
      const shown = value === null || value === undefined ? figure?.whereNone : Number(value)
      if (figure === undefined || shown === undefined) return []
      const labels = about === null || about === undefined ? {} : { labels: [about] }
      return [{ metric: figure.metric, ...labels, value: Math.max(0, shown) }]
    }),
  }
}
