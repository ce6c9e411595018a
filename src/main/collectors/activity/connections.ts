import type { MetricSample } from '#shared/series/index.ts'
import type { EpochMs, Milliseconds } from '#shared/units/index.ts'
import type { Answer, Source } from '../collector.ts'
import connectionsSql from './connections.sql?raw'

/** Counts all connections by state, which costs more than a look at those at work, so it is done more rarely. */
export interface Connections {
  /** Counts them, if it is time to. */
  count(): Promise<void>
  /** Processes in a failed transaction, as an array of SQL: nothing but their state tells them from idle ones. */
  readonly failed: string
}

const question = { name: 'connections', sql: connectionsSql }
const everyMs: Milliseconds = 1_000

export function createConnections(source: Source): Connections {
  const seen = new Set<string>()
  let failed = '{}'
  let lastMs: EpochMs | undefined
  return {
    get failed() {
      return failed
    },
    async count() {
      const paceMs = Math.max(everyMs, source.paceMs())
      // Looks come a little early or late: half of one is as near as it gets.
      if (lastMs !== undefined && source.now() - lastMs < paceMs - source.paceMs() / 2) return
      const { rows, atMs } = await source.ask(question)
      failed = rows.find((row) => row[3] !== null)?.[3] ?? '{}'
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
