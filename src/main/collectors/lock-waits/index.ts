import type { Collector } from '../collector.ts'
import { counterCollector } from '../counter-collector.ts'
import { parseCounterRows } from '../counter-rows.ts'
import lockWaits19 from './lock-waits-19.sql?raw'

/** How often and how long locks were waited for, as the server counts it. */
export const lockWaits: Collector = counterCollector({
  id: 'lock-waits',
  everyMs: 5_000,
  sql: { 190_000: lockWaits19 },
  parse: (rows) => ({
    groups: parseCounterRows(rows, {
      subject: () => 'pg_stat_lock',
      labels: 1,
      metrics: ['locks.waits', 'locks.wait-ms', 'locks.fast-path-exceeded'],
    }),
  }),
})
