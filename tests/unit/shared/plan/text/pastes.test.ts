import { describe, expect, it } from 'vitest'
import { derivePlan, listRawNodes } from '#shared/plan/index.ts'
import { text } from '../plan-notation.ts'
import { besides, child, read, readAt, refusal, root, warningsOf } from './reading.ts'

const clean = text`
  Hash Join  (cost=37.00..75.00 rows=12 width=8) (actual time=0.400..0.900 rows=10 loops=1)
    Hash Cond: (a.x = b.x)
    Buffers: shared hit=9
    InitPlan 1 (returns $0)
      ->  Result  (cost=0.00..0.01 rows=1 width=4) (actual time=0.001..0.002 rows=1 loops=1)
    ->  Seq Scan on a  (cost=0.00..25.00 rows=100 width=4) (actual time=0.010..0.200 rows=100 loops=1)
          Filter: (y > $0)
          Rows Removed by Filter: 7
    ->  Hash  (cost=12.00..12.00 rows=50 width=4) (actual time=0.100..0.100 rows=50 loops=1)
          Buckets: 1024  Batches: 1  Memory Usage: 10kB
          ->  Seq Scan on b  (cost=0.00..12.00 rows=50 width=4) (actual time=0.010..0.050 rows=50 loops=1)
  Planning:
    Buffers: shared hit=3
  Planning Time: 0.200 ms
  Execution Time: 1.000 ms
`
const whole = read(clean)

/** The text with each line changed. */
const each = (change: (line: string, at: number) => string): string =>
  clean.split('\n').map(change).join('\n')
/** Leading columns as tabs of eight, as editors make them. */
const unexpand = (line: string): string =>
  line.replace(/^ +/, (spaces) => '\t'.repeat(Math.floor(spaces.length / 8)) + ' '.repeat(spaces.length % 8))

describe('a plan reads the same', () => {
  it.each([
    ['with Windows line ends', each((line) => `${line}\r`)],
    ['with spaces at its line ends', each((line) => `${line}    `)],
    ['with all of it moved in', each((line) => `      ${line}`)],
    ['with a tab before each line, as logs have it', each((line) => `\t${line}`)],
    ['with tabs for spaces', each((line) => unexpand(line))],
    ['with the spaces of web pages', each((line) => line.replaceAll(' ', '\u00a0'))],
    [
      'with other indents of web pages',
      each((line) => line.replace(/^ +/, (spaces) => '\u2003'.repeat(spaces.length))),
    ],
    ['with the first line’s indent lost', each((line, at) => (at === 0 ? line : `    ${line}`))],
    ['with blank lines between', each((line) => `${line}\n`)],
    ['with a byte order mark', `\ufeff${clean}`],
  ])('%s', (_, paste) => {
    expect(read(paste)).toEqual(whole)
    expect(warningsOf(paste)).toEqual([])
  })

  it('cut by a terminal at any width', () => {
    const wrong: number[] = []
    for (let width = 40; width < 120; width += 1) {
      const paste = clean
        .split('\n')
        .flatMap((line) => line.match(new RegExp(`.{1,${width}}`, 'g')) ?? [line])
        .join('\n')
      if (JSON.stringify(read(paste)) !== JSON.stringify(whole)) wrong.push(width)
    }
    expect(wrong).toEqual([])
  })

  it('cut at spaces, as mail does', () => {
    const wrap = (line: string, width: number): string => {
      const lines: string[] = []
      let rest = line
      while (rest.length > width) {
        const at = rest.lastIndexOf(' ', width)
        if (at <= rest.search(/\S/)) break
        lines.push(rest.slice(0, at))
        rest = rest.slice(at + 1)
      }
      return [...lines, rest].join('\n')
    }
    const paste = clean
      .split('\n')
      .map((line) => wrap(line, 72))
      .join('\n')
    expect(paste.split('\n').length).toBeGreaterThan(clean.split('\n').length)
    expect(read(paste)).toEqual(whole)
  })
})

describe('conditions', () => {
  it('are joined where a line was cut inside them', () => {
    expect(root`
      Nested Loop  (cost=0.00..1.00 rows=1 width=4)
        Join Filter: (t1.a >
      t2.b)
        Rows Removed by Join Filter: 3
        ->  Seq Scan on t1  (cost=0.00..1.00 rows=1 width=4)
        ->  Seq Scan on t2  (cost=0.00..1.00 rows=1 width=4)
              Output: t2.a,
       t2.b
    `).toMatchObject({
      'Join Filter': '(t1.a > t2.b)',
      'Rows Removed by Join Filter': 3,
      Plans: [{}, { Output: ['t2.a', 't2.b'] }],
    })
  })

  it('keep the line breaks of literals', () => {
    const { Plan: node } = read(
      "Seq Scan on t\n  Filter: (note = 'one\n\ntwo: three\n  four'::text)\n  Rows Removed by Filter: 3",
    )
    expect(node).toMatchObject({
      Filter: "(note = 'one\n\ntwo: three\n  four'::text)",
      'Rows Removed by Filter': 3,
    })
  })

  it('keep arrows of JSON apart from those of the tree', () => {
    const node = root`
      Seq Scan on t
        Filter: ((data
      -> 'a'::text) IS NOT NULL)
    `
    expect(node['Filter']).toBe("((data -> 'a'::text) IS NOT NULL)")
    expect(node['Plans']).toBeUndefined()
  })
})

describe('a plan ends', () => {
  it('before the words of a client, the next plan, or anything else', () => {
    for (const tail of [
      '(15 rows)',
      'Time: 3.141 ms',
      '\nSELECT 1;',
      '\nResult  (cost=0.00..0.01 rows=1 width=4)',
      'Result  (cost=0.00..0.01 rows=1 width=4)',
      'LOG:  duration: 1 ms',
      'some words',
    ]) {
      const reading = readAt(`${clean}\n${tail}`)
      expect([tail, reading.ok && reading.raw]).toEqual([tail, whole])
      expect(reading.ok && reading.end).toBe(clean.split('\n').length)
    }
  })

  it('without its summary as well', () => {
    const bare = 'Aggregate\n  ->  Seq Scan on t\n        Filter: (a = 1)'
    const reading = readAt(`${bare}\n(3 rows)\n`)
    expect(reading.ok && [reading.raw, reading.end]).toEqual([read(bare), 3])
    const two = readAt(`${bare}\n\nAggregate\n  ->  Seq Scan on u`)
    expect(two.ok && [reading.ok && reading.raw, two.end]).toEqual([read(bare), 3])
  })

  it('where it was cut, and says so', () => {
    const cut = 'Sort  (cost=1.00..2.00 rows=3 width=4)\n  ->  Seq Scan on t  (cost=0.00..1'
    const reading = readAt(cut)
    expect(reading.ok && reading.warnings).toEqual(['The figures of a node end in the middle (line 2).'])
    expect(reading.ok && listRawNodes(reading.raw).map((node) => node['Node Type'])).toEqual([
      'Sort',
      'Seq Scan',
    ])
    expect(warningsOf('Seq Scan on t\n  Filter: ((a = 1) AND')).toEqual([
      'The text ends in the middle of "Filter" (line 2).',
    ])
  })
})

describe('what is no plan', () => {
  it('is refused with its place', () => {
    expect(refusal('\n\n   nothing of the kind\n')).toMatchObject({
      code: 'notAPlan',
      line: 3,
      column: 4,
      message: 'A plan begins with a node, and this is none (line 3, column 4).',
    })
    expect(refusal('  \n')).toMatchObject({ code: 'empty' })
    expect(refusal('Query Text: SELECT 1')).toMatchObject({ code: 'empty' })
  })
})

describe('plans of extensions', () => {
  it('keep the tasks of other servers in the tree, with their own times', () => {
    const node = root`
      Custom Scan (Citus Adaptive)  (cost=0.00..0.00 rows=9 width=4) (actual time=9.000..20.000 rows=3 loops=1)
        ->  Distributed Subplan 7_1
              Intermediate Data Size: 18 bytes
              ->  Seq Scan on a  (cost=0.00..1.00 rows=1 width=4) (actual time=0.100..2.000 rows=3 loops=1)
                    Filter: (x = 1)
        Task Count: 4
        Tasks Shown: One of 4
        ->  Task
              Node: host=localhost port=9701 dbname=app
              ->  Seq Scan on b_1 b  (cost=0.00..1.00 rows=1 width=4) (actual time=0.100..8.000 rows=3 loops=1)
                    Filter: (x = 2)
                  Planning Time: 0.040 ms
                  Execution Time: 0.030 ms
    `
    expect(besides(node)).toMatchObject({ 'Task Count': 4, 'Tasks Shown': 'One of 4' })
    expect(besides(child(node))).toEqual({
      'Parent Relationship': 'children',
      'Intermediate Data Size': '18 bytes',
    })
    expect(besides(child(node, 1))).toEqual({
      'Parent Relationship': 'children',
      Node: 'host=localhost port=9701 dbname=app',
      'Planning Time': 0.04,
      'Execution Time': 0.03,
    })
    expect(child(child(node, 1))).toMatchObject({ 'Relation Name': 'b_1', Filter: '(x = 2)' })
    // What has no figures passes on what is under it; what ran before the tree is not inside it.
    const plan = derivePlan({ Plan: node })
    expect(plan.nodes[0]?.exclusiveMs).toBe(12)
    expect(plan.totals.apartMs).toBe(2)
  })

  it('take what Citus ran before the tree by the time that it took as a whole', () => {
    const node = root`
      Custom Scan (Citus Adaptive)  (cost=0.00..0.00 rows=9 width=4) (actual time=19.000..20.000 rows=3 loops=1)
        ->  Distributed Subplan 7_1
              Subplan Duration: 50.25 ms
              Intermediate Data Size: 18 bytes
              ->  Custom Scan (Citus Adaptive)  (cost=0.00..0.00 rows=9 width=4) (actual time=9.000..10.000 rows=3 loops=1)
                    ->  Distributed Subplan 8_1
                          Subplan Duration: 30.00 ms
                          ->  Result  (cost=0.00..1.00 rows=1 width=4) (actual time=0.000..0.000 rows=3 loops=1)
                    Task Count: 1
                    ->  Task
                          ->  Seq Scan on b_1 b  (cost=0.00..1.00 rows=1 width=4) (actual time=0.100..8.000 rows=3 loops=1)
        Task Count: 1
        ->  Task
              ->  Seq Scan on c_1 c  (cost=0.00..1.00 rows=1 width=4) (actual time=0.100..15.000 rows=3 loops=1)
    `
    const plan = derivePlan({ Plan: node, 'Execution Time': 71 })
    expect(plan.nodes.map(({ nodeType, exclusiveMs }) => [nodeType, exclusiveMs])).toEqual([
      ['Custom Scan', 5],
      ['Distributed Subplan 7_1', 10.25],
      ['Custom Scan', 2],
      ['Distributed Subplan 8_1', 30],
      ['Result', 0],
      ['Task', undefined],
      ['Seq Scan', 8],
      ['Task', undefined],
      ['Seq Scan', 15],
    ])
    expect(plan.parts.map(({ kind, ms }) => [kind, ms])).toEqual([
      ['tree', 20],
      ['apart', 50.25],
      ['unaccounted', 0.75],
    ])
  })

  it('go on behind what Greenplum says of its slices', () => {
    const raw = read(
      'Gather Motion 3:1  (slice1; segments: 3)  (cost=0.00..431.00 rows=1 width=8)\n' +
        '  ->  Seq Scan on a  (cost=0.00..431.00 rows=34 width=4)\n' +
        'Planning Time: 10.100 ms\n' +
        '  (slice0)    Executor memory: 4242K bytes.\n' +
        'Memory used:  128000kB\n' +
        'Optimizer: GPORCA\n' +
        'Execution Time: 13.100 ms',
    )
    expect(raw).toMatchObject({ 'Execution Time': 13.1, Optimizer: 'GPORCA' })
    expect(JSON.stringify(raw)).toContain('Executor memory: 4242K bytes.')
  })

  it('keep a plan that is told as text, as text', () => {
    expect(
      besides(root`
        Foreign Scan on public.far  (cost=1.00..2.00 rows=3 width=4)
          Output: a
          Remote EXPLAIN:
            Seq Scan on public.near  (cost=0.00..1.00 rows=1 width=4)
              Filter: (a > 1)
              ->  Result
          Remote SQL: SELECT a FROM public.near
      `),
    ).toMatchObject({
      'Remote EXPLAIN': [
        'Seq Scan on public.near  (cost=0.00..1.00 rows=1 width=4)',
        '  Filter: (a > 1)',
        '  ->  Result',
      ],
      'Remote SQL': 'SELECT a FROM public.near',
    })
  })
})

/** Time of the processor: other work on the machine does not count. */
function cpuMsOf(run: () => unknown): number {
  const before = process.cpuUsage()
  run()
  return process.cpuUsage(before).user / 1_000
}

describe('size', () => {
  it('does not matter: deep chains, wide plans, long garbage', { timeout: 20_000 }, () => {
    const chain = ['Materialize  (cost=0.00..1.00 rows=1 width=4)']
    for (let depth = 0; depth < 5_000; depth += 1)
      chain.push(`${' '.repeat(2 + depth)}->  Materialize  (cost=0.00..1.00 rows=1 width=4)`)
    expect(listRawNodes(read(chain.join('\n'))).length).toBe(5_001)

    const wide = ['Append  (cost=0.00..1.00 rows=1 width=4) (actual time=0.1..0.2 rows=1 loops=1)']
    for (let part = 0; part < 8_000; part += 1)
      wide.push(
        `  ->  Seq Scan on public.part_${part}  (cost=0.00..1.00 rows=1 width=4) (actual time=0.100..0.200 rows=1 loops=1)`,
        '        Filter: ((a > 1) AND (b < 2))',
        '        Buffers: shared hit=5 read=2',
      )
    const paste = wide.join('\n')
    let best = Number.POSITIVE_INFINITY
    for (let run = 0; run < 5; run += 1) {
      best = Math.min(
        best,
        cpuMsOf(() => readAt(paste)),
      )
    }
    // A tenth of it is usual: 30 ms on an idle machine.
    expect(best).toBeLessThan(300)
  })

  it('does not turn garbage into waiting', { timeout: 30_000 }, () => {
    const heads = [
      'Seq Scan on t  (cost=0.00..1.00 rows=1 width=4)\n  Filter: (',
      'Seq Scan on t  (cost=',
      'Seq Scan on "',
      'HashAggregate\n  Full-sort Groups: 1  Sort Method: ',
      'HashAggregate\n  I/O Timings: ',
      "HashAggregate\nSettings: a = '",
      'HashAggregate\n  ',
    ]
    const pieces = [
      '(',
      '"',
      "'",
      '1..1',
      ', ',
      ' ',
      'a=1 ',
      "', ",
      '(\n',
      'x\n',
      'x: y\n',
      '->  X\n',
      'Foo:\n',
      '\n',
    ]
    for (const head of heads)
      for (const piece of pieces) {
        const paste = head + piece.repeat(Math.ceil(60_000 / piece.length))
        expect([head, piece, cpuMsOf(() => readAt(paste)) < 1_000]).toEqual([head, piece, true])
      }
  })
})
