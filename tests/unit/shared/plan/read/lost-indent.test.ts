import { describe, expect, it } from 'vitest'
import { derivePlan, type FoundPlan, formatPlanText, readPlans } from '#shared/plan/index.ts'

const only = (input: string): FoundPlan => {
  const reading = readPlans(input)
  if (!reading.ok) throw new Error(reading.error.message)
  const [plan, ...others] = reading.plans
  if (plan === undefined || others.length > 0) throw new Error(`${others.length + 1} plans`)
  return plan
}

/** As pages and chats leave a text: no spaces in front, one between words. */
const flatten = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim().replace(/ +/g, ' '))
    .join('\n')

const ran = `Limit  (cost=980.10..982.40 rows=20 width=30) (actual time=41.200..42.900 rows=20 loops=1)
  ->  Gather Merge  (cost=980.10..1720.00 rows=6100 width=30) (actual time=41.100..42.800 rows=20 loops=1)
        Workers Planned: 2
        Workers Launched: 2
        ->  Sort  (cost=880.00..890.00 rows=3050 width=30) (actual time=35.100..35.200 rows=15 loops=3)
              Sort Key: tour.starts_at
              Sort Method: top-N heapsort  Memory: 27kB
              ->  Hash Join  (cost=30.00..700.00 rows=3050 width=30) (actual time=1.100..30.000 rows=3000 loops=3)
                    Hash Cond: (tour.van = van.id)
                    ->  Parallel Append  (cost=0.00..600.00 rows=3050 width=22) (actual time=0.010..25.000 rows=3000 loops=3)
                          ->  Parallel Seq Scan on tour_1  (cost=0.00..300.00 rows=1500 width=22) (actual time=0.010..12.000 rows=1500 loops=3)
                                Filter: (state = 'open'::text)
                                Rows Removed by Filter: 700
                          ->  Parallel Seq Scan on tour_2  (cost=0.00..290.00 rows=1550 width=22) (actual time=0.010..11.000 rows=1500 loops=3)
                                Filter: (state = 'open'::text)
                                Rows Removed by Filter: 700
                    ->  Hash  (cost=20.00..20.00 rows=800 width=16) (actual time=0.900..0.910 rows=800 loops=3)
                          Buckets: 1024  Batches: 1  Memory Usage: 48kB
                          ->  Bitmap Heap Scan on van  (cost=4.00..20.00 rows=800 width=16) (actual time=0.100..0.700 rows=800 loops=3)
                                Recheck Cond: ((kind = 1) OR (kind = 2))
                                Heap Blocks: exact=9
                                ->  BitmapOr  (cost=4.00..4.00 rows=800 width=0) (actual time=0.050..0.050 rows=0 loops=3)
                                      ->  Bitmap Index Scan on van_kind_idx  (cost=0.00..2.00 rows=400 width=0) (actual time=0.020..0.020 rows=400 loops=3)
                                            Index Cond: (kind = 1)
                                      ->  Bitmap Index Scan on van_kind_idx  (cost=0.00..2.00 rows=400 width=0) (actual time=0.020..0.020 rows=400 loops=3)
                                            Index Cond: (kind = 2)
Planning Time: 0.400 ms
Execution Time: 43.100 ms`

const subplans = `Nested Loop  (cost=2.00..90.00 rows=10 width=8)
  InitPlan 1 (returns $0)
    ->  Aggregate  (cost=1.00..1.10 rows=1 width=8)
          ->  Seq Scan on depot  (cost=0.00..1.00 rows=30 width=8)
  ->  Index Scan using tour_pkey on tour  (cost=0.20..40.00 rows=10 width=8)
        Index Cond: (id > $0)
  ->  Subquery Scan on v  (cost=0.20..4.00 rows=1 width=8)
        Filter: ((SubPlan 2) > 3)
        ->  Limit  (cost=0.10..2.00 rows=1 width=8)
              ->  Seq Scan on van  (cost=0.00..40.00 rows=20 width=8)
        SubPlan 2
          ->  Result  (cost=0.00..0.01 rows=1 width=4)`

describe('a plan whose indent is lost', () => {
  it.each([
    ['what ran', ran],
    ['subplans', subplans],
  ])('is the tree that its nodes make, each with its own lines: %s', (_, text) => {
    const plan = only(flatten(text))
    expect(plan.warnings).toEqual(['The indent is lost: the tree was put together by what each node reads.'])
    expect(formatPlanText(plan.raw)).toBe(formatPlanText(only(text).raw))
    expect(plan.raw).toEqual(only(text).raw)
  })

  it('is read the same below a header, and with a space kept in front of every line', () => {
    const framed = `QUERY PLAN\n----------\n${flatten(ran).replaceAll(/^/gm, ' ')}\n(28 rows)`
    expect(only(framed).raw).toEqual(only(ran).raw)
  })

  it('keeps its times adding up', () => {
    const { nodes, warnings } = derivePlan(only(flatten(ran)).raw)
    expect(warnings).toEqual([])
    expect(nodes.every(({ exclusiveMs }) => (exclusiveMs ?? 0) >= 0)).toBe(true)
  })

  it('is no other than one that stands further in as a whole', () => {
    const plan = only(ran.replaceAll(/^/gm, '        '))
    expect(plan.warnings).toEqual([])
    expect(plan.raw).toEqual(only(ran).raw)
  })
})

it('a plan whose steps in are of one space keeps its tree', () => {
  const plan = only(ran.replaceAll(/^ +/gm, (lead) => ' '.repeat(lead.length / 2)))
  expect(plan.warnings).toEqual([])
  expect(plan.raw).toEqual(only(ran).raw)
})
