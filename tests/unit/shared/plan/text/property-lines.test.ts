import { describe, expect, it } from 'vitest'
import { besides, root } from './reading.ts'

describe('the lines under a node', () => {
  it('are texts and lists as in JSON, whatever they look like', () => {
    expect(
      besides(root`
        Result
          Output: 1, (a + 2), f(b, c), 'x, y'::text, "odd, name", ARRAY[1, 2]
          One-Time Filter: false
          Filter: true
      `),
    ).toEqual({
      Output: ['1', '(a + 2)', 'f(b, c)', "'x, y'::text", '"odd, name"', 'ARRAY[1, 2]'],
      'One-Time Filter': 'false',
      Filter: 'true',
    })
  })

  it('tell sorts in memory and on disk, of each worker', () => {
    expect(
      besides(root`
        Sort (actual rows=5 loops=3)
          Sort Key: a DESC, (lower(b)) COLLATE "C" NULLS FIRST
          Sort Method: top-N heapsort  Memory: 25kB
          Worker 0:  Sort Method: external merge  Disk: 2064kB
          Worker 1:  Sort Method: quicksort  Memory: 30kB
          ->  Result
      `),
    ).toMatchObject({
      'Sort Key': ['a DESC', '(lower(b)) COLLATE "C" NULLS FIRST'],
      'Sort Method': 'top-N heapsort',
      'Sort Space Used': 25,
      'Sort Space Type': 'Memory',
      Workers: [
        {
          'Worker Number': 0,
          'Sort Method': 'external merge',
          'Sort Space Used': 2064,
          'Sort Space Type': 'Disk',
        },
        {
          'Worker Number': 1,
          'Sort Method': 'quicksort',
          'Sort Space Used': 30,
          'Sort Space Type': 'Memory',
        },
      ],
    })
  })

  it('tell groups of incremental sorts', () => {
    expect(
      besides(root`
        Incremental Sort
          Sort Key: a, b
          Presorted Key: a
          Full-sort Groups: 12  Sort Methods: quicksort, top-N heapsort  Average Memory: 27kB  Peak Memory: 28kB
          Pre-sorted Groups: 3  Sort Method: external merge  Average Disk: 200kB  Peak Disk: 300kB
          ->  Result
      `),
    ).toMatchObject({
      'Presorted Key': ['a'],
      'Full-sort Groups': {
        'Group Count': 12,
        'Sort Methods Used': ['quicksort', 'top-N heapsort'],
        'Sort Space Memory': { 'Average Sort Space Used': 27, 'Peak Sort Space Used': 28 },
      },
      'Pre-sorted Groups': {
        'Group Count': 3,
        'Sort Methods Used': ['external merge'],
        'Sort Space Disk': { 'Average Sort Space Used': 200, 'Peak Sort Space Used': 300 },
      },
    })
  })

  it('tell hash tables, of joins and of aggregates', () => {
    expect(
      besides(root`
      Hash
        Buckets: 4096 (originally 1024)  Batches: 8 (originally 1)  Memory Usage: 4000kB
        ->  Result
    `),
    ).toEqual({
      'Hash Buckets': 4096,
      'Original Hash Buckets': 1024,
      'Hash Batches': 8,
      'Original Hash Batches': 1,
      'Peak Memory Usage': 4000,
    })
    expect(
      besides(root`
      HashAggregate
        Group Key: a
        Planned Partitions: 4  Batches: 5  Memory Usage: 4145kB  Disk Usage: 9000kB
        ->  Result
    `),
    ).toMatchObject({
      'Planned Partitions': 4,
      'HashAgg Batches': 5,
      'Peak Memory Usage': 4145,
      'Disk Usage': 9000,
    })
    expect(
      besides(root`
      HashAggregate
        Group Key: a
        Batches: 1  Memory Usage: 24kB
        ->  Result
    `),
    ).toMatchObject({ 'HashAgg Batches': 1, 'Disk Usage': 0 })
  })

  it('tell what a memo kept', () => {
    expect(
      besides(root`
      Memoize
        Cache Key: a.x, a.y
        Cache Mode: logical
        Estimates: capacity=10 distinct keys=10 lookups=100 hit percent=90.00%
        Hits: 98  Misses: 2  Evictions: 1  Overflows: 0  Memory Usage: 1kB
        ->  Result
    `),
    ).toEqual({
      'Cache Key': 'a.x, a.y',
      'Cache Mode': 'logical',
      'Estimated Capacity': 10,
      'Estimated Distinct Lookup Keys': 10,
      'Estimated Lookups': 100,
      'Estimated Hit Percent': 90,
      'Cache Hits': 98,
      'Cache Misses': 2,
      'Cache Evictions': 1,
      'Cache Overflows': 0,
      'Peak Memory Usage': 1,
    })
  })

  it('tell grouping sets apart from a plain key', () => {
    expect(root`
      GroupAggregate
        Group Key: a, f(b, c)
        ->  Result
    `).toMatchObject({ 'Group Key': ['a', 'f(b, c)'] })
    expect(
      root`
      MixedAggregate
        Hash Key: a, b
        Hash Key: b
        Group Key: c, d
        Group Key: c
        Group Key: ()
        Sort Key: e
          Group Key: e
        Filter: (count(*) > 1)
        ->  Result
    `['Grouping Sets'],
    ).toEqual([
      { 'Hash Keys': [['a', 'b']] },
      { 'Hash Keys': [['b']] },
      { 'Group Keys': [['c', 'd'], ['c'], []] },
      { 'Sort Key': ['e'], 'Group Keys': [['e']] },
    ])
  })

  it('tell the blocks of bitmaps and what samples take', () => {
    expect(
      besides(root`
      Bitmap Heap Scan on t (actual rows=1 loops=1)
        Recheck Cond: (a = 1)
        Heap Blocks: exact=12 lossy=3
        ->  Bitmap Index Scan on t_a (actual rows=1 loops=1)
              Index Cond: (a = 1)
    `),
    ).toMatchObject({
      'Rows Removed by Index Recheck': 0,
      'Exact Heap Blocks': 12,
      'Lossy Heap Blocks': 3,
    })
    expect(root`
      Sample Scan on t
        Sampling: bernoulli ('10'::real) REPEATABLE ('1'::double precision)
    `).toMatchObject({
      'Sampling Method': 'bernoulli',
      'Sampling Parameters': ["'10'::real"],
      'Repeatable Seed': "'1'::double precision",
    })
  })

  it('tell counts that text leaves out because they are zero', () => {
    expect(root`
      Nested Loop (actual rows=1 loops=1)
        Join Filter: (a.x > b.x)
        Rows Removed by Join Filter: 5
        ->  Seq Scan on a (actual rows=1 loops=1)
              Filter: (x > 1)
        ->  Index Scan using b_i on b (never executed)
              Index Cond: (x = 1)
              Heap Fetches: 0
    `).toMatchObject({
      'Rows Removed by Join Filter': 5,
      Plans: [
        { Filter: '(x > 1)', 'Rows Removed by Filter': 0 },
        { 'Index Cond': '(x = 1)', 'Rows Removed by Index Recheck': 0, 'Heap Fetches': 0 },
      ],
    })
    // Servers so old did not count.
    expect(
      root`
      Seq Scan on a  (cost=0.00..1.00 rows=1 width=4) (actual time=0.1..0.2 rows=1 loops=1)
        Filter: (x > 1)
      Total runtime: 0.312 ms
    `['Rows Removed by Filter'],
    ).toBeUndefined()
  })

  it('tell blocks of all kinds, zero where another node tells of some', () => {
    const node = root`
      Sort (actual rows=1 loops=1)
        Buffers: shared hit=5 read=3 dirtied=2 written=1, local hit=7 written=8, temp read=9 written=10
        ->  Result (actual rows=1 loops=1)
    `
    expect(besides(node)).toMatchObject({
      'Shared Hit Blocks': 5,
      'Shared Read Blocks': 3,
      'Shared Dirtied Blocks': 2,
      'Shared Written Blocks': 1,
      'Local Hit Blocks': 7,
      'Local Read Blocks': 0,
      'Local Written Blocks': 8,
      'Temp Read Blocks': 9,
      'Temp Written Blocks': 10,
    })
    expect(node['Plans']).toMatchObject([{ 'Shared Hit Blocks': 0, 'Temp Written Blocks': 0 }])
  })

  it.each([
    ['read=1.500', { 'I/O Read Time': 1.5, 'I/O Write Time': 0 }],
    [
      'shared/local read=1.500 write=0.250, temp write=2.000',
      { 'I/O Read Time': 1.5, 'I/O Write Time': 0.25, 'Temp I/O Read Time': 0, 'Temp I/O Write Time': 2 },
    ],
    [
      'shared read=1.500, temp read=2.000',
      {
        'Shared I/O Read Time': 1.5,
        'Local I/O Read Time': 0,
        'Temp I/O Read Time': 2,
        'Temp I/O Write Time': 0,
      },
    ],
    ['local write=0.100', { 'Shared I/O Read Time': 0, 'Local I/O Write Time': 0.1 }],
  ])('tell I/O times by the names of the server that wrote “%s”', (text, keys) => {
    const node = root`
      Sort (actual rows=1 loops=1)
        Buffers: shared hit=5
        I/O Timings: ${text}
        ->  Result (actual rows=1 loops=1)
    `
    expect(node).toMatchObject(keys)
    const zeros = Object.fromEntries(Object.keys(keys).map((key) => [key, 0]))
    expect(node['Plans']).toMatchObject([zeros])
    expect('I/O Timings' in node).toBe(false)
  })

  it('tell I/O times by the names of 16 where it betrays itself', () => {
    const node = root`
      Sort (actual rows=1 loops=1)
        Buffers: shared hit=5
        I/O Timings: shared read=1.500, temp read=2.000
        InitPlan 1 (returns $0)
          ->  Result (actual rows=1 loops=1)
        ->  Result (actual rows=1 loops=1)
    `
    expect(node).toMatchObject({ 'I/O Read Time': 1.5, 'Temp I/O Read Time': 2 })
    expect('Shared I/O Read Time' in node).toBe(false)
  })

  it('tell the log that was written', () => {
    expect(root`
      Insert on t (actual rows=0.00 loops=1)
        WAL: records=3 fpi=1 bytes=180 buffers full=2
        ->  Result (actual rows=1.00 loops=1)
    `).toMatchObject({
      'WAL Records': 3,
      'WAL FPI': 1,
      'WAL Bytes': 180,
      'WAL Buffers Full': 2,
      Plans: [{ 'WAL Records': 0, 'WAL FPI': 0, 'WAL Bytes': 0, 'WAL Buffers Full': 0 }],
    })
  })

  it('tell each worker’s own figures, lines further in included', () => {
    expect(root`
      Parallel Seq Scan on t (actual time=0.100..9.000 rows=10 loops=3)
        Filter: (a > 1)
        Buffers: shared hit=30
        Worker 0:  actual time=0.200..8.000 rows=11 loops=1
          JIT:
            Functions: 2
            Options: Inlining false, Optimization false, Expressions true, Deforming true
            Timing: Generation 0.500 ms, Inlining 0.000 ms, Optimization 0.100 ms, Emission 0.200 ms, Total 0.800 ms
          Buffers: shared hit=10
        Worker 1: actual time=0.300..7.000 rows=12 loops=1
          Buffers: shared hit=11
    `).toMatchObject({
      'Shared Hit Blocks': 30,
      Workers: [
        {
          'Worker Number': 0,
          'Actual Startup Time': 0.2,
          'Actual Total Time': 8,
          'Actual Rows': 11,
          'Actual Loops': 1,
          JIT: {
            Functions: 2,
            Options: { Inlining: false, Deforming: true },
            Timing: { Emission: 0.2, Total: 0.8 },
          },
          'Shared Hit Blocks': 10,
          'Temp Read Blocks': 0,
        },
        { 'Worker Number': 1, 'Shared Hit Blocks': 11 },
      ],
    })
  })

  it('tell what became of the rows of a write', () => {
    expect(root`
      Merge on t (actual rows=0 loops=1)
        Tuples: inserted=3 skipped=2
        ->  Result (actual rows=5 loops=1)
    `).toMatchObject({ 'Tuples Inserted': 3, 'Tuples Updated': 0, 'Tuples Deleted': 0, 'Tuples Skipped': 2 })
    expect(root`
      Insert on t (actual rows=0 loops=1)
        Conflict Resolution: UPDATE
        Conflict Arbiter Indexes: t_pkey, t_other
        Conflict Filter: (t.a > 1)
        Tuples Inserted: 3
        Conflicting Tuples: 2
        ->  Result (actual rows=5 loops=1)
    `).toMatchObject({
      'Conflict Arbiter Indexes': ['t_pkey', 't_other'],
      'Rows Removed by Conflict Filter': 0,
      'Tuples Inserted': 3,
      'Conflicting Tuples': 2,
    })
  })

  it('tell storage, windows, flags and counts', () => {
    expect(
      besides(root`
      WindowAgg
        Disabled: true
        Window: w1 AS (PARTITION BY a ROWS UNBOUNDED PRECEDING)
        Run Condition: (row_number() OVER w1 <= 3)
        Storage: Memory  Maximum Storage: 17kB
        Index Searches: 4
        Workers Planned: 2
        Single Copy: true
        Inner Unique: true
        Params Evaluated: $0, $1
        ->  Result
    `),
    ).toEqual({
      Disabled: true,
      Window: 'w1 AS (PARTITION BY a ROWS UNBOUNDED PRECEDING)',
      'Run Condition': '(row_number() OVER w1 <= 3)',
      Storage: 'Memory',
      'Maximum Storage': 17,
      'Index Searches': 4,
      'Workers Planned': 2,
      'Single Copy': true,
      'Inner Unique': true,
      'Params Evaluated': ['$0', '$1'],
    })
  })

  it('are kept under their own label where only an extension knows them', () => {
    expect(
      besides(
        root`
      Custom Scan (ColumnarScan) on t
        Columnar Projected Columns: a, b
        Columnar Chunk Groups Removed by Filter: 3
        Bulk Decompression: true
        Share: 12.50
        Twice: one
        Twice: two
        no label at all
    `,
        'Custom Plan Provider',
        'Relation Name',
        'Alias',
      ),
    ).toEqual({
      'Columnar Projected Columns': 'a, b',
      'Columnar Chunk Groups Removed by Filter': 3,
      'Bulk Decompression': true,
      Share: 12.5,
      Twice: ['one', 'two'],
      'Extra Lines': ['no label at all'],
    })
  })

  it('are kept as they stand where the server’s label has another shape', () => {
    expect(
      besides(root`
      Sort
        Sort Method: magic
        Buffers: lots
        Heap Fetches: many
        ->  Result
    `),
    ).toEqual({ 'Sort Method': 'magic', Buffers: 'lots', 'Heap Fetches': 'many' })
  })
})
