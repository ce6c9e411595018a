import type { CounterId } from '#shared/series/index.ts'
import type { Collector } from '../collector.ts'
import { counterCollector } from '../counter-collector.ts'
import { parseCounterRows } from '../counter-rows.ts'
import slruSql from './slru.sql?raw'

/** In the order of the query's columns. */
const metrics: readonly CounterId[] = [
  'slru.zeroed',
  'slru.hits',
  'slru.reads',
  'slru.writes',
  'slru.exists',
  'slru.flushes',
  'slru.truncates',
]

/** The small caches of commit status, subtransactions, multixacts: reads there mean that transactions wait for disks. */
export const slru: Collector = counterCollector({
  id: 'slru',
  everyMs: 10_000,
  sql: { 130_000: slruSql },
  parse: (rows) => ({
    groups: parseCounterRows(rows, { subject: ([name = '']) => `SLRU ${name}`, labels: 1, metrics }),
  }),
})
