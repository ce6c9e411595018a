import type { Milliseconds } from '#shared/units/index.ts'
import type { Collector } from '../collector.ts'
import { schemaReadingsOf } from '../schema-readings.ts'
import { createNewsWatch } from './news-watch.ts'
import writtenSql from './written.sql?raw'

const question = { name: 'schema_written', sql: writtenSql }
/** A session that goes idle hands in what it wrote after ten seconds at the latest (PGSTAT_IDLE_INTERVAL). */
const handedInMs: Milliseconds = 10_000

/** Notices every few seconds whether the catalogue was written, and has tables and indexes read at once if it was. */
export const schemaNews: Collector = {
  id: 'schema-news',
  everyMs: 5_000,
  begin(source) {
    const readings = schemaReadingsOf(source.recording)
    const watch = createNewsWatch()
    return async () => {
      const { rows, atMs } = await source.ask(question)
      const written = rows[0]?.[0] ?? null
      if (written === null) return
      if (!watch.see(written)) readings.unchangedUntil(atMs - handedInMs)
      if (!watch.isDue(source.now())) return
      const outcome = await readings.readNow()
      if (outcome !== undefined) watch.read(outcome, source.now())
    }
  },
}
