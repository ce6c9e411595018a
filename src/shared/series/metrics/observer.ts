import { gauge } from '../define.ts'

/** What watching costs the server, as the meter of the status bar says it, once a second. */
export const observerMetrics = {
  'observer.rate': gauge('Looks at activity a second', 'count', 'own counting'),
  'observer.lag-ms': gauge('From a question to its answer, p95', 'ms', 'own clock, over ten seconds'),
  'observer.core-share': gauge(
    'Share of a core that observing takes',
    'ratio',
    '/proc/<pid>/schedstat of the observer’s backend; else the time of its answers',
  ),
} as const
