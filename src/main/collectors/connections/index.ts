import type { MetricSample } from '#shared/series/index.ts'
import type { EpochMs } from '#shared/units/index.ts'
import type { Answer, Collector, Look, Source } from '../collector.ts'
import connectionsSql from './connections.sql?raw'

const question = { name: 'connections', sql: connectionsSql }

/** How many clients are connected, by what they do, and how many may be. */
export const connections: Collector = { id: 'connections', everyMs: 1_000, begin }

function begin(source: Source): Look {
  let lastMs: EpochMs | undefined
  const seen = new Set<string>()
  return async () => {
    const { rows, atMs } = await source.ask(question)
    const periodMs = lastMs === undefined ? source.paceMs() : atMs - lastMs
    lastMs = atMs
    source.emit({ kind: 'metrics', tick: { atMs, periodMs, samples: parseConnections(rows, seen) } })
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
