import type { Collector } from '../collector.ts'
import { counterCollector } from '../counter-collector.ts'
import { seenDeadlocksOf } from '../seen-deadlocks.ts'
import database13 from './database-13.sql?raw'
import database14 from './database-14.sql?raw'
import database18 from './database-18.sql?raw'
import { markDeadlocks } from './deadlocks.ts'
import { parseDatabases } from './parse.ts'
import { withoutOwnTransactions } from './without-own.ts'

const counters = counterCollector({
  id: 'database',
  everyMs: 1_000,
  sql: { 130_000: database13, 140_000: database14, 180_000: database18 },
  parse: parseDatabases,
})

/** What each database did: transactions, blocks, rows, temporary files, sessions; with a mark for deadlocks. */
export const database: Collector = {
  ...counters,
  begin(source) {
    const seen = seenDeadlocksOf(source.recording)
    const withoutOwn = withoutOwnTransactions(source)
    return counters.begin({
      ...source,
      emit(emission) {
        source.emit(withoutOwn(emission))
        if (emission.kind !== 'metrics') return
        for (const marker of markDeadlocks(emission.tick, seen)) source.emit({ kind: 'marker', marker })
      },
    })
  },
}
