import { quoteIdentifier } from '#main/targets/index.ts'
import type { EpochMs } from '#shared/units/index.ts'
import { type Collector, type Question, type Source, sqlFor } from '../collector.ts'
import { withoutRefused } from '../refusals.ts'
import extensionSql from './extension.sql?raw'
import { parseBufferUsage } from './parse.ts'
import usage3 from './usage-1-3.sql?raw'
import usage4 from './usage-1-4.sql?raw'

const everyMs = 10_000
/** While the extension is not there it looks every so often whether it was created. */
const retryMs = 30_000
/** Up to 1.3 every buffer is a row that is sent through the executor: of more than 1 GiB that would be felt. */
const mostRows = 131_072
/** And it is asked more rarely. */
const rareMs = 60_000

interface Access {
  readonly question: Question
  readonly everyMs: number
}

/** What shared buffers hold: clean, dirty or nothing yet, and how often it was used. Where `pg_buffercache` is created. */
export const bufferCache: Collector = { id: 'buffer-cache', everyMs, begin }

function begin(source: Source) {
  let access: Access | undefined
  let dueMs: EpochMs = 0
  let lastAtMs: EpochMs | undefined

  return withoutRefused(source, 'buffer-cache', async () => {
    if (source.now() < dueMs) return
    access ??= await findAccess(source)
    dueMs = source.now() + (access?.everyMs ?? retryMs) - everyMs / 2
    if (access === undefined) return
    const { rows, atMs } = await source.ask(access.question)
    const periodMs = lastAtMs === undefined ? access.everyMs : atMs - lastAtMs
    lastAtMs = atMs
    source.emit({ kind: 'metrics', tick: { atMs, periodMs, samples: parseBufferUsage(rows) } })
  })
}

async function findAccess(source: Source): Promise<Access | undefined> {
  const { rows } = await source.ask({ name: 'buffer-cache-extension', sql: extensionSql })
  const [version, schema, buffers] = rows[0] ?? []
  if (typeof version !== 'string' || typeof schema !== 'string') return undefined
  const versionNum = toVersionNum(version)
  const isCheap = versionNum >= 104
  if (!isCheap && Number(buffers) > mostRows) {
    source.limit({
      message: `What shared buffers hold is not asked for: pg_buffercache ${version} reads each of ${Number(buffers).toLocaleString('en-US')} buffers as a row. From 1.4 on (PostgreSQL 16) it is cheap.`,
    })
    return undefined
  }
  const sql = sqlFor({ 100: usage3, 104: usage4 }, versionNum) ?? usage3
  return {
    question: { name: 'buffer-cache', sql: sql.replaceAll('{schema}', () => quoteIdentifier(schema)) },
    everyMs: isCheap ? everyMs : rareMs,
  }
}

/** `1.4` → 104. */
function toVersionNum(version: string): number {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major * 100 + minor
}
