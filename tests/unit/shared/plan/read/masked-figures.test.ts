import { describe, expect, it } from 'vitest'
import { derivePlan, formatPlanText } from '#shared/plan/index.ts'
import { onlyPlan } from '#tests/support/only-plan.ts'

const shape = (input: string): readonly (readonly [number | undefined, string])[] =>
  derivePlan(onlyPlan(input).raw).nodes.map(({ parentId, nodeType }) => [parentId, nodeType])

const nested = (figures: (costs: string, actual: string) => string): string =>
  [
    `Nested Loop${figures('1.25..80.50', '0.02..7.10')}`,
    `  ->  Append${figures('0.00..30.00', '0.01..2.00')}`,
    `        ->  Seq Scan on parcel_1${figures('0.00..15.00', '0.01..1.00')}`,
    `        ->  Seq Scan on parcel_2${figures('0.00..15.00', '0.01..1.00')}`,
    `  ->  Index Scan using van_pkey on van${figures('0.15..1.20', '0.01..0.02')}`,
    '        Index Cond: (id = parcel.van)',
  ].join('\n')

const tree = [
  [undefined, 'Nested Loop'],
  [0, 'Append'],
  [1, 'Seq Scan'],
  [1, 'Seq Scan'],
  [0, 'Index Scan'],
]

describe('figures whose digits were masked', () => {
  it.each<readonly [string, (costs: string, actual: string) => string]>([
    ['all of them', () => '  (cost=N.N..N.N rows=N width=N) (actual time=N.N..N.N rows=N.N loops=N)'],
    ['costs', () => '  (cost=xxx..xxx rows=40 width=xxx)'],
    ['costs as one', () => '  (cost=xxx rows=40 width=8)'],
    ['costs left out', () => '  (cost=... rows=40 width=8)'],
    ['times', () => ' (actual time=X.XXX..X.XXX rows=40 loops=3)'],
    ['rows', () => ' (actual rows=N.NN loops=1)'],
    ['loops', (_, actual) => ` (actual time=${actual} rows=40 loops=?)`],
    ['costs that are infinite', () => '  (cost=inf..inf rows=40 width=8)'],
  ])('leave the tree whole: %s', (_, figures) => {
    expect(shape(nested(figures))).toEqual(tree)
    expect(shape(`  QUERY PLAN\n--------------\n${nested(figures)}\n(6 rows)`)).toEqual(tree)
  })

  it('tell what still is a number, and nothing of the rest', () => {
    const { raw } = onlyPlan('Seq Scan on van  (cost=xxx..xxx rows=40 width=xxx) (actual rows=N.NN loops=2)')
    expect(raw.Plan).toMatchObject({ 'Plan Rows': 40, 'Actual Loops': 2 })
    for (const key of ['Startup Cost', 'Total Cost', 'Plan Width', 'Actual Rows', 'Actual Total Time'])
      expect(raw.Plan).not.toHaveProperty(key)
  })

  it('before others that are not masked stay to be read', () => {
    const { raw } = onlyPlan('Seq Scan on van  (cost=xxx..xxx rows=40 width=8) (actual rows=7 loops=1)')
    expect(raw.Plan).toMatchObject({
      'Plan Rows': 40,
      'Actual Rows': 7,
      'Extra Lines': ['(cost=xxx..xxx rows=40 width=8)'],
    })
  })

  it('are no numbers in JSON either', () => {
    const document = `[
      {
        "Plan": {
          "Node Type": "Sort",
          "Startup Cost": N.N,
          "Plan Rows": N,
          "Output": null,
          "Plans": [{ "Node Type": "Seq Scan", "Relation Name": "van", "Plan Rows": 12 }]
        },
        "Execution Time": N.N
      }
    ]`
    const framed = document
      .split('\n')
      .map((line) => ` ${line.padEnd(100)}+`)
      .join('\n')
    for (const text of [document, framed]) {
      const { raw } = onlyPlan(text)
      expect(raw.Plan).toMatchObject({ 'Startup Cost': 'N.N', Plans: [{ 'Plan Rows': 12 }] })
      expect(derivePlan(raw).executionMs).toBeUndefined()
    }
  })

  it('are written as they came', () => {
    const text = `Limit
  ->  Incremental Sort
        Sort Key: a, b
        Presorted Key: a
        Full-sort Groups: 2  Sort Method: quicksort  Average Memory: NNkB  Peak Memory: NNkB
        ->  WindowAgg
              Storage: Memory  Maximum Storage: NkB
              ->  Seq Scan on van
                    Filter: (a > 1)
                    Rows Removed by Filter: N
Planning Time: N.N ms
Execution Time: N.N ms`
    expect(formatPlanText(onlyPlan(text).raw)).toBe(text)
  })
})

it('a foreign table among those of a write keeps what is said of it', () => {
  const text = `Update on public.tour
  Update on public.tour tour_1
  Foreign Update on public.tour_far tour_2
    Remote SQL: UPDATE public.tour SET van = $2 WHERE ctid = $1
  ->  Append
        ->  Seq Scan on public.tour tour_1
              Output: tour_1.van
        ->  Foreign Scan on public.tour_far tour_2
              Output: tour_2.van`
  expect(formatPlanText(onlyPlan(text).raw)).toBe(text)
})

it('figures that an article left out are absent, and its remarks are kept', () => {
  const { raw } = onlyPlan(`Merge Join  (cost=120..340 rows=48)
  Merge Cond: (tour.van = van.id)
  ->  Sort  (cost=50.10..60.20)          ← added for the join
        Sort Key: tour.van
        ->  Seq Scan on tour  ...
  ->  Index Scan using van_pkey on van   <-- cheap`)
  expect(raw.Plan).toMatchObject({
    'Total Cost': 340,
    'Plan Rows': 48,
    Plans: [
      {
        'Node Type': 'Sort',
        'Total Cost': 60.2,
        'Extra Lines': ['← added for the join'],
        Plans: [{ 'Node Type': 'Seq Scan', 'Relation Name': 'tour', 'Extra Lines': ['...'] }],
      },
      { 'Node Type': 'Index Scan', 'Relation Name': 'van', 'Extra Lines': ['<-- cheap'] },
    ],
  })
  expect(raw.Plan).not.toHaveProperty('Plan Width')
})

it('rows alone are read, where people left out the rest of the figures', () => {
  const input = nested(() => '  ([...] rows=25 width=8) ([...] rows=20 loops=1)')
  expect(shape(input)).toEqual(tree)
  expect(onlyPlan(input).raw.Plan).toMatchObject({ 'Plan Rows': 25, 'Plan Width': 8, 'Actual Rows': 20 })
  const never = 'Seq Scan on van  (… rows=25 width=8) (never executed)'
  expect(onlyPlan(never).raw.Plan).toMatchObject({ 'Plan Rows': 25, 'Actual Loops': 0 })
})

it('costs may be below zero, where an extension wants to be chosen', () => {
  const text = `Foreign Scan  (cost=1.00..-0.90 rows=1 width=8)
  Relations: Aggregate on (tour)`
  const { raw } = onlyPlan(text)
  expect(raw.Plan).toMatchObject({ 'Startup Cost': 1, 'Total Cost': -0.9, 'Plan Rows': 1, 'Plan Width': 8 })
  expect(raw.Plan).not.toHaveProperty('Extra Lines')
  expect(formatPlanText(raw)).toBe(text)
})

it('a document is read out of a cell of CSV that words stand before', () => {
  const { raw } = onlyPlan(
    'Result: "[\n{ ""Plan"": { ""Node Type"": ""Seq Scan"", ""Relation Name"": ""van"", ""Filter"": """" } }\n]"',
  )
  expect(raw.Plan).toMatchObject({ 'Relation Name': 'van', Filter: '' })
})

it('three full stops of a name are no remark', () => {
  const text = `Custom Scan (Citus INSERT ... SELECT)
  INSERT/SELECT method: pull to coordinator
  ->  Custom Scan (Citus MERGE INTO ...)
        ->  Seq Scan on van`
  expect(formatPlanText(onlyPlan(text).raw)).toBe(text)
})
