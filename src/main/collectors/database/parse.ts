import type { CounterId } from '#shared/series/index.ts'
import type { Answer } from '../collector.ts'
import type { FiguresReading } from '../counter-memory.ts'
import { parseCounterRows } from '../counter-rows.ts'

/** In the order of the queries' columns. */
const metrics: readonly CounterId[] = [
  'database.commits',
  'database.rollbacks',
  'database.blocks-hit',
  'database.blocks-read',
  'database.read-ms',
  'database.write-ms',
  'database.tuples-returned',
  'database.tuples-fetched',
  'database.tuples-inserted',
  'database.tuples-updated',
  'database.tuples-deleted',
  'database.temp-files',
  'database.temp-bytes',
  'database.deadlocks',
  'database.conflicts',
  'database.checksum-failures',
  'database.session-ms',
  'database.active-ms',
  'database.idle-in-transaction-ms',
  'database.sessions',
  'database.sessions-abandoned',
  'database.sessions-fatal',
  'database.sessions-killed',
  'database.workers-planned',
  'database.workers-launched',
]

export function parseDatabases(rows: Answer['rows']): FiguresReading {
  return {
    groups: parseCounterRows(rows, { subject: ([name = '']) => `database ${name}`, labels: 1, metrics }),
  }
}
