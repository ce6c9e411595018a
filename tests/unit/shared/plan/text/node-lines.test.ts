import { describe, expect, it } from 'vitest'
import type { RawRecord } from '#shared/plan/index.ts'
import { isNodeLine } from '../../../../../src/shared/plan/read/text/parse-text.ts'
import { besides, read } from './reading.ts'

/** The keys that a lone node's line gives, less those that every node has. */
const keysOf = (line: string): RawRecord => besides(read(line).Plan)
const typeOf = (line: string): unknown => read(line).Plan['Node Type']

describe('the line of a node', () => {
  it('gives costs and figures as JSON has them', () => {
    expect(
      read(
        'Seq Scan on orders  (cost=0.00..25.88 rows=1588 width=12) (actual time=0.012..0.340 rows=1600 loops=3)',
      ).Plan,
    ).toEqual({
      'Node Type': 'Seq Scan',
      'Parallel Aware': false,
      'Relation Name': 'orders',
      Alias: 'orders',
      'Startup Cost': 0,
      'Total Cost': 25.88,
      'Plan Rows': 1588,
      'Plan Width': 12,
      'Actual Startup Time': 0.012,
      'Actual Total Time': 0.34,
      'Actual Rows': 1600,
      'Actual Loops': 3,
    })
  })

  it('goes without costs, without times, without anything', () => {
    expect(keysOf('Seq Scan on orders (actual rows=7 loops=2)')).toEqual({
      'Relation Name': 'orders',
      Alias: 'orders',
      'Actual Rows': 7,
      'Actual Loops': 2,
    })
    expect(keysOf('Result')).toEqual({})
    expect(keysOf('Limit  (cost=0.00..1.00 rows=1 width=4)')).toMatchObject({ 'Plan Width': 4 })
  })

  it('tells a node that never ran, with times only where the plan has some', () => {
    const timed = read(
      'Append  (actual time=0.1..0.2 rows=1 loops=1)\n  ->  Seq Scan on a (actual time=0.1..0.2 rows=1 loops=1)\n  ->  Seq Scan on b (never executed)',
    )
    expect((timed.Plan['Plans'] as RawRecord[])[1]).toMatchObject({
      'Actual Startup Time': 0,
      'Actual Total Time': 0,
      'Actual Rows': 0,
      'Actual Loops': 0,
    })
    expect(keysOf('Seq Scan on b (never executed)')).toEqual({
      'Relation Name': 'b',
      Alias: 'b',
      'Actual Rows': 0,
      'Actual Loops': 0,
    })
  })

  it('knows means with decimals for a server that says of every node whether it is disabled', () => {
    expect(keysOf('Result (actual rows=1.50 loops=2)')).toEqual({
      'Actual Rows': 1.5,
      'Actual Loops': 2,
      Disabled: false,
    })
  })

  it.each([
    ['Hash Left Join', 'Hash Join', { 'Join Type': 'Left' }],
    ['Hash Join', 'Hash Join', { 'Join Type': 'Inner' }],
    ['Hash Right Semi Join', 'Hash Join', { 'Join Type': 'Right Semi' }],
    ['Merge Full Join', 'Merge Join', { 'Join Type': 'Full' }],
    ['Nested Loop', 'Nested Loop', { 'Join Type': 'Inner' }],
    ['Nested Loop Anti Join', 'Nested Loop', { 'Join Type': 'Anti' }],
    ['Merge Right Anti Join', 'Merge Join', { 'Join Type': 'Right Anti' }],
    ['Aggregate', 'Aggregate', { Strategy: 'Plain', 'Partial Mode': 'Simple' }],
    ['Finalize GroupAggregate', 'Aggregate', { Strategy: 'Sorted', 'Partial Mode': 'Finalize' }],
    ['Partial HashAggregate', 'Aggregate', { Strategy: 'Hashed', 'Partial Mode': 'Partial' }],
    ['MixedAggregate', 'Aggregate', { Strategy: 'Mixed', 'Partial Mode': 'Simple' }],
    ['SetOp Except All', 'SetOp', { Strategy: 'Sorted', Command: 'Except All' }],
    ['HashSetOp Intersect', 'SetOp', { Strategy: 'Hashed', Command: 'Intersect' }],
    ['Foreign Scan', 'Foreign Scan', { Operation: 'Select' }],
    ['Custom Scan (Some (odd) Thing)', 'Custom Scan', { 'Custom Plan Provider': 'Some (odd) Thing' }],
    ['Gather', 'Gather', { 'Single Copy': false }],
  ])('takes %s apart', (text, type, keys) => {
    expect(typeOf(`${text}  (cost=0.00..1.00 rows=1 width=4)`)).toBe(type)
    expect(keysOf(text)).toEqual(keys)
  })

  it('keeps the name of a node that only other servers know', () => {
    const { Plan } = read('Gather Motion 3:1  (slice1; segments: 3)  (cost=0.00..1.00 rows=1 width=4)')
    expect(Plan).toMatchObject({ 'Node Type': 'Gather Motion 3:1  (slice1; segments: 3)', 'Plan Rows': 1 })
  })

  it('tells what runs in parallel and what runs asynchronously', () => {
    expect(read('Parallel Seq Scan on a').Plan).toMatchObject({
      'Node Type': 'Seq Scan',
      'Parallel Aware': true,
    })
    expect(read('Async Foreign Scan on a').Plan).toMatchObject({
      'Node Type': 'Foreign Scan',
      'Async Capable': true,
    })
  })

  it.each([
    ['Seq Scan on t', { 'Relation Name': 't', Alias: 't' }],
    ['Seq Scan on s.t a', { 'Relation Name': 't', Schema: 's', Alias: 'a' }],
    [
      'Seq Scan on "My Schema"."t on (x)" "a ""b"""',
      { 'Relation Name': 't on (x)', Schema: 'My Schema', Alias: 'a "b"' },
    ],
    ['Sample Scan on t', { 'Relation Name': 't', Alias: 't' }],
    [
      'Index Scan Backward using "an index" on s.t',
      {
        'Scan Direction': 'Backward',
        'Index Name': 'an index',
        'Relation Name': 't',
        Schema: 's',
        Alias: 't',
      },
    ],
    [
      'Index Only Scan using i on t a',
      { 'Scan Direction': 'Forward', 'Index Name': 'i', 'Relation Name': 't', Alias: 'a' },
    ],
    [
      'Index Scan using <13>btree_t_a on t',
      { 'Scan Direction': 'Forward', 'Index Name': '<13>btree_t_a', 'Relation Name': 't', Alias: 't' },
    ],
    ['Bitmap Index Scan on "I.1"', { 'Index Name': 'I.1' }],
    [
      'Function Scan on pg_catalog.generate_series g',
      { 'Function Name': 'generate_series', Schema: 'pg_catalog', Alias: 'g' },
    ],
    ['Table Function Scan on "xmltable" x', { 'Table Function Name': 'xmltable', Alias: 'x' }],
    ['CTE Scan on recent r', { 'CTE Name': 'recent', Alias: 'r' }],
    ['WorkTable Scan on tree', { 'CTE Name': 'tree', Alias: 'tree' }],
    ['Named Tuplestore Scan on news', { 'Tuplestore Name': 'news', Alias: 'news' }],
    ['Values Scan on "*VALUES*"', { Alias: '*VALUES*' }],
    ['Subquery Scan on "ANY_subquery"', { Alias: 'ANY_subquery' }],
    ['Tid Range Scan on t', { 'Relation Name': 't', Alias: 't' }],
    ['Merge on public.t x', { Operation: 'Merge', 'Relation Name': 't', Schema: 'public', Alias: 'x' }],
    ['Foreign Update on t', { Operation: 'Update', 'Relation Name': 't', Alias: 't' }],
    [
      'Custom Scan (ChunkAppend) on metrics m',
      { 'Custom Plan Provider': 'ChunkAppend', 'Relation Name': 'metrics', Alias: 'm' },
    ],
  ])('names what %s reads', (text, keys) => {
    expect(keysOf(text)).toEqual(keys)
    expect(keysOf(`${text}  (cost=0.00..1.00 rows=1 width=4)`)).toMatchObject(keys)
  })

  it('does not take an alias for a function where VERBOSE would have named it with its schema', () => {
    expect(keysOf('Function Scan on f')).toEqual({ 'Function Name': 'f', Alias: 'f' })
    expect(keysOf('Function Scan on f\n  Output: f.a')).toEqual({ Alias: 'f', Output: ['f.a'] })
  })

  it('keeps names that look like figures whole', () => {
    expect(
      keysOf('Seq Scan on "(cost=1.00..2.00 rows=3 width=4)"  (cost=0.00..1.00 rows=5 width=6)'),
    ).toMatchObject({ 'Relation Name': '(cost=1.00..2.00 rows=3 width=4)', 'Plan Rows': 5 })
  })
})

describe('a line that could start a plan', () => {
  it.each([
    'Seq Scan on t',
    ' Aggregate',
    '  ->  Hash Join  (cost=0.00..1.00 rows=1 width=4)',
    'Brand New Node  (cost=0.00..1.00 rows=1 width=4)',
    'Update on t  (actual rows=0 loops=1)',
    'Seq Scan on "odd: name"  (cost=0.00..1.00 rows=1 width=4)',
  ])('is seen in %j', (line) => {
    expect(isNodeLine(line)).toBe(true)
  })

  it.each([
    '',
    'QUERY PLAN',
    'SELECT * FROM t',
    'Filter: (a > 1)',
    'Planning Time: 0.1 ms',
    '(7 rows)',
    'Result of last night',
    'LOG:  duration: 12.5 ms  plan:',
    '"Node Type": "Seq Scan",',
  ])('is not seen in %j', (line) => {
    expect(isNodeLine(line)).toBe(false)
  })
})
