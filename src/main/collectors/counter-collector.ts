import type { ServerFacts } from '#shared/session/index.ts'
import type { Milliseconds } from '#shared/units/index.ts'
import { type Answer, type ByVersion, type Collector, type Source, sqlFor } from './collector.ts'
import { createCounterMemory, type FiguresReading } from './counter-memory.ts'
import { withoutRefused } from './refusals.ts'

export interface FiguresQuestion<Reading extends FiguresReading = FiguresReading> {
  /** Unique among all collectors' questions. */
  readonly name: string
  /** A server older than the first version has nothing to show. */
  readonly sql: ByVersion
  /** Pure: what the answer's rows mean. */
  readonly parse: (rows: Answer['rows'], server: ServerFacts) => Reading
}

/**
 * One look at figures of the server: asks, emits what counters grew by and what gauges show, and answers with the
 * reading. `undefined`: this server can't be asked.
 */
export function lookAtFigures<Reading extends FiguresReading>(
  source: Source,
  { name, sql, parse }: FiguresQuestion<Reading>,
): (() => Promise<Reading | undefined>) | undefined {
  const text = sqlFor(sql, source.server.versionNum)
  if (text === undefined) return undefined
  const memory = createCounterMemory(source)
  return withoutRefused(source, name, async () => {
    const { rows, atMs } = await source.ask({ name, sql: text })
    const reading = parse(rows, source.server)
    memory.take(reading, atMs)
    return reading
  })
}

/** A collector of the common kind: one question over and over, whose answer is counters and values of the moment. */
export function counterCollector(
  options: Omit<FiguresQuestion, 'name'> & { readonly id: string; readonly everyMs: Milliseconds },
): Collector {
  const { id, everyMs, ...question } = options
  return {
    id,
    everyMs,
    begin(source) {
      const look = lookAtFigures(source, { name: id, ...question })
      return look && (async () => void (await look()))
    },
  }
}
