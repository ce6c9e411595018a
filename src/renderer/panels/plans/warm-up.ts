import { buildDocument, rehearseGraph } from '#renderer/plan-views/index.ts'
import { readPlans } from '#shared/plan/index.ts'
import { useOpened } from './opened.ts'

/** A plan with what most plans have. */
export const sample = `
Limit  (cost=205.01..205.03 rows=10 width=48) (actual time=6.1..6.2 rows=10 loops=1)
  Buffers: shared hit=90 read=4
  ->  Sort  (cost=205.01..207.50 rows=997 width=48) (actual time=6.1..6.1 rows=10 loops=1)
        Sort Key: o.total DESC
        Sort Method: top-N heapsort  Memory: 26kB
        Buffers: shared hit=90 read=4
        ->  Hash Join  (cost=30.50..183.47 rows=997 width=48) (actual time=0.5..5.3 rows=640 loops=1)
              Hash Cond: (o.customer_id = c.id)
              Buffers: shared hit=90 read=4
              ->  Append  (cost=0.00..139.00 rows=1000 width=24) (actual time=0.0..3.9 rows=1000 loops=1)
                    Buffers: shared hit=78 read=4
                    ->  Seq Scan on orders_1 o_1  (cost=0.00..69.50 rows=500 width=24) (actual time=0.0..1.9 rows=500 loops=1)
                          Filter: (total > 100)
                          Rows Removed by Filter: 1500
                          Buffers: shared hit=40
                    ->  Index Scan using orders_2_pkey on orders_2 o_2  (cost=0.15..64.50 rows=500 width=24) (actual time=0.0..1.8 rows=500 loops=1)
                          Index Cond: (id < 900)
                          Buffers: shared hit=38 read=4
              ->  Hash  (cost=18.00..18.00 rows=1000 width=32) (actual time=0.5..0.5 rows=1000 loops=1)
                    Buckets: 1024  Batches: 1  Memory Usage: 71kB
                    Buffers: shared hit=12
                    ->  Seq Scan on customers c  (cost=0.00..18.00 rows=1000 width=32) (actual time=0.0..0.3 rows=1000 loops=1)
                          Buffers: shared hit=12
Planning Time: 0.3 ms
Execution Time: 6.3 ms
`.trim()

const rounds = 60
/** A round takes less. */
const leastIdleMs = 5
/** A picture takes longer, and needs few rounds: each draws a dozen cards. */
const drawnRounds: ReadonlySet<number> = new Set([10, 30, 50])

/**
 * Reads and draws a sample again and again while nobody waits: the engine compiles what runs often, and the first plan
 * that is pasted is then read and drawn nearly as quickly as those after it. Cold, reading one of a thousand nodes takes
 * many times as long. It is done once a window, in tenths of a second that nobody wanted, and ends where somebody opens a
 * plan before.
 */
export function warmUp(): void {
  let json = ''
  let round = 0
  requestIdleCallback(function go(deadline) {
    while (round < rounds && deadline.timeRemaining() > leastIdleMs) {
      if (useOpened.getState().shown.kind === 'plans') return
      const reading = readPlans(round % 2 === 0 || json === '' ? sample : json)
      const [found] = reading.ok ? reading.plans : []
      if (found === undefined) return
      json ||= JSON.stringify([found.raw])
      const document = buildDocument({ id: 'sample', raw: found.raw })
      if (drawnRounds.has(round)) rehearseGraph(document)
      round += 1
    }
    if (round < rounds) requestIdleCallback(go)
  })
}
