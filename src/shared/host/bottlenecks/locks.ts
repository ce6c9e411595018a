import type { Bottleneck, RangeFigures } from './model.ts'
import { evidence, few, fewOf, grade, partOf, sentence, share, unknown } from './words.ts'

/** Sessions that wait on average, from which on it is felt, and from which on it is the most of what happens. */
const feltSessions = 0.2
const manySessions = 1
/** Of the load. */
const feltShare = 0.1
const mostShare = 0.5
/** Of the load, waiting for the server's internal locks. */
const feltInternal = 0.3

/** Whether sessions waited for each other. */
export function judgeLocks({ load, deadlocksPerMinute }: RangeFigures): Bottleneck {
  if (load === undefined) {
    return unknown('locks')
  }
  const ofLoad = partOf(load.lock, load.total)
  const internal = partOf(load.lwlock, load.total)
  const isInternal = load.lwlock >= manySessions && internal >= feltInternal
  const deadlocks = deadlocksPerMinute ?? 0
  const severity = grade([
    ['critical', load.lock >= manySessions && ofLoad >= mostShare],
    ['warning', load.lock >= feltSessions && ofLoad >= feltShare],
    ['warning', deadlocks > 0 || isInternal],
  ])
  const parts = [
    ...(load.lock >= 0.05
      ? [`${fewOf(load.lock, 'session')} waited for a lock on average, ${share(ofLoad)} of the load`]
      : []),
    ...(isInternal ? [`${few(load.lwlock)} waited for the server’s internal locks (LWLock)`] : []),
    ...(deadlocks > 0 ? [`${fewOf(deadlocks, 'deadlock')} a minute`] : []),
  ]
  return {
    area: 'locks',
    severity,
    verdict: { none: 'no sign', info: 'some', warning: 'waiting', critical: 'blocked' }[severity],
    sentence:
      severity === 'none'
        ? `No sign that sessions hold each other up: ${few(load.lock)} waited for a lock.`
        : sentence(parts),
    evidence: [
      ...evidence('Sessions waiting for a lock', load.lock, 'count', 'pg_stat_activity'),
      ...evidence('Share of the load', ofLoad, 'share', 'pg_stat_activity'),
      ...evidence('Sessions waiting for internal locks', load.lwlock, 'count', 'pg_stat_activity'),
      ...evidence('Deadlocks a minute', deadlocksPerMinute, 'count', 'pg_stat_database.deadlocks'),
    ],
    ...(severity === 'none'
      ? {}
      : {
          next:
            load.lock < feltSessions && isInternal
              ? 'Look at load by wait event: which internal lock it is says what to change.'
              : 'Look at Locks: who holds what the others wait for, and since when.',
        }),
  }
}
