import type { Collector } from '../collector.ts'
import { counterCollector } from '../counter-collector.ts'
import database13 from './database-13.sql?raw'
import database14 from './database-14.sql?raw'
import database18 from './database-18.sql?raw'
import { parseDatabases } from './parse.ts'

/** What each database did: transactions, blocks, rows, temporary files, sessions. */
export const database: Collector = counterCollector({
  id: 'database',
  everyMs: 1_000,
  sql: { 130_000: database13, 140_000: database14, 180_000: database18 },
  parse: parseDatabases,
})
