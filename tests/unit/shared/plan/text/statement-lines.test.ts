import { describe, expect, it } from 'vitest'
import type { RawRecord } from '#shared/plan/index.ts'
import { plan, read } from './reading.ts'

/** What stands beside the tree. */
function beside(text: string): RawRecord {
  const { Plan: tree, ...rest } = read(`Result  (actual time=0.1..0.2 rows=1 loops=1)\n${text}`)
  expect(tree['Extra Lines']).toBeUndefined()
  return rest
}

describe('the lines behind the tree', () => {
  it('tell planning, its blocks and memory', () => {
    expect(
      beside(
        'Planning:\n  Buffers: shared hit=5 read=1\n  I/O Timings: shared read=0.500\n  Memory: used=24kB  allocated=32kB\nPlanning Time: 1.250 ms',
      ),
    ).toEqual({
      Planning: {
        'Shared Hit Blocks': 5,
        'Shared Read Blocks': 1,
        'Shared Dirtied Blocks': 0,
        'Shared Written Blocks': 0,
        'Local Hit Blocks': 0,
        'Local Read Blocks': 0,
        'Local Dirtied Blocks': 0,
        'Local Written Blocks': 0,
        'Temp Read Blocks': 0,
        'Temp Written Blocks': 0,
        'Shared I/O Read Time': 0.5,
        'Shared I/O Write Time': 0,
        'Local I/O Read Time': 0,
        'Local I/O Write Time': 0,
        'Temp I/O Read Time': 0,
        'Temp I/O Write Time': 0,
        'Memory Used': 24,
        'Memory Allocated': 32,
      },
      'Planning Time': 1.25,
    })
  })

  it('tell times in the words of every server', () => {
    expect(beside('Planning time: 0.100 ms\nExecution time: 2.000 ms')).toEqual({
      'Planning Time': 0.1,
      'Execution Time': 2,
    })
    expect(beside('Total runtime: 3.500 ms')).toEqual({ 'Total Runtime': 3.5 })
  })

  it('tell what compiling took, with the part for taking rows apart since 17', () => {
    expect(
      beside(
        'JIT:\n  Functions: 4\n  Options: Inlining false, Optimization true, Expressions true, Deforming true\n  Timing: Generation 1.500 ms (Deform 0.500 ms), Inlining 0.000 ms, Optimization 2.000 ms, Emission 3.000 ms, Total 6.500 ms\nExecution Time: 9.000 ms',
      ),
    ).toEqual({
      JIT: {
        Functions: 4,
        Options: { Inlining: false, Optimization: true, Expressions: true, Deforming: true },
        Timing: {
          Generation: { Deform: 0.5, Total: 1.5 },
          Inlining: 0,
          Optimization: 2,
          Emission: 3,
          Total: 6.5,
        },
      },
      'Execution Time': 9,
    })
  })

  it('tell compiling as 11 did', () => {
    expect(
      beside(
        'JIT:\n  Functions: 4\n  Generation Time: 1.500 ms\n  Inlining: false\n  Emission Time: 3.000 ms',
      ),
    ).toEqual({
      JIT: { Functions: 4, 'Generation Time': 1.5, Inlining: false, 'Emission Time': 3 },
    })
  })

  it('tell triggers, by name, by constraint, or both', () => {
    expect(
      beside(
        'Trigger note_change: time=0.500 calls=2\nTrigger for constraint items_fkey on orders: time=3.250 calls=10\nTrigger RI_1 for constraint other_fkey on a b: calls=1',
      ),
    ).toEqual({
      Triggers: [
        { 'Trigger Name': 'note_change', Time: 0.5, Calls: 2 },
        { 'Constraint Name': 'items_fkey', Relation: 'orders', Time: 3.25, Calls: 10 },
        { 'Trigger Name': 'RI_1', 'Constraint Name': 'other_fkey', Relation: 'a b', Calls: 1 },
      ],
    })
  })

  it('tell whose trigger it is where text leaves it out, since there is one table only', () => {
    const raw = plan`
      Delete on s.orders  (actual time=0.1..0.2 rows=0 loops=1)
        ->  Seq Scan on s.orders  (actual time=0.1..0.2 rows=1 loops=1)
      Trigger for constraint items_fkey: time=3.250 calls=10
    `
    expect(raw['Triggers']).toEqual([
      { 'Constraint Name': 'items_fkey', Relation: 'orders', Time: 3.25, Calls: 10 },
    ])
  })

  it('tell settings whose values hold anything', () => {
    expect(
      beside("Settings: work_mem = '64MB', search_path = 'a, \"b = 'c'\"', app.x = NULL, jit = 'off'"),
    ).toEqual({
      Settings: { work_mem: '64MB', search_path: 'a, "b = \'c\'"', 'app.x': null, jit: 'off' },
    })
  })

  it('keep a query id that has more digits than a number', () => {
    expect(beside('Query Identifier: -7748358113290817192')).toEqual({
      'Query Identifier': '-7748358113290817192',
    })
    expect(beside('Query Identifier: 42')).toEqual({ 'Query Identifier': 42 })
  })

  it('tell what sending the rows took', () => {
    expect(
      beside('Serialization: time=0.500 ms  output=12kB  format=text\n  Buffers: shared hit=3'),
    ).toMatchObject({
      Serialization: { Time: 0.5, 'Output Volume': 12, Format: 'text', 'Shared Hit Blocks': 3 },
    })
    expect(beside('Serialization: output=12kB  format=binary')).toEqual({
      Serialization: { 'Output Volume': 12, Format: 'binary' },
    })
  })

  it('are told apart by their words where all indent is lost', () => {
    expect(
      beside(
        'Planning:\nBuffers: shared hit=5\nPlanning Time: 0.100 ms\nJIT:\nFunctions: 2\nOptions: Inlining true\nExecution Time: 1.000 ms',
      ),
    ).toMatchObject({
      Planning: { 'Shared Hit Blocks': 5 },
      'Planning Time': 0.1,
      JIT: { Functions: 2, Options: { Inlining: true } },
      'Execution Time': 1,
    })
  })

  it('are kept where only an extension knows them', () => {
    expect(
      beside('Optimizer: Other\nRTI 1 (relation, inh):\n  Eref: orders (a)\n  Relation: orders'),
    ).toEqual({
      Optimizer: 'Other',
      'RTI 1 (relation, inh)': { Eref: 'orders (a)', Relation: 'orders' },
    })
  })
})

describe('the lines above the tree', () => {
  it('are the statement and its parameters, as auto_explain writes them', () => {
    const raw = read(
      "Query Text: SELECT *\n  FROM orders\n\n WHERE note = 'Seq Scan on x';\nQuery Parameters: $1 = '5'\nSeq Scan on orders  (cost=0.00..1.00 rows=1 width=4)\n  Filter: (a = 5)",
    )
    expect(Object.keys(raw)).toEqual(['Query Text', 'Query Parameters', 'Plan'])
    expect(raw['Query Text']).toBe("SELECT *\n  FROM orders\n\n WHERE note = 'Seq Scan on x';")
    expect(raw['Query Parameters']).toBe("$1 = '5'")
    expect(raw.Plan).toMatchObject({ 'Relation Name': 'orders', Filter: '(a = 5)' })
  })
})
