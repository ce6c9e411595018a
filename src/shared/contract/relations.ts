import { type } from '@orpc/contract'
import { z } from 'zod'
import type { SchemaReading } from '../schema/index.ts'
import { base } from './base.ts'
import { id, range } from './schemas.ts'

/** Tables, indexes and foreign keys at the end of a range, beside how they stood at its start. */
export interface SchemaOver {
  /** The last reading at or before the range's end; absent where none was recorded. */
  readonly now?: SchemaReading
  /**
   * The last reading at or before the range's start, else the first of the same recording: to take differences from.
   * The same as `now` where there is only one.
   */
  readonly before?: SchemaReading
}

export const relations = {
  /** How tables and indexes stand, and what came since the range's start. */
  over: base.input(z.strictObject({ sessionId: id, range })).output(type<SchemaOver>()),
}
