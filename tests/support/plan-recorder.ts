/**
 * Records the plan fixtures from real servers: `node tests/support/record-plans.mjs`. Run it when a statement is added
 * or a server version joins; commit what it writes. Each statement of the list below leaves
 * `<name>.estimates.{json,txt}` (one tree in two formats) and `<name>.run.json` (ANALYZE with everything on).
 */
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { openServerClient } from '#main/targets/index.ts'
import { startTestServer, type TestMajor } from './servers.ts'
import { explain, makeShop, type ShopStatement, setForTransaction, shopStatements } from './shop.ts'

const recorded: ReadonlySet<string> = new Set([
  'a bitmap',
  'a CTE read twice',
  'a CTE that reads a CTE',
  'a delete with foreign keys',
  'a full join',
  'a hash join',
  'a hashed subplan',
  'a json table',
  'a lossy bitmap',
  'a merge',
  'a merge join',
  'a parallel append',
  'a parallel bitmap',
  'a parallel hash join without partitions',
  'a parallel scan in a loop',
  'a recursive CTE',
  'a sample',
  'a spilling hash',
  'a spilling sort',
  'a subplan',
  'a window with a run condition',
  'a writing CTE that nobody reads',
  'an incremental sort by big groups',
  'an init plan under a gather',
  'an init plan used deep below',
  'an insert or update',
  'an insert with triggers',
  'an update of partitions',
  'grouping sets by sort',
  'just in time compilation',
  'memoize',
  'never executed',
  'parallel memoize',
  'partitions merged',
  'partitions pruned at start',
  'quoted names',
])

const folder = fileURLToPath(new URL('../fixtures/plans/', import.meta.url))
const slug = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')

async function record(major: TestMajor): Promise<void> {
  const server = await startTestServer({ major, settings: { track_io_timing: 'on', compute_query_id: 'on' } })
  try {
    const client = await openServerClient(server)
    await makeShop(client)
    const into = `${folder}pg${major}/`
    await rm(into, { recursive: true, force: true })
    await mkdir(into, { recursive: true })
    const save = async (
      statement: ShopStatement,
      options: string,
      format: 'text' | 'json',
      file: string,
    ): Promise<void> => {
      await client.query('begin')
      await setForTransaction(client, statement.settings)
      const result = await client.query(explain(statement.sql, options, format))
      await client.query('rollback')
      await writeFile(
        `${into}${slug(statement.name)}.${file}`,
        `${result.rows.map(([line]) => line).join('\n')}\n`,
      )
    }
    const everything = `analyze, verbose, buffers, wal, settings${major >= 17 ? ', memory, serialize text' : ''}`
    for (const statement of shopStatements) {
      if (!recorded.has(statement.name) || (statement.minimumMajor ?? 0) > major) continue
      await save(statement, 'verbose', 'text', 'estimates.txt')
      await save(statement, 'verbose', 'json', 'estimates.json')
      await save(statement, everything, 'json', 'run.json')
    }
    await client.close()
  } finally {
    await server.stop()
  }
}

export async function recordPlans(): Promise<void> {
  for (const major of [14, 18] as const) await record(major)
}
