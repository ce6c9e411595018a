import type { MetricSample } from '#shared/series/index.ts'
import type { Emission } from '#shared/session/index.ts'
import type { Source } from '../collector.ts'
import { createTakeOff } from './take-off.ts'

/** Leaves the workbench's own transactions out of those of the database that it is connected to. */
export function withoutOwnTransactions(
  source: Pick<Source, 'ownTransactions' | 'server'>,
): (emission: Emission) => Emission {
  const [commits, rollbacks] = [createTakeOff(), createTakeOff()]
  const before = source.ownTransactions()
  commits.begin(before.committed)
  rollbacks.begin(before.rolledBack)

  return (emission) => {
    if (emission.kind !== 'metrics') return emission
    const { atMs } = emission.tick
    const own = source.ownTransactions()
    const samples = emission.tick.samples.map((sample): MetricSample => {
      const { metric, labels = [], value } = sample
      if (labels[0] !== source.server.database) return sample
      if (metric === 'database.commits')
        return { ...sample, value: commits.fromOthers(value, own.committed, atMs) }
      if (metric === 'database.rollbacks')
        return { ...sample, value: rollbacks.fromOthers(value, own.rolledBack, atMs) }
      return sample
    })
    return { ...emission, tick: { ...emission.tick, samples } }
  }
}
