import { describe, expect, it } from 'vitest'
import { listRawNodes, readPlans } from '#shared/plan/index.ts'
import { text } from '../plan-notation.ts'

/** Each plan's nodes, by type. */
function typesIn(paste: string): readonly (readonly string[])[] {
  const reading = readPlans(paste)
  if (!reading.ok) return []
  return reading.plans.map((plan) => listRawNodes(plan.raw).map((node) => node['Node Type']))
}

const warningsIn = (paste: string): readonly string[] => {
  const reading = readPlans(paste)
  return reading.ok ? [...reading.warnings, ...reading.plans.flatMap(({ warnings }) => warnings)] : []
}

describe('A plan without costs whose root only another server knows', () => {
  it('keeps its root where nodes that every server knows stand below', () => {
    const paste = text`
      Streaming (type: GATHER)
        Output: a, b
        Node/s: All datanodes
        ->  Hash Join
              Hash Cond: (t.a = u.a)
              ->  Seq Scan on t
              ->  Hash
                    ->  Seq Scan on u
    `
    expect(typesIn(paste)).toEqual([
      ['Streaming (type: GATHER)', 'Hash Join', 'Seq Scan', 'Hash', 'Seq Scan'],
    ])
    expect(warningsIn(paste)).toEqual([])
  })

  it('is read where no node of it is known', () => {
    expect(
      typesIn(text`
                   QUERY PLAN
        ---------------------------------
         Row Adapter
           ->  Vector Sort
                 Sort Key: a
                 ->  CStore Scan on s.t
        (4 rows)
      `),
    ).toEqual([['Row Adapter', 'Vector Sort', 'CStore Scan']])
  })

  it.each([
    'Partitioned Seq Scan on t\n  Selected Partitions:  1',
    'Data Node Scan\n  Output: a\n  Remote query: SELECT a FROM t',
  ])('is read where it is a scan alone: %s', (paste) => {
    expect(typesIn(paste)).toEqual([[expect.stringMatching(/ Scan$/)]])
  })

  it('is a scan alone below the header', () => {
    expect(typesIn('      QUERY PLAN       \n-----------------------\n CStore Scan on t\n(1 row)\n')).toEqual(
      [['CStore Scan']],
    )
  })

  it('is read one behind the other', () => {
    const one = 'Row Adapter\n  ->  CStore Scan on t\n        Filter: (a > 1)\n'
    expect(typesIn(`${one}\n${one}`)).toEqual([
      ['Row Adapter', 'CStore Scan'],
      ['Row Adapter', 'CStore Scan'],
    ])
  })

  it.each([
    'Here comes the plan\n  -> see below',
    'Note that this is slow.\n  ->  Seq Scan on t\n',
    'The plan is:\n  ->  Seq Scan on t\n',
    'Steps\n  -> Build\n  -> Test\n',
    'A Scan on t was slow\n  Reason: nobody knows\n',
  ])('is no sentence and no list: %s', (paste) => {
    expect(
      typesIn(paste)
        .flat()
        .filter((type) => type !== 'Seq Scan'),
    ).toEqual([])
  })
})

describe('A plan without costs', () => {
  const paste = text`
    Nested Loop
      Join Filter: (a."x y" = b.y)
      ->  Seq Scan on a
            Filter: (z > 1)
      ->  Seq Scan on b
  `
  const nodes = [['Nested Loop', 'Seq Scan', 'Seq Scan']]

  it.each(['--', '//', '#', ' *'])('is read out of comments: %s', (mark) => {
    const commented = paste
      .split('\n')
      .map((line) => `${mark} ${line}`.trimEnd())
      .join('\n')
    expect(typesIn(`${mark} before the index:\n${commented}\nselect 1;\n`)).toEqual(nodes)
  })

  it('is read out of a list of literals', () => {
    const literals = paste
      .split('\n')
      .map((line) => JSON.stringify(line))
      .join(',\n')
    expect(typesIn(literals)).toEqual(nodes)
    expect(JSON.stringify(readPlans(literals))).toContain(JSON.stringify('(a."x y" = b.y)').slice(1, -1))
  })
})
