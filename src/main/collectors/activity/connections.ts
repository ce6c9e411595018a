import type { MetricSample } from '#shared/series/index.ts'
import type { EpochMs, Milliseconds } from '#shared/units/index.ts'
import type { Answer, Source } from '../collector.ts'
import { createCostPace } from '../cost-pace.ts'
import connectionsSql from './connections.sql?raw'

/** Counts all connections by state, which costs more than a look at those at work, so it is done more rarely. */
export interface Connections {
  /** Counts them, if it is time to. */
  count(): Promise<void>
  /** Processes in a failed transaction, as an array of SQL: nothing but their state tells them from idle ones. */
  readonly failed: string
  /** Of all states; none before the first count. */
  readonly total: number
}

const question = { name: 'connections', sql: connectionsSql }
const everyMs: Milliseconds = 1_000
/** Some hundred idle connections take a millisecond: they are then counted every few seconds. */
const costRules = { shareOfCore: 0.000_5, longestPauseMs: 10_000 }

export function createConnections(source: Pick<Source, 'ask' | 'now' | 'paceMs' | 'emit'>): Connections {
  const seen = new Set<string>()
  const pace = createCostPace(costRules)
  let failed = '{}'
  let total = 0
  let lastMs: EpochMs | undefined
  return {
    get failed() {
      return failed
    },
    get total() {
      return total
    },
    async count() {
      const paceMs = Math.max(everyMs, source.paceMs(), pace.pauseMs())
      // Looks come a little early or late: half of one is as near as it gets.
      if (lastMs !== undefined && source.now() - lastMs < paceMs - source.paceMs() / 2) return
      const { rows, atMs } = await source.ask(question)
      pace.spent(atMs, Number(rows[0]?.[4]))
      failed = rows.find((row) => row[3] !== null)?.[3] ?? '{}'
      total = rows.reduce((sum, [, count]) => sum + Number(count), 0)
      const periodMs = lastMs === undefined ? paceMs : atMs - lastMs
      lastMs = atMs
      source.emit({ kind: 'metrics', tick: { atMs, periodMs, samples: parseConnections(rows, seen) } })
    },
  }
}

/** @param seen states that were told of before: one that nobody is in any more is told as 0 */
export function parseConnections(rows: Answer['rows'], seen: Set<string>): readonly MetricSample[] {
  const counts = new Map(rows.map(([state, count]) => [state ?? '', Number(count)]))
  for (const state of counts.keys()) seen.add(state)
  return [
    ...[...seen].map(
      (state): MetricSample => ({
        metric: 'connections.state',
        labels: [state],
        value: counts.get(state) ?? 0,
      }),
    ),
    { metric: 'connections.limit', value: Number(rows[0]?.[2]) },
  ]
}
