import { describe, expect, it } from 'vitest'
import { onlyPlan } from '#tests/support/only-plan.ts'

const text = `Sort  (cost=120.10..130.40 rows=200 width=30) (actual time=3.100..3.200 rows=180 loops=1)
  Sort Key: van.kind DESC NULLS FIRST, van.built NULLS LAST
  Sort Method: quicksort  Memory: 38kB
  Buffers: shared hit=44
  ->  Hash Join  (cost=30.00..110.00 rows=200 width=30) (actual time=0.400..2.900 rows=180 loops=1)
        Hash Cond: (tour.van = van.id)
        Join Filter: ((tour.month >= 1200) AND (tour.month <= 1211))
        Rows Removed by Join Filter: 20
        ->  Bitmap Heap Scan on tour  (cost=4.00..70.00 rows=300 width=22) (actual time=0.010..1.000 rows=300 loops=1)
              Recheck Cond: (note = 'picked up at the depot'::text)
              Heap Blocks: exact=30
              Buffers: shared hit=33
              ->  Bitmap Index Scan on tour_note_idx  (cost=0.00..4.00 rows=300 width=0) (actual time=0.020..0.020 rows=300 loops=1)
                    Index Cond: (note = 'picked up at the depot'::text)
                    Buffers: shared hit=3
        ->  Hash  (cost=20.00..20.00 rows=800 width=16) (actual time=0.300..0.310 rows=800 loops=1)
              Buckets: 1024  Batches: 1  Memory Usage: 48kB
              Buffers: shared hit=11
              ->  Seq Scan on van  (cost=0.00..20.00 rows=800 width=16) (actual time=0.010..0.200 rows=800 loops=1)
                    Buffers: shared hit=11
Planning Time: 0.400 ms
JIT:
  Functions: 9
  Options: Inlining false, Optimization false, Expressions true, Deforming true
Execution Time: 4.100 ms`

/** As mail programs do: at the last space before the column, which is lost, and never within a word. */
function wrap(line: string, column: number): readonly string[] {
  if (line.length <= column) return [line]
  const lead = line.length - line.trimStart().length
  const before = line.lastIndexOf(' ', column)
  const at = before > lead ? before : line.indexOf(' ', lead)
  return at === -1 ? [line] : [line.slice(0, at), ...wrap(line.slice(at + 1), column)]
}

describe('a plan that a mail program wrapped is read the same', () => {
  it.each([34, 40, 44, 48, 52, 56, 60, 64, 68, 72, 76, 80, 100, 120])('at column %i', (column) => {
    const lines = text.split('\n').flatMap((line) => wrap(line, column))
    expect(onlyPlan(lines.join('\n')).raw).toEqual(onlyPlan(text).raw)
    expect(onlyPlan(lines.map((line) => `> ${line}`).join('\n')).raw).toEqual(onlyPlan(text).raw)
  })
})
