import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { derivePlan, type Plan, type PlanNode, parsePlanJson, titleOf } from '#shared/plan/index.ts'

const load = (name: string): Plan => {
  const reading = parsePlanJson(
    readFileSync(new URL(`../../../fixtures/plans/${name}.run.json`, import.meta.url), 'utf8'),
  )
  if (!reading.ok) throw new Error(reading.error.message)
  return derivePlan(reading.plan)
}
const find = (plan: Plan, nodeType: string): PlanNode => {
  const node = plan.nodes.find((candidate) => candidate.nodeType === nodeType)
  if (node === undefined) throw new Error(`no ${nodeType}`)
  return node
}

describe('what a node says of itself', () => {
  it('a sort: method and space', () => {
    expect(find(load('pg18/a-spilling-sort'), 'Sort').sort).toMatchObject({
      method: 'external merge',
      spaceType: 'Disk',
    })
    expect(find(load('pg18/a-spilling-sort'), 'Sort').sort?.spaceBytes).toBeGreaterThan(100 * 1_024)
  })

  it('an incremental sort: groups of both kinds', () => {
    const groups = find(load('pg18/an-incremental-sort-by-big-groups'), 'Incremental Sort').sortGroups
    expect(groups.map(({ kind }) => kind)).toEqual(['fullSort', 'preSorted'])
    expect(groups[0]?.groupCount).toBeGreaterThan(0)
  })

  it('a hash table: buckets and batches', () => {
    expect(find(load('pg14/a-hash-join'), 'Hash').hash).toMatchObject({
      buckets: 1_024,
      batches: 1,
      originalBatches: 1,
    })
  })

  it('a hashing aggregate: partitions, batches and disk', () => {
    const { hash } = find(load('pg18/a-spilling-hash'), 'Aggregate')
    expect(hash?.batches).toBeGreaterThan(1)
    expect(hash?.diskBytes).toBeGreaterThan(0)
  })

  it('Memoize: its hits and misses', () => {
    expect(find(load('pg18/memoize'), 'Memoize').memoize).toMatchObject({
      hits: 19_950,
      misses: 50,
      evictions: 0,
    })
  })

  it('a bitmap: exact and lossy blocks', () => {
    const { bitmap } = find(load('pg18/a-lossy-bitmap'), 'Bitmap Heap Scan')
    expect(bitmap?.exactBlocks).toBeGreaterThan(0)
    expect(bitmap?.lossyBlocks).toBeGreaterThan(0)
  })

  it('index searches of 18, and none before', () => {
    expect(find(load('pg18/memoize'), 'Index Scan').indexSearches).toBe(50)
    expect(find(load('pg14/memoize'), 'Index Scan').indexSearches).toBeUndefined()
  })

  it('its workers’ figures', () => {
    const plan = load('pg18/a-parallel-bitmap')
    const gather = find(plan, 'Gather')
    expect(gather.workersPlanned).toBe(2)
    for (const node of plan.nodes) {
      for (const worker of node.workers) expect(worker.workerNumber).toBeLessThan(gather.workersLaunched ?? 0)
    }
  })

  it('its conditions, in the server’s words', () => {
    const node = find(load('pg18/quoted-names'), 'Sort')
    expect(node.conditions).toEqual([{ label: 'Sort Key', texts: ['n."Mixed Case"'] }])
    expect(node.output).toEqual(['"Mixed Case"'])
  })

  it('members that were pruned', () => {
    expect(find(load('pg18/partitions-pruned-at-start'), 'Append').subplansRemoved).toBeDefined()
  })

  it('I/O times by their old and their new names', () => {
    expect(find(load('pg14/a-spilling-sort'), 'Sort').ioTimes).toBeDefined()
    expect(find(load('pg18/a-spilling-sort'), 'Sort').ioTimes?.tempWriteMs).toBeGreaterThan(0)
  })

  it('its title, as the text form has it', () => {
    const titles = load('pg18/a-parallel-hash-join-without-partitions').nodes.map(
      (node) => titleOf(node).text,
    )
    expect(titles).toEqual([
      'Finalize Aggregate',
      'Gather',
      'Partial Aggregate',
      'Parallel Hash Join',
      'Parallel Seq Scan on public.orders b',
      'Parallel Hash',
      'Parallel Seq Scan on public.orders a',
    ])
  })
})

describe('what the statement says beside its tree', () => {
  it('settings, query id, planning and serialization', () => {
    const plan = load('pg18/a-parallel-bitmap')
    expect(plan.settings).toContainEqual({ name: 'enable_seqscan', value: 'off' })
    expect(plan.queryId).toMatch(/^-?\d+$/)
    expect(plan.planningBuffers).toBeDefined()
    expect(plan.planningMemoryUsedBytes).toBeGreaterThan(0)
    expect(plan.serialization).toMatchObject({ format: 'text', outputBytes: expect.any(Number) as number })
    expect(plan.parts.map(({ kind }) => kind)).toEqual(['planning', 'tree', 'serialization', 'unaccounted'])
  })

  it('foreign keys, whose time is behind the tree', () => {
    const plan = load('pg18/a-delete-with-foreign-keys')
    expect(plan.triggers).toEqual([
      expect.objectContaining({
        constraint: 'children_parent_id_fkey',
        calls: 49,
        placement: 'outside',
        exactness: 'exact',
      }),
    ])
    const triggers = plan.parts.find(({ kind }) => kind === 'triggers')
    expect(triggers?.ms).toBeGreaterThan(0)
  })

  it('triggers before and after, told apart by the time there is behind the tree', () => {
    const placements = load('pg18/an-insert-with-triggers').triggers.map(({ name, placement }) => [
      name,
      placement,
    ])
    expect(Object.fromEntries(placements)).toEqual({ log_after: 'outside', log_before: 'inside' })
  })
})
