import type { SchemaOver, ToldSchema } from '#shared/contract/index.ts'
import { type SchemaReading, unpackSchema } from '#shared/schema/index.ts'
import type { EpochMs } from '#shared/units/index.ts'
import type { SchemaSpan } from './build-rows.ts'

/** The readings that were told last: each is megabytes on a large schema, and is asked about again and again. */
export interface SchemaMemory {
  /** Moments of readings that need not be told again. */
  readonly known: (sessionId: string) => readonly EpochMs[]
  /** The readings of an answer; the very same object as before while they are the same. */
  readonly take: (sessionId: string, answer: SchemaOver) => SchemaSpan | undefined
}

export function createSchemaMemory(): SchemaMemory {
  let heldOf: string | undefined
  let held: readonly SchemaReading[] = []
  let last: SchemaSpan | undefined

  function find(told: ToldSchema): SchemaReading | undefined {
    return 'isKnown' in told ? held.find(({ atMs }) => atMs === told.atMs) : unpackSchema(told)
  }

  return {
    known: (sessionId) => (sessionId === heldOf ? held.map(({ atMs }) => atMs) : []),
    take(sessionId, answer) {
      if (sessionId !== heldOf) held = []
      heldOf = sessionId
      if (answer.now === undefined || answer.before === undefined) return undefined
      const now = find(answer.now)
      const before = answer.before.atMs === now?.atMs ? now : find(answer.before)
      // Named only, and forgotten here meanwhile: the next answer tells it whole.
      if (now === undefined || before === undefined) {
        held = []
        return undefined
      }
      held = now === before ? [now] : [now, before]
      if (last?.now !== now || last.before !== before) last = { now, before }
      return last
    },
  }
}
