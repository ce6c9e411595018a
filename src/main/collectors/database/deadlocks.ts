import type { MetricTick } from '#shared/series/index.ts'
import type { Marker } from '#shared/session/index.ts'

/** A mark for each database in which the server has broken deadlocks; who was in them is in the server's log alone. */
export function markDeadlocks({ atMs, periodMs, samples }: MetricTick): readonly Marker[] {
  return samples
    .filter(({ metric, value }) => metric === 'database.deadlocks' && value > 0)
    .map(
      ({ labels: [database = ''] = [], value }): Marker => ({
        kind: 'deadlock',
        // Between the two looks, some time after it was broken: a backend reports once a second at most.
        atMs: atMs - periodMs / 2,
        label: `${value === 1 ? 'Deadlock' : `${value} deadlocks`} in ${database}`,
        facts: { database, deadlocks: value },
      }),
    )
}
