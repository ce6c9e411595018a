import type { Collector } from '../collector.ts'
import { counterCollector } from '../counter-collector.ts'
import horizonSql from './horizon.sql?raw'
import { parseTransactions } from './parse.ts'

/** What keeps old row versions alive, prepared transactions, and how far it is to wraparound. */
export const transactions: Collector = counterCollector({
  id: 'transactions',
  everyMs: 10_000,
  sql: { 130_000: horizonSql },
  parse: parseTransactions,
})
