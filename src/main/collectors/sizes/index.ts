import type { MetricSample } from '#shared/series/index.ts'
import type { EpochMs, Milliseconds } from '#shared/units/index.ts'
import type { Collector, Look, Source } from '../collector.ts'
import { lookAtFigures } from '../counter-collector.ts'
import { createCounterMemory } from '../counter-memory.ts'
import databaseSizeSql from './database-size.sql?raw'
import databasesSql from './databases.sql?raw'
import { measureEach } from './measure-each.ts'
import { parseTempFiles, parseWalFiles } from './parse.ts'
import tablespaceSizeSql from './tablespace-size.sql?raw'
import tablespacesSql from './tablespaces.sql?raw'
import tempFilesSql from './temp-files.sql?raw'
import walFilesSql from './wal-files.sql?raw'

/** What changes slowly, or is dear to find out, is asked for by the minute. */
const minuteMs: Milliseconds = 60_000
/** Looking at files takes the server at most this share of a core; with very many of them it is done more rarely. */
const mostShare = 0.001

/** How large databases, tablespaces, temporary files and the WAL folder are. */
export const sizes: Collector = { id: 'sizes', everyMs: 10_000, begin }

function begin(source: Source): Look {
  const memory = createCounterMemory(source)
  const tempFiles = lookAtFigures(source, {
    name: 'temporary-files',
    sql: { 130_000: tempFilesSql },
    parse: parseTempFiles,
  })
  const walFiles = lookAtFigures(source, {
    name: 'wal-files',
    sql: { 130_000: walFilesSql },
    parse: parseWalFiles,
  })
  const databases = measureEach(source, {
    name: 'database-sizes',
    listSql: databasesSql,
    sizeSql: databaseSizeSql,
    what: 'database',
    metric: 'sizes.database-bytes',
  })
  const tablespaces = measureEach(source, {
    name: 'tablespace-sizes',
    listSql: tablespacesSql,
    sizeSql: tablespaceSizeSql,
    what: 'tablespace',
    metric: 'sizes.tablespace-bytes',
  })
  let dueMs: EpochMs = 0

  async function measure(): Promise<void> {
    const atMs = source.now()
    const gauges: MetricSample[] = []
    let tookMs: Milliseconds = 0
    for (const each of [databases, tablespaces]) {
      const measured = await each()
      gauges.push(...measured.gauges)
      tookMs += measured.tookMs
    }
    memory.take({ gauges }, atMs)
    await walFiles?.()
    dueMs = atMs + Math.max(minuteMs, tookMs / mostShare)
  }

  return async () => {
    await tempFiles?.()
    if (source.now() >= dueMs) await measure()
  }
}
