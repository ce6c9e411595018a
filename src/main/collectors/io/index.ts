import type { Collector } from '../collector.ts'
import { counterCollector } from '../counter-collector.ts'
import io16 from './io-16.sql?raw'
import io18 from './io-18.sql?raw'
import { parseIo } from './parse.ts'

/** Reads and writes by who did them, on what, and why; from 17 on also what backends had to write out themselves. */
export const io: Collector = counterCollector({
  id: 'io',
  everyMs: 2_000,
  sql: { 160_000: io16, 180_000: io18 },
  parse: parseIo,
})
