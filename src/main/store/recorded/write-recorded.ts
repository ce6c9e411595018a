import type { Database } from '../database.ts'
import { sumMinutes } from './minutes.ts'
import type { RecordedBatch } from './protocol.ts'
import { endRecording } from './recordings.ts'
import { writeRows } from './write-rows.ts'

/** Writes what has been recorded since the last time, all or nothing. */
export async function writeRecorded(database: Database, batches: readonly RecordedBatch[]): Promise<void> {
  let commitMinutes = () => {}
  await database.transaction(async () => {
    for (const { rows, ends } of batches) {
      for (const packed of rows) await writeRows(database, packed)
      if (ends !== undefined) await endRecording(database, ends.ordinal, ends.atMs)
    }
    commitMinutes = await sumMinutes(
      database,
      batches.flatMap(({ rows }) => rows),
    )
  })
  commitMinutes()
}
