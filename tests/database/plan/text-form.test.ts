import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openServerClient, type ServerClient } from '#main/targets/index.ts'
import { formatPlanText, parsePlanJson } from '#shared/plan/index.ts'
import { startTestServer, type TestServer } from '#tests/support/servers.ts'
import {
  explain,
  makeShop,
  type ShopStatement,
  setForTransaction,
  shopStatements,
} from '#tests/support/shop.ts'

/** Statements whose run is the same each time: no workers to share rows at random, nothing left behind by a write. */
const isSteady = ({ sql, settings }: ShopStatement): boolean =>
  settings?.['max_parallel_workers_per_gather'] === undefined &&
  !/^(insert|update|delete|merge)|\bdelete from\b/.test(sql)

/** Counts that JSON rounds to nothing: text prints the line, JSON a 0 that may also mean none. */
const withoutRoundedCounts = (text: string): string =>
  text.replaceAll(/\n *Rows Removed by [A-Z][A-Za-z ]+: 0(?=\n|$)/g, '')

describe.each([13, 18] as const)('the text form on PostgreSQL %i', (major) => {
  let server: TestServer
  let client: ServerClient
  beforeAll(async () => {
    server = await startTestServer({ major })
    client = await openServerClient(server)
    await makeShop(client)
  })
  afterAll(async () => {
    await client?.close()
    await server?.stop()
  })

  const fetchPlan = async (
    statement: ShopStatement,
    options: string,
    format: 'text' | 'json',
  ): Promise<string> => {
    await client.query('begin')
    try {
      await setForTransaction(client, statement.settings)
      const { rows } = await client.query(explain(statement.sql, options, format))
      return rows.map(([line]) => line).join('\n')
    } finally {
      await client.query('rollback')
    }
  }

  const statements = shopStatements.filter(({ minimumMajor }) => (minimumMajor ?? 0) <= major)
  it.each([
    ['estimates', '', statements],
    ['estimates with VERBOSE', 'verbose', statements],
    ['a tree without costs', 'costs off', statements],
    ['a run without timing', 'analyze, timing off, summary off, buffers off', statements.filter(isSteady)],
    [
      'a run with VERBOSE',
      'analyze, verbose, timing off, summary off, buffers off',
      statements.filter(isSteady),
    ],
  ])('made from JSON is the server’s own, line by line: %s', async (_, options, chosen) => {
    expect(chosen.length).toBeGreaterThan(60)
    for (const statement of chosen) {
      const reading = parsePlanJson(await fetchPlan(statement, options, 'json'))
      if (!reading.ok) throw new Error(`${statement.name}: ${reading.error.message}`)
      const own = await fetchPlan(statement, options, 'text')
      expect(`${statement.name}\n${withoutRoundedCounts(formatPlanText(reading.plan))}`).toBe(
        `${statement.name}\n${withoutRoundedCounts(own)}`,
      )
    }
  })
})
