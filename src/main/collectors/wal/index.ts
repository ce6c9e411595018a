import type { Collector } from '../collector.ts'
import { counterCollector } from '../counter-collector.ts'
import { parseWal } from './parse.ts'
import wal13 from './wal-13.sql?raw'
import wal14 from './wal-14.sql?raw'
import wal18 from './wal-18.sql?raw'
import wal19 from './wal-19.sql?raw'

/** The write-ahead log: how much of it is made, and what its writing costs. */
export const wal: Collector = counterCollector({
  id: 'wal',
  everyMs: 1_000,
  sql: { 130_000: wal13, 140_000: wal14, 180_000: wal18, 190_000: wal19 },
  parse: parseWal,
})
