import { describe, expect, it } from 'vitest'
import { derivePlan, measuresOf, worstNodes } from '#shared/plan/index.ts'
import { planOf } from './plan-notation.ts'

const plan = derivePlan(
  planOf(`
    Append  ms=100
      Seq Scan on a  ms=20
      Seq Scan on b  ms=30
      Seq Scan on c  ms=20
      Seq Scan on d  ms=0
  `),
)

describe('the worst nodes of a plan', () => {
  const [elapsed] = measuresOf(plan)
  if (elapsed === undefined) throw new Error('the plan has no figures')

  it('stand largest first, equal ones in plan order, without those that have nothing of their own', () => {
    expect(worstNodes(plan, elapsed)).toEqual([0, 2, 1, 3])
  })

  it('are as many as asked for', () => {
    expect(worstNodes(plan, elapsed, 3)).toEqual([0, 2, 1])
    expect(worstNodes(plan, elapsed, 1)).toEqual([0])
  })
})
