import type { Collector } from '../collector.ts'
import { counterCollector } from '../counter-collector.ts'
import { parseCounterRows } from '../counter-rows.ts'
import archiverSql from './archiver.sql?raw'

/** Whether WAL gets out to the archive: what can't be archived stays and fills the disk. */
export const archiver: Collector = counterCollector({
  id: 'archiver',
  everyMs: 10_000,
  sql: { 130_000: archiverSql },
  parse: (rows) => ({
    groups: parseCounterRows(rows, {
      subject: () => 'pg_stat_archiver',
      labels: 0,
      metrics: ['archiver.archived', 'archiver.failed'],
    }),
  }),
})
