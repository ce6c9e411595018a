import type { EpochMs } from '#shared/units/index.ts'

/** What a reading of the schema has shown; `undefined`: it was not the time for one. */
export type ReadingOutcome = 'changes' | 'nothing' | undefined

/** Readings of the schema in one recording: one collector makes them, another knows when there is news. */
export interface SchemaReadings {
  /** Who reads, until the connection ends. */
  readBy(read: () => Promise<ReadingOutcome>): void
  readNow(): Promise<ReadingOutcome>
  /** Nothing of the schema has changed from the last reading to this moment. */
  unchangedUntil(atMs: EpochMs): void
  readonly lastUnchangedMs: EpochMs | undefined
}

const byRecording = new WeakMap<object, SchemaReadings>()

export function schemaReadingsOf(recording: object): SchemaReadings {
  const known = byRecording.get(recording) ?? createSchemaReadings()
  byRecording.set(recording, known)
  return known
}

function createSchemaReadings(): SchemaReadings {
  let reader: (() => Promise<ReadingOutcome>) | undefined
  let unchangedMs: EpochMs | undefined
  let underWay: Promise<ReadingOutcome> | undefined
  return {
    readBy(read) {
      underWay = undefined
      reader = read
    },
    readNow() {
      // Both may want one at the same time.
      if (underWay !== undefined) return underWay
      const reading = (reader?.() ?? Promise.resolve(undefined)).finally(() => {
        // One of a connection that has ended must not end the one that began since.
        if (underWay === reading) underWay = undefined
      })
      underWay = reading
      return reading
    },
    unchangedUntil(atMs) {
      unchangedMs = atMs
    },
    get lastUnchangedMs() {
      return unchangedMs
    },
  }
}
