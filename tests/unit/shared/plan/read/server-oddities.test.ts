import { describe, expect, it } from 'vitest'
import { derivePlan } from '#shared/plan/index.ts'
import { onlyPlan } from '#tests/support/only-plan.ts'

const space = (kilobytes: number): string =>
  `<Sort-Space><Average-Sort-Space-Used>${kilobytes}</Average-Sort-Space-Used><Peak-Sort-Space-Used>${kilobytes + 1}</Peak-Sort-Space-Used></Sort-Space>`
const sortGroup = (count: number, methods: readonly string[], ...spaces: readonly number[]): string =>
  `<Incremental-Sort-Groups>
     <Group-Count>${count}</Group-Count>
     <Sort-Methods-Used>${methods.map((name) => `<Item>${name}</Item>`).join('')}</Sort-Methods-Used>
     ${spaces.map(space).join('')}
   </Incremental-Sort-Groups>`
const incrementalSort = (...groups: readonly string[]): string =>
  `<explain xmlns="http://www.postgresql.org/2009/explain"><Query><Plan>
     <Node-Type>Incremental Sort</Node-Type>
     ${groups.join('')}
   </Plan></Query></explain>`

describe('the groups of an incremental sort, which XML names alike', () => {
  it('are told apart by their order, like the space they took', () => {
    const { raw } = onlyPlan(
      incrementalSort(
        sortGroup(5, ['quicksort'], 28),
        sortGroup(3, ['quicksort', 'external merge'], 30, 900),
      ),
    )
    expect(raw.Plan).toMatchObject({
      'Full-sort Groups': {
        'Group Count': 5,
        'Sort Methods Used': ['quicksort'],
        'Sort Space Memory': { 'Average Sort Space Used': 28, 'Peak Sort Space Used': 29 },
      },
      'Pre-sorted Groups': { 'Sort Space Memory': {}, 'Sort Space Disk': { 'Peak Sort Space Used': 901 } },
    })
    expect(derivePlan(raw).nodes[0]?.sortGroups).toMatchObject([
      { kind: 'fullSort', groupCount: 5, peakMemoryBytes: 29 * 1_024 },
      { kind: 'preSorted', groupCount: 3, peakDiskBytes: 901 * 1_024 },
    ])
  })

  it('took disk where their methods do', () => {
    const { raw } = onlyPlan(incrementalSort(sortGroup(1, ['external sort'], 700)))
    expect(derivePlan(raw).nodes[0]?.sortGroups).toMatchObject([
      { kind: 'fullSort', peakMemoryBytes: undefined, peakDiskBytes: 701 * 1_024 },
    ])
  })
})

it('counts of MERGE that the server writes into the list of its tables belong to the node', () => {
  const { raw } = onlyPlan(`- Plan:
    Node Type: "ModifyTable"
    Operation: "Merge"
    Target Tables:
      - Relation Name: "items_a"
        Alias: "i_1"
      - Relation Name: "items_b"
        Alias: "i_2"
      Tuples Inserted: 1
      Tuples Updated: 10
      Tuples Deleted: 0
      Tuples Skipped: 2
    Shared Hit Blocks: 121
    Plans:
      - Node Type: "Result"
        Parent Relationship: "Outer"
  Execution Time: 1.5`)
  expect(raw).toEqual({
    Plan: {
      'Node Type': 'ModifyTable',
      Operation: 'Merge',
      'Target Tables': [
        { 'Relation Name': 'items_a', Alias: 'i_1' },
        { 'Relation Name': 'items_b', Alias: 'i_2' },
      ],
      'Tuples Inserted': 1,
      'Tuples Updated': 10,
      'Tuples Deleted': 0,
      'Tuples Skipped': 2,
      'Shared Hit Blocks': 121,
      Plans: [{ 'Node Type': 'Result', 'Parent Relationship': 'Outer' }],
    },
    'Execution Time': 1.5,
  })
})

it('counts of MERGE are the node’s in XML, too', () => {
  const { raw } = onlyPlan(`<explain xmlns="http://www.postgresql.org/2009/explain"><Query><Plan>
    <Node-Type>ModifyTable</Node-Type>
    <Operation>Merge</Operation>
    <Target-Tables>
      <Target-Table><Relation-Name>items_a</Relation-Name><Alias>i_1</Alias></Target-Table>
      <Target-Table><Relation-Name>items_b</Relation-Name><Alias>i_2</Alias></Target-Table>
      <Tuples-Inserted>1</Tuples-Inserted>
      <Tuples-Skipped>20</Tuples-Skipped>
    </Target-Tables>
    <Shared-Hit-Blocks>121</Shared-Hit-Blocks>
  </Plan></Query></explain>`)
  expect(raw.Plan).toEqual({
    'Node Type': 'ModifyTable',
    Operation: 'Merge',
    'Target Tables': [
      { 'Relation Name': 'items_a', Alias: 'i_1' },
      { 'Relation Name': 'items_b', Alias: 'i_2' },
    ],
    'Tuples Inserted': 1,
    'Tuples Skipped': 20,
    'Shared Hit Blocks': 121,
  })
})

it('the storage of a CTE is a word in XML, and its size a number', () => {
  const { raw } = onlyPlan(`<explain xmlns="http://www.postgresql.org/2009/explain"><Query><Plan>
    <Node-Type>CTE Scan</Node-Type>
    <Storage>Memory</Storage>
    <Maximum-Storage>17</Maximum-Storage>
  </Plan></Query></explain>`)
  expect(raw.Plan).toEqual({ 'Node Type': 'CTE Scan', Storage: 'Memory', 'Maximum Storage': 17 })
})

it.each([
  ['Seq Scan on "odd (cost=1..2)"', { 'Relation Name': 'odd (cost=1..2)' }],
  ['Seq Scan on "Odd"."a (actual" "b (cost="', { 'Relation Name': 'a (actual', Alias: 'b (cost=' }],
  [
    'Index Scan using "by (never executed)" on t',
    { 'Relation Name': 't', 'Index Name': 'by (never executed)' },
  ],
])('a quoted name may look like figures: %s', (node, keys) => {
  for (const line of [node, `${node}  (cost=0.00..1.00 rows=1 width=4)`, `${node} (actual rows=1 loops=1)`])
    expect(onlyPlan(`Limit\n  ->  ${line}\n        Filter: (a = 1)`).raw.Plan).toMatchObject({
      Plans: [keys],
    })
})

it('a literal may hold a line that looks like a node', () => {
  const { raw } = onlyPlan(
    `Seq Scan on t  (cost=0.00..1.00 rows=1 width=4)
  Filter: (note = 'one
  ->  Seq Scan on x  (cost=0.00..1 rows=1 width=1)'::text)
  Rows Removed by Filter: 3`,
  )
  expect(raw.Plan['Plans']).toBeUndefined()
  expect(raw.Plan['Filter']).toBe("(note = 'one\n  ->  Seq Scan on x  (cost=0.00..1 rows=1 width=1)'::text)")
  expect(raw.Plan['Rows Removed by Filter']).toBe(3)
})

it('a literal that was cut off takes no node with it', () => {
  const { raw } = onlyPlan(
    `Nested Loop  (cost=0.00..1.00 rows=1 width=4)
  Join Filter: (note = 'one and
  ->  Seq Scan on x  (cost=0.00..1.00 rows=1 width=1)
  ->  Seq Scan on y  (cost=0.00..1.00 rows=1 width=1)`,
  )
  expect(raw.Plan['Plans']).toMatchObject([{ 'Relation Name': 'x' }, { 'Relation Name': 'y' }])
})

it.each<readonly [string, object, object]>([
  [
    'ON CONFLICT',
    { Operation: 'Insert', 'Tuples Inserted': 1, 'Conflicting Tuples': 0 },
    { atLeastVersion: 14 },
  ],
  ['MERGE', { Operation: 'Merge', 'Tuples Inserted': 1, 'Tuples Skipped': 0 }, { atLeastVersion: 15 }],
])('counts of rows written by %s betray the version of that command', (_, keys, hints) => {
  const node = { 'Node Type': 'ModifyTable', 'Parallel Aware': false, 'Async Capable': false, ...keys }
  expect(onlyPlan(JSON.stringify([{ Plan: node }])).serverHints).toMatchObject(hints)
})

it('workers are told without a colon by pg_store_plans', () => {
  const { raw } = onlyPlan(
    `Gather  (cost=0.00..20.00 rows=9 width=4) (actual time=0.100..5.000 rows=9 loops=1)
  Workers Planned: 1
  Workers Launched: 1
  ->  Parallel Seq Scan on t  (cost=0.00..20.00 rows=5 width=4) (actual time=0.010..4.000 rows=4 loops=2)
        Buffers: shared hit=7
        Worker 0 (actual time=0.020..3.500 rows=5 loops=1)
          Buffers: shared hit=3`,
  )
  expect(derivePlan(raw).nodes[1]?.workers).toMatchObject([
    { workerNumber: 0, actualRows: 5, loops: 1, workMs: 3.5, buffers: { sharedHitBlocks: 3 } },
  ])
})
