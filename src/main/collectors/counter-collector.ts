import type { ServerFacts } from '#shared/session/index.ts'
import type { Milliseconds } from '#shared/units/index.ts'
import { type Answer, type ByVersion, type Collector, sqlFor } from './collector.ts'
import { createCounterMemory, type FiguresReading } from './counter-memory.ts'
import { withoutRefused } from './refusals.ts'

export interface CounterCollectorOptions {
  readonly id: string
  readonly everyMs: Milliseconds
  /** The one question; a server older than its first version has nothing to show. */
  readonly sql: ByVersion
  /** Pure: what the answer's rows mean. */
  readonly parse: (rows: Answer['rows'], server: ServerFacts) => FiguresReading
}

/** A collector of the common kind: one question over and over, whose answer is counters and values of the moment. */
export function counterCollector({ id, everyMs, sql, parse }: CounterCollectorOptions): Collector {
  return {
    id,
    everyMs,
    begin(source) {
      const text = sqlFor(sql, source.server.versionNum)
      if (text === undefined) return undefined
      const memory = createCounterMemory(source)
      return withoutRefused(source, id, async () => {
        const { rows, atMs } = await source.ask({ name: id, sql: text })
        memory.take(parse(rows, source.server), atMs)
      })
    },
  }
}
