import { describe, expect, it } from 'vitest'
import { formatPlanText, listRawNodes, readPlans } from '#shared/plan/index.ts'
import { onlyPlan } from '#tests/support/only-plan.ts'

describe('plans of PostgreSQL’s forks', () => {
  it('keep all that Greenplum says of its slices, of one that spilled, too', () => {
    const { raw } = onlyPlan(
      [
        'Gather Motion 3:1  (slice1; segments: 3)  (cost=0.00..475.11 rows=100 width=13) (actual time=0.004..0.367 rows=100 loops=1)',
        '  ->  Dynamic Seq Scan on tour  (cost=0.00..458.09 rows=34 width=13) (actual time=3.273..3.279 rows=100 loops=1)',
        '        Partitions scanned:  Avg 12.0 x 3 workers.  Max 12 parts (seg0).',
        'Planning Time: 5.735 ms',
        '  (slice0)    Executor memory: 843K bytes.',
        '* (slice1)    Executor memory: 260K bytes avg x 3 workers.  Work_mem: 17K bytes max, 33K bytes wanted.',
        'Memory used:  128000kB',
        'Optimizer: GPORCA',
        'JIT:',
        '  Options: Inlining false, Optimization false, Expressions true, Deforming true.',
        '  (slice0): Functions: 2.00. Timing: 1.381 ms total.',
        'Execution Time: 33.099 ms',
      ].join('\n'),
    )
    expect(raw).toMatchObject({
      'Slice statistics': [
        '(slice0)    Executor memory: 843K bytes.',
        expect.stringContaining('33K bytes wanted'),
      ],
      'Memory used': '128000kB',
      'Execution Time': 33.099,
    })
    expect(raw.Plan['Extra Lines']).toBeUndefined()
    expect(formatPlanText(raw)).toContain('  (slice0): Functions: 2.00. Timing: 1.381 ms total.')
  })

  it('of Redshift have their tree where the indent is lost', () => {
    const reading = readPlans(
      [
        'XN Hash Join DS_DIST_OUTER  (cost=2.52..58620.93 rows=8712 width=43)',
        'Hash Cond: ("outer".depot = "inner".depot)',
        '->  XN Seq Scan on tour  (cost=0.00..87.98 rows=8798 width=23)',
        '->  XN Hash  (cost=2.02..2.02 rows=202 width=22)',
        '->  XN Seq Scan on depot  (cost=0.00..2.02 rows=202 width=22)',
      ].join('\n'),
    )
    const nodes = reading.ok ? reading.plans.flatMap(({ raw }) => listRawNodes(raw)) : []
    expect(
      nodes.map((node) => [node['Node Type'], Array.isArray(node['Plans']) ? node['Plans'].length : 0]),
    ).toEqual([
      ['XN Hash Join DS_DIST_OUTER', 2],
      ['XN Seq Scan', 0],
      ['XN Hash', 1],
      ['XN Seq Scan', 0],
    ])
  })
})

const foreign: readonly (readonly [engine: string, line: number, text: string])[] = [
  [
    'CockroachDB',
    3,
    'distribution: full\nvectorized: true\n• sort\n│ order: +weight\n└── • scan\n      spans: FULL SCAN',
  ],
  ['CockroachDB', 1, '        | distribution | full\n  sort  |              |\n   └── scan |          |'],
  [
    'TiDB',
    1,
    '| id | estRows | task | access object | operator info |\n| TableReader_5 | 1.00 | root | | data |',
  ],
  [
    'MySQL',
    1,
    '| id | select_type | table | type | possible_keys | key |\n| 1 | SIMPLE | t | ALL | NULL | NULL |',
  ],
  ['MySQL', 2, '{\n  "query_block": { "select_id": 1 }\n}'],
  ['Oracle', 1, 'Plan hash value: 3956160932\n| Id | Operation | Name |\n| 0 | SELECT STATEMENT | |'],
  ['SQLite', 2, 'QUERY PLAN\n|--SCAN tour\n`--SEARCH van USING INTEGER PRIMARY KEY (rowid=?)'],
  ['DuckDB', 2, '┌──────────────┐\n│   SEQ_SCAN   │\n└──────────────┘'],
  ['Spark', 1, '== Physical Plan ==\n*(1) Project [id#0]\n+- FileScan parquet [id#0]'],
  [
    'openGauss',
    1,
    ' id | operation | A-time | A-rows | E-rows | E-costs\n----+---\n 1 | ->  Seq Scan on t | 9.1 | 0 | 20 | 24.20',
  ],
]

describe('a plan of another engine', () => {
  it.each(foreign)('is refused by its name: %s', (engine, line, text) => {
    const reading = readPlans(text)
    expect(reading.ok).toBe(false)
    if (reading.ok) return
    expect(reading.error).toMatchObject({ code: 'notAPlan', line })
    expect(reading.error.message).toContain(`This is a plan of ${engine}`)
  })
})

describe('a single scan without costs in a comment', () => {
  it.each([
    '-- Seq Scan on tour\n',
    '# Seq Scan on tour',
    '/* Seq Scan on tour */',
    ' * Seq Scan on tour\n',
    '-- EXPLAIN (COSTS OFF) SELECT * FROM tour;\n--  Seq Scan on tour\n-- (1 row)\n',
  ])('is read: %s', (text) => {
    expect(onlyPlan(text).raw.Plan).toMatchObject({ 'Node Type': 'Seq Scan', 'Relation Name': 'tour' })
  })

  it('is not made of what a comment says of scans', () => {
    expect(readPlans('create table tour ();\n-- Seq Scan on tour is what we want here\n').ok).toBe(false)
  })
})

it.each([
  ['89504e470d0a1a0a0000000d49484452', 'a picture'],
  ['ffd8ffe000104a464946', 'a picture'],
  ['255044462d312e370a', 'a PDF file'],
  ['504b030414000000', 'a ZIP archive'],
  ['1f8b0800000000000003', 'a gzip archive'],
  ['28b52ffd04580000', 'packed by zstd'],
  ['fd377a585a000004', 'packed by zstd or xz'],
  ['3d8a5b1cf0a1b2c34455434b40000000', 'open it as a session'],
  ['7f454c460201010000000000', 'no text'],
])('a file that holds no text is refused as what it is: %s', (bytes, kind) => {
  const reading = readPlans(new TextDecoder().decode(Buffer.from(bytes, 'hex')))
  expect(reading).toMatchObject({
    ok: false,
    error: { code: 'notAPlan', message: expect.stringContaining(kind) },
  })
})
