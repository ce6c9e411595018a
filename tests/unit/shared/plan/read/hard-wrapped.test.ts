import { describe, expect, it } from 'vitest'
import { readPlans } from '#shared/plan/index.ts'
import { onlyPlan } from '#tests/support/only-plan.ts'

const costless = `Sort
  Sort Key: stop_1.depot, (sum(stop_1.weight)) DESC NULLS LAST
  ->  Finalize GroupAggregate
        Group Key: stop_1.depot
        Filter: (avg(stop_1.weight) < '7'::numeric)
        ->  Gather Merge
              Workers Planned: 2
              ->  Sort
                    Sort Key: stop_1.depot
                    ->  Parallel Append
                          ->  Partial HashAggregate
                                Group Key: stop_1.depot
                                ->  Parallel Seq Scan on stop_of_the_first_district stop_1
                          ->  Partial HashAggregate
                                Group Key: stop_2.depot
                                ->  Parallel Index Only Scan using stop_of_the_second_district_idx on stop_of_the_second_district stop_2
                                      Index Cond: (weight > 99)`

const verbose = `Nested Loop Left Join  (cost=23.02..36.76 rows=1 width=76) (actual time=0.009..0.010 rows=0 loops=1)
  Output: tour.id, tour.van, tour.driver, tour.begun, tour.ended, CASE WHEN (tour.late = 0) THEN tour.note ELSE NULL::text END, stop.weight
  Join Filter: (stop.tour = tour.id)
  ->  Index Scan using tour_begun_idx on public.tour  (cost=0.15..12.88 rows=77 width=40) (actual time=0.008..0.008 rows=0 loops=1)
        Output: tour.id, tour.van, tour.driver, tour.begun, tour.ended, tour.note, tour.late, tour.length, tour.fuel
        Index Cond: (tour.begun > '2005-01-01'::date)
        Filter: (tour.note = ANY ('{Sweden,Norway,Germany,Denmark,Finland,Iceland,Portugal,Spain,Andorra,Italy}'::text[]))
  ->  Foreign Scan on public.stop  (cost=100.00..124.33 rows=6 width=36) (never executed)
        Output: stop.weight, stop.tour
        Remote SQL: SELECT weight, tour FROM public.stop WHERE ((weight > 10)) ORDER BY weight ASC NULLS LAST LIMIT 10::bigint
Planning Time: 11.404 ms
Execution Time: 0.088 ms`

/** Far enough in that a terminal's line holds nothing but the indent of some nodes. */
function deep(): string {
  const lines: string[] = []
  for (let depth = 0; depth < 18; depth += 1) {
    const indent = depth === 0 ? '' : `${' '.repeat(depth * 6 - 4)}->  `
    lines.push(`${indent}Nested Loop  (cost=4.22..28.30 rows=8 width=52)`)
  }
  for (let depth = 18; depth > 0; depth -= 1)
    lines.push(
      `${' '.repeat(depth * 6 - 4)}->  Seq Scan on leg_${depth} leg  (cost=0.00..13.45 rows=1 width=40)`,
      `${' '.repeat(depth * 6 + 2)}Filter: ((made >= 2000) AND (made <= 2010))`,
    )
  // Each loop has its inner side behind the outer one.
  lines.splice(
    18,
    0,
    `${' '.repeat(18 * 6 - 4)}->  Seq Scan on leg_0 leg  (cost=0.00..13.45 rows=1 width=40)`,
  )
  return lines.join('\n')
}

const atColumn = (line: string, column: number): readonly string[] => {
  const pieces: string[] = []
  for (let at = 0; at === 0 || at < line.length; at += column) pieces.push(line.slice(at, at + column))
  return pieces
}

/** As `fold -s`: behind the last blank that fits. */
function atBlank(line: string, column: number): readonly string[] {
  if (line.length <= column) return [line]
  const blank = line.slice(0, column).lastIndexOf(' ') + 1
  const at = line.slice(0, blank).trim() === '' ? column : blank
  return [line.slice(0, at), ...atBlank(line.slice(at), column)]
}

/** As mail programs do, which lose the blank. */
function atLostBlank(line: string, column: number): readonly string[] {
  if (line.length <= column) return [line]
  const indent = line.length - line.trimStart().length
  const before = line.lastIndexOf(' ', column)
  const at = before > indent ? before : line.indexOf(' ', indent)
  return at === -1 ? [line] : [line.slice(0, at), ...atLostBlank(line.slice(at + 1), column)]
}

const broken = (text: string, breaks: typeof atColumn, column: number): string =>
  text
    .split('\n')
    .flatMap((line) => breaks(line, column))
    .join('\n')

const ways = { atColumn, atBlank, atLostBlank }
const cases = Object.keys(ways).flatMap((way) =>
  [72, 76, 80, 96, 100].map((column) => [way as keyof typeof ways, column] as const),
)

describe('a plan whose lines were broken at one width is read the same', () => {
  it.each(cases)('with costs and long lists, broken %s %i', (way, column) => {
    expect(onlyPlan(broken(verbose, ways[way], column)).raw).toEqual(onlyPlan(verbose).raw)
  })

  it.each(cases)('without costs, broken %s %i', (way, column) => {
    expect(onlyPlan(broken(costless, ways[way], column)).raw).toEqual(onlyPlan(costless).raw)
  })

  it.each([72, 80, 100])('where a line holds nothing but the indent of the next, at column %i', (column) => {
    expect(onlyPlan(broken(deep(), atColumn, column)).raw).toEqual(onlyPlan(deep()).raw)
  })
})

describe('where only the width of the last line tells that it may go on', () => {
  const cut = `Foreign Scan on stop
  Remote SQL: UPDATE public.stop SET weight = (weight + 100), tour = 4 RETURNIN
G weight, tour`

  it('the plan is read, with a warning that names both lines', () => {
    const reading = readPlans(cut)
    expect(reading.ok && reading.plans[0]?.warnings).toEqual([
      'Line 3 may be the rest of line 2, and was left out.',
    ])
  })

  it.each(['{% endhighlight %}', '</pre>', '$$;', '-- Test join', 'END;', '```'])(
    'what a page or a script has below a plan raises none: %s',
    (below) => {
      const above = `Foreign Scan on stop  (cost=0.00..13.45 rows=1 width=40) (actual time=0.002..0.003 rows=0 loops=1)
  Remote SQL: SELECT weight, tour FROM public.stop WHERE ((weight > 10)) ORDER BY weight ASC NULLS LAST, tour ASC`
      expect(onlyPlan(`${above}\n${below}`).raw.Plan['Node Type']).toBe('Foreign Scan')
    },
  )

  it('what people write below a plan raises none', () => {
    const said = `Seq Scan on stop  (cost=0.00..13.45 rows=1 width=40) (actual time=0.002..0.003 rows=0 loops=1)
  Filter: (weight > 10)
Why is it so slow?`
    expect(onlyPlan(said).raw.Plan['Filter']).toBe('(weight > 10)')
  })

  it('plans without costs right below each other stay two', () => {
    const two = `Append
  ->  Index Only Scan using stop_of_the_first_district_idx on stop_of_the_first stop
Append
  ->  Seq Scan on tour`
    const reading = readPlans(two)
    expect(reading.ok && reading.plans.length).toBe(2)
  })
})

describe('a text that only begins like a wrapped plan', () => {
  const repeated = (lines: readonly string[]): string =>
    Array.from({ length: Math.ceil(250_000 / lines.join('\n').length) }, () => lines.join('\n')).join('\n')

  it.each([
    [['Parallel', 'Seq Scan on stop  (cost=0.00..1.00 rows=1 width=4)']],
    [['Parallel', 'Seq Scan on stop  (cost=0.00..1.00 rows=1 width=4)', '  Filter: weight']],
    [[`${'x '.repeat(21)}Parallel`, 'Seq Scan on stop  (cost=0.00..1.00 rows=1 width=4)']],
  ])('takes no longer than any other of its size: %s', (lines) => {
    const text = repeated(lines)
    const started = process.cpuUsage()
    readPlans(text)
    expect(process.cpuUsage(started).user / 1_000).toBeLessThan(8_000)
  })
})
