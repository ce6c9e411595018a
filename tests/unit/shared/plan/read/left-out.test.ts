import { expect, it } from 'vitest'
import { readPlans } from '#shared/plan/index.ts'

it.each(['...', '…', '[...]'])('a plan whose rest was left out says so: “%s”', (mark) => {
  const reading = readPlans(`Hash Join  (cost=1.00..9.00 rows=2 width=4)
  ->  Seq Scan on stop  (cost=0.00..1.00 rows=1 width=4)
  ->  Hash  (cost=0.00..1.00 rows=1 width=4)
        ->  Seq Scan on tour  (cost=0.00..1.00 rows=1 width=4)
${mark}`)
  const warnings = reading.ok ? reading.plans[0]?.warnings : []
  expect(warnings).toEqual(['The text leaves out the rest of the plan (line 5).'])
})
