import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '#main/store/database.ts'
import { openSessionStore } from '#main/store/index.ts'
import type { RecordedOverview } from '#shared/contract/index.ts'
import { currentFormatVersion, type KeptPlanSummary, type Run } from '#shared/session/index.ts'
import { recordSample } from '#tests/support/sample-activity.ts'
import { bareRun, sampleRun, sampleWaits } from '#tests/support/sample-run.ts'

const inRoot = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url))
const fixtures = inRoot('tests/fixtures/sessions')

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'barograph-format-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const openStore = (path: string) =>
  openSessionStore({ dataFolder: join(folder, 'data'), appVersion: '9.9.9', now: Date.now, path })

/** What anybody can do who has DuckDB and no Barograph. */
async function ask(path: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const instance = await DuckDBInstance.create(path)
  const connection = await instance.connect()
  try {
    return (await connection.runAndReadAll(sql)).getRowObjects()
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

async function makeSession(...runs: readonly Run[]): Promise<string> {
  const path = join(folder, 'made.barograph')
  const store = await openStore(path)
  for (const run of runs) await store.putRun(run)
  await store.plans.keep({ name: 'from the log', source: 'log', text: 'Result', durationMs: 7 })
  await recordSample(store.recorded)
  await store.close()
  return path
}

describe('docs/formats/session.md', async () => {
  const page = await readFile(inRoot('docs/formats/session.md'), 'utf8')
  const queries = [...page.matchAll(/^(.+):\n\n```sql\n([^]*?)```/gm)].map(([, title = '', sql = '']) => [
    title,
    sql,
  ])

  it('gives every query a sentence that says what it answers', () => {
    expect(queries.length).toBeGreaterThan(3)
    expect(queries).toHaveLength(page.split('```sql').length - 1)
  })

  it.each(queries)('has a query that answers in plain DuckDB: %s', async (_title, sql = '') => {
    const path = await makeSession(sampleRun(), bareRun({ ordinal: 2 }))
    expect(await ask(path, sql)).not.toHaveLength(0)
  })

  it('names every table and column of the file with its type, and no other', async () => {
    const documented: string[] = []
    for (const [, table, rows] of page.matchAll(/^### (\w+)\n[^]*?\n\|---\|---\|---\|\n((?:\|.*\n)+)/gm)) {
      for (const [, column, type] of (rows ?? '').matchAll(/^\| (\w+) \| ([A-Z[\]]+) \|/gm)) {
        documented.push(`${table}.${column} ${type}`)
      }
    }
    const columns = await ask(
      await makeSession(),
      `SELECT table_name || '.' || column_name || ' ' || data_type AS line FROM duckdb_columns() WHERE NOT internal`,
    )
    expect(documented.toSorted()).toEqual(columns.map(({ line }) => String(line)).toSorted())
  })

  it('lists the current version', () => {
    expect(page).toMatch(new RegExp(`^\\| ${currentFormatVersion} \\| `, 'm'))
  })
})

describe('stored samples', async () => {
  const samples = (await readdir(fixtures)).filter((name) => name.endsWith('.barograph'))

  it('are there for every version', () => {
    const versions = Array.from({ length: currentFormatVersion }, (_, index) => `v${index + 1}.barograph`)
    expect(samples.toSorted()).toEqual(versions.toSorted())
  })

  it.each(samples)(
    '%s opens with this version, reads as it was recorded and can be added to',
    async (name) => {
      const expected = JSON.parse(
        await readFile(join(fixtures, name.replace('.barograph', '.json')), 'utf8'),
      ) as {
        session: object
        runs: Run[]
        plans?: KeptPlanSummary[]
        overview?: RecordedOverview
        moment?: object
      }
      const path = join(folder, name)
      await cp(join(fixtures, name), path)
      const store = await openStore(path)
      expect(store.current()).toMatchObject({ ...expected.session, formatVersion: currentFormatVersion })
      for (const run of expected.runs) expect(await store.run(run.runId)).toMatchObject(run)
      expect(await store.plans.list()).toEqual(expected.plans ?? [])
      expect(await store.recorded.overview()).toEqual(expected.overview ?? { recordings: [] })
      expect(await store.recorded.activityAt(1_763_700_002_000)).toEqual(expected.moment)
      await recordSample(store.recorded, 1_763_800_000_000)
      await store.plans.keep({ name: 'new', source: 'paste', text: 'Result' })
      await store.putRun(bareRun({ runId: 'new', ordinal: store.nextOrdinal() }))
      expect((await store.runs()).length).toBe(expected.runs.length + 1)
      await store.close()
    },
  )
})

describe('the file', () => {
  it('is one file once it is closed, and holds samples in the order of runs and time', async () => {
    const late = { ...sampleRun().waits, samples: sampleWaits(50).toReversed() }
    const path = await makeSession(
      sampleRun(),
      sampleRun({ runId: 'two', ordinal: 2, waits: late }),
      bareRun({ ordinal: 3 }),
    )
    expect((await readdir(folder)).filter((name) => name.startsWith('made'))).toEqual(['made.barograph'])
    const [order] = await ask(
      path,
      `SELECT bool_and(coalesce((run_ordinal, at_ms) >= before, true)) AS sorted, count(*)::INTEGER AS samples
       FROM (SELECT *, lag((run_ordinal, at_ms)) OVER (ORDER BY rowid) AS before FROM run_wait_samples)`,
    )
    expect(order).toEqual({ sorted: true, samples: 57 })
  })

  it('keeps columns and tables that this version does not know', async () => {
    const path = await makeSession(sampleRun())
    for (const sql of [
      "ALTER TABLE runs ADD COLUMN future VARCHAR DEFAULT 'kept'",
      'ALTER TABLE run_wait_samples ADD COLUMN query_id BIGINT',
      'ALTER TABLE meta ADD COLUMN colour VARCHAR',
      "UPDATE meta SET colour = 'blue'",
      'CREATE TABLE mine AS SELECT 42 AS answer',
    ]) {
      await ask(path, sql)
    }
    const store = await openStore(path)
    const changed = sampleRun({ note: 'changed', waits: { ...sampleRun().waits, samples: sampleWaits(3) } })
    await store.putRun(changed)
    expect(await store.run('run-1')).toStrictEqual(changed)
    await store.putRun(bareRun({ ordinal: 2 }))
    await store.close()
    expect(await ask(path, 'SELECT future, note FROM runs ORDER BY run_ordinal')).toEqual([
      { future: 'kept', note: 'changed' },
      { future: 'kept', note: '' },
    ])
    expect(await ask(path, 'SELECT colour, answer FROM meta, mine')).toEqual([{ colour: 'blue', answer: 42 }])
    expect(await ask(path, 'SELECT count(*)::INTEGER AS n FROM run_wait_samples')).toEqual([{ n: 3 }])
  })

  it('gives back the memory of what was asked, and answers as before', async () => {
    const database = await openDatabase(await makeSession(), 'write')
    const cachedBytes = async () => {
      const [row] = await database.rows(
        `SELECT memory_usage_bytes::DOUBLE AS bytes FROM duckdb_memory() WHERE tag = 'BASE_TABLE'`,
      )
      return Number(row?.['bytes'])
    }
    const limit = `SELECT current_setting('memory_limit') AS "limit"`
    try {
      await database.run('CREATE TABLE numbers AS SELECT i, random() AS r FROM range(500000) t(i)')
      await database.run('CHECKPOINT')
      const question = 'SELECT count(*)::INTEGER AS n, sum(i)::DOUBLE AS sum FROM numbers WHERE r >= 0'
      const before = { answer: await database.rows(question), limit: await database.rows(limit) }
      expect(await cachedBytes()).toBeGreaterThan(1_000_000)
      await database.releaseMemory()
      expect(await cachedBytes()).toBeLessThan(500_000)
      expect({ answer: await database.rows(question), limit: await database.rows(limit) }).toEqual(before)
    } finally {
      database.close()
    }
  })

  it('is one file again though a workbench was killed that had moved memory beside it', async () => {
    const path = await makeSession()
    await mkdir(`${path}.tmp`)
    await writeFile(join(`${path}.tmp`, 'duckdb_temp_block-1.block'), 'spilled')
    const database = await openDatabase(path, 'write')
    await database.run('CREATE TABLE late AS SELECT i FROM range(100000) t(i)')
    await database.releaseMemory()
    expect(await database.rows('SELECT count(*)::INTEGER AS n FROM late')).toEqual([{ n: 100_000 }])
    database.close()
    expect((await readdir(folder)).toSorted()).toEqual(['data', 'made.barograph'])
  })

  it('reaches neither other files nor extensions while it is open, whatever is in it', async () => {
    const neighbour = join(folder, 'neighbour.txt')
    await writeFile(neighbour, 'private')
    const database = await openDatabase(await makeSession(), 'write')
    try {
      for (const sql of [
        `SELECT * FROM read_text('${neighbour}')`,
        `COPY runs TO '${join(folder, 'copy.csv')}'`,
        `ATTACH '${join(folder, 'other.db')}'`,
        'INSTALL httpfs',
        'SET enable_external_access = true',
        'SET allow_community_extensions = true',
        "SET temp_directory = '/tmp'",
      ]) {
        await expect(database.run(sql)).rejects.toThrow(/permission error|cannot/i)
      }
      await database.run('SET autoinstall_known_extensions = true')
      await database.run('SET autoload_known_extensions = true')
      await expect(database.run(`SELECT * FROM read_parquet('https://localhost/x.parquet')`)).rejects.toThrow(
        /permission error|cannot/i,
      )
    } finally {
      database.close()
    }
    expect((await readdir(folder)).toSorted()).toEqual(['data', 'made.barograph', 'neighbour.txt'])
  })
})
