import { type } from '@orpc/contract'
import { z } from 'zod'
import type { PackedSchema } from '../schema/index.ts'
import type { EpochMs } from '../units/index.ts'
import { base } from './base.ts'
import { id, moment, range } from './schemas.ts'

/** A reading, or, where the asker has it already, which one it is. */
export type ToldSchema = PackedSchema | { readonly atMs: EpochMs; readonly isKnown: true }

/** Tables, indexes and foreign keys at the end of a range, beside how they stood at its start. */
export interface SchemaOver {
  /** The last reading at or before the range's end; absent where none was recorded. */
  readonly now?: ToldSchema
  /**
   * The last reading at or before the range's start, else the first of the same recording: to take differences from.
   * The same as `now` where there is only one.
   */
  readonly before?: ToldSchema
}

export const relations = {
  /**
   * How tables and indexes stand, and what came since the range's start.
   * Readings of a large schema are megabytes: those of `known` moments, and one that is told already, are only named.
   */
  over: base
    .input(z.strictObject({ sessionId: id, range, known: z.array(moment).max(4).readonly().exactOptional() }))
    .output(type<SchemaOver>()),
}
