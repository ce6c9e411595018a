import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openServerClient, type ServerClient } from '#main/targets/index.ts'
import { derivePlan, type Plan, type PlanNode, parsePlanJson, type RawPlan } from '#shared/plan/index.ts'
import { findBreaches } from '#tests/support/plan-laws.ts'
import { startTestServer, type TestServer } from '#tests/support/servers.ts'
import {
  explain,
  makeShop,
  type ShopStatement,
  setForTransaction,
  shopStatements,
} from '#tests/support/shop.ts'

const named = (name: string): ShopStatement => {
  const statement = shopStatements.find((candidate) => candidate.name === name)
  if (statement === undefined) throw new Error(`no such statement: ${name}`)
  return statement
}

describe.each([13, 18] as const)('plans of PostgreSQL %i', (major) => {
  let server: TestServer
  let client: ServerClient
  beforeAll(async () => {
    server = await startTestServer({ major, settings: { track_io_timing: 'on' } })
    client = await openServerClient(server)
    await makeShop(client)
  })
  afterAll(async () => {
    await client?.close()
    await server?.stop()
  })

  const everything = `analyze, verbose, buffers, wal, settings${major >= 17 ? ', memory, serialize text' : ''}`
  const run = async (statement: ShopStatement): Promise<RawPlan> => {
    await client.query('begin')
    try {
      await setForTransaction(client, statement.settings)
      const { rows } = await client.query(explain(statement.sql, everything, 'json'))
      const reading = parsePlanJson(rows.map(([line]) => line).join('\n'))
      if (!reading.ok) throw new Error(`${statement.name}: ${reading.error.message}`)
      return reading.plan
    } finally {
      await client.query('rollback')
    }
  }
  const derive = async (name: string): Promise<Plan> => derivePlan(await run(named(name)))
  const find = (plan: Plan, nodeType: string): PlanNode => {
    const node = plan.nodes.find((candidate) => candidate.nodeType === nodeType)
    if (node === undefined) throw new Error(`no ${nodeType} in the plan`)
    return node
  }
  /** The first node that pays for this one. */
  const payer = (plan: Plan, node: PlanNode): PlanNode | undefined =>
    plan.nodes[node.chargedTo[0]?.nodeId ?? -1]

  it('obey the laws of conservation, or flag the node that breaks them', async () => {
    const broken: string[] = []
    let flaggedCount = 0
    const statements = shopStatements.filter(({ minimumMajor }) => (minimumMajor ?? 0) <= major)
    for (const statement of statements) {
      const { breaches, flagged } = findBreaches(await run(statement))
      if (flagged) flaggedCount += 1
      else for (const breach of breaches) broken.push(`${statement.name}: ${breach}`)
    }
    expect(broken).toEqual([])
    expect(flaggedCount).toBeLessThan(statements.length / 8)
  })

  it('of a parallel scan divide by the processes that worked', async () => {
    const plan = await derive('a parallel scan')
    const gather = find(plan, 'Gather')
    const scan = find(plan, 'Seq Scan')
    expect(scan.processes).toBeGreaterThanOrEqual(1)
    expect(scan.processes).toBeLessThanOrEqual((gather.workersLaunched ?? 0) + 1)
    expect(scan.inclusiveMs).toBeLessThanOrEqual((gather.inclusiveMs ?? 0) + 0.1)
    expect(scan.workMs).toBeCloseTo((scan.inclusiveMs ?? 0) * (scan.processes ?? 0), 6)
    expect(scan.totalRows).toBeCloseTo(gather.totalRows ?? 0, -1)
  })

  it('of a Gather run in a loop keep its processes apart from its loops', async () => {
    const plan = await derive('a parallel scan in a loop')
    const gather = find(plan, 'Gather')
    expect(gather.loops).toBe(3)
    const scan = find(plan, 'Seq Scan')
    const parallel = plan.nodes.find((node) => node.parallelAware) ?? scan
    expect(parallel.processes).toBeLessThanOrEqual(3)
    expect(parallel.inclusiveMs).toBeLessThanOrEqual((gather.inclusiveMs ?? 0) + 0.1)
  })

  it('charge a CTE read twice to both of its readers', async () => {
    const plan = await derive('a CTE read twice')
    const cte = plan.nodes.find((node) => node.subplanName === 'CTE paid')
    expect(cte?.chargedTo.map(({ nodeId }) => plan.nodes[nodeId]?.nodeType)).toEqual(['CTE Scan', 'CTE Scan'])
    expect(cte?.chargedTo.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9)
    const readers = plan.nodes.filter((node) => node.nodeType === 'CTE Scan')
    expect(readers.map((node) => node.buffersExclusive?.sharedHitBlocks)).toEqual([0, 0])
  })

  it('keep a recursive CTE’s working table inside it', async () => {
    const plan = await derive('a recursive CTE')
    const union = find(plan, 'Recursive Union')
    expect(payer(plan, union)?.nodeType).toBe('CTE Scan')
    expect(find(plan, 'WorkTable Scan').loops).toBeGreaterThan(90)
  })

  it('charge an InitPlan to the scan that filters by its value', async () => {
    const plan = await derive('an init plan used deep below')
    const initPlan = plan.nodes.find((node) => node.subplanName?.startsWith('InitPlan 1'))
    if (initPlan === undefined) throw new Error('no InitPlan')
    expect(payer(plan, initPlan)).toMatchObject({ relation: 'customers' })
    expect(initPlan.parentId).not.toBe(initPlan.chargedTo[0]?.nodeId)
  })

  it('multiply a SubPlan by its loops', async () => {
    const plan = await derive('a subplan')
    const subPlan = plan.nodes.find((node) => node.parentRelationship === 'SubPlan')
    expect(subPlan?.loops).toBe(29)
    expect(subPlan?.workMs).toBeLessThanOrEqual((plan.nodes[0]?.inclusiveMs ?? 0) + 0.1)
  })

  it('know partitions that were merged, pruned or never run', async () => {
    expect(find(await derive('partitions merged'), 'Append').childIds.length).toBeGreaterThan(1)
    const pruned = await derive('partitions pruned at start')
    const members = pruned.nodes.filter((node) => node.parentRelationship === 'Member')
    expect(members.filter((node) => !node.neverExecuted)).toHaveLength(1)
    for (const node of members.filter((member) => member.neverExecuted)) {
      expect(node).toMatchObject({
        inclusiveMs: undefined,
        exclusiveMs: undefined,
        totalRows: undefined,
        misestimate: undefined,
      })
    }
  })

  it.skipIf(major < 14)('read Memoize’s cache', async () => {
    expect(find(await derive('memoize'), 'Memoize').memoize).toMatchObject({ hits: 19_950, misses: 50 })
  })

  it('show foreign keys and triggers beside the tree', async () => {
    const keys = await derive('a delete with foreign keys')
    expect(keys.triggers).toMatchObject([{ placement: 'outside', calls: 49 }])
    const own = await derive('an insert with triggers')
    expect(own.triggers.map(({ name, placement }) => `${name} ${placement}`).toSorted()).toEqual([
      'log_after outside',
      'log_before inside',
    ])
  })

  it('hold writes without misestimating them', async () => {
    const plan = await derive('an update')
    expect(plan.nodes[0]).toMatchObject({
      nodeType: 'ModifyTable',
      operation: 'Update',
      misestimate: undefined,
    })
    expect(plan.nodes[0]?.wal?.walRecords).toBeGreaterThan(0)
  })

  it('put a writing CTE that nobody reads apart from the tree', async () => {
    const plan = await derive('a writing CTE that nobody reads')
    expect(plan.totals.apartMs).toBeGreaterThan(0)
    expect(plan.nodes.find((node) => node.subplanName === 'CTE gone')?.chargedTo).toEqual([])
  })

  it('tell just-in-time compilation, where the server has it', async () => {
    const { rows } = await client.query('select pg_jit_available()')
    const plan = await derive('just in time compilation')
    expect((plan.jit?.outsideMs ?? 0) > 0).toBe(rows[0]?.[0] === 't')
  })

  it('of the catalogue’s views are read whole, hundreds of nodes', async () => {
    const raw = await run(named('catalogue views'))
    const { breaches, flagged, plan } = findBreaches(raw)
    expect(plan.nodes.length).toBeGreaterThan(200)
    expect(flagged ? [] : breaches).toEqual([])
  })
})
