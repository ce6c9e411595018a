import type { RawValue } from '../../raw.ts'

/** A record while it is read. */
export interface MutableRecord {
  [key: string]: RawValue
}
