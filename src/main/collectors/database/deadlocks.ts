import type { MetricTick } from '#shared/series/index.ts'
import type { Marker } from '#shared/session/index.ts'
import type { SeenDeadlocks } from '../seen-deadlocks.ts'

/**
 * A mark for each database in which the server has broken deadlocks that nobody saw while they lasted; who was in them
 * is in the server's log alone.
 */
export function markDeadlocks(
  { atMs, periodMs, samples }: MetricTick,
  marked: Pick<SeenDeadlocks, 'take'>,
): readonly Marker[] {
  return samples
    .filter(({ metric, value }) => metric === 'database.deadlocks' && value > 0)
    .flatMap(({ labels: [database = ''] = [], value }): readonly Marker[] => {
      const deadlocks = value - marked.take(database, value, atMs)
      if (deadlocks === 0) return []
      return [
        {
          kind: 'deadlock',
          // Between the two looks, some time after it was broken: a backend reports once a second at most.
          atMs: atMs - periodMs / 2,
          label: `${deadlocks === 1 ? 'Deadlock' : `${deadlocks} deadlocks`} in ${database}`,
          facts: { database, deadlocks },
        },
      ]
    })
}
