import { describe, expect, it } from 'vitest'
import { derivePlan, judgePlan } from '#shared/plan/index.ts'
import { planOf } from '../plan-notation.ts'

const scan = (alias: string, filter: string, ms: number) =>
  `Seq Scan on events  ms=${ms} rows=20 plan=20 | ${JSON.stringify({ Alias: alias, Filter: filter, 'Rows Removed by Filter': 90_000 })}`
const told = (one: string, other: string) => {
  const raw = planOf(`
    Hash Join  ms=60 rows=20 plan=20
      ${scan('a', one, 30)}
      Hash  ms=21 rows=20 plan=20
        ${scan('b', other, 20)}`)
  return judgePlan(derivePlan(raw), raw, {}).map(
    ({ rule, nodeId, relatedNodeIds, timeAtStakeMs = 0 }) =>
      `${rule} ${nodeId} ${relatedNodeIds.join()} ${Math.round(timeAtStakeMs)} ms`,
  )
}

describe('scans that ask for the same index', () => {
  it('are one finding, at the one where most is at stake, with the time of both', () => {
    expect(told("(a.kind = 'x'::text)", "(b.kind = 'y'::text)")).toEqual([
      'seq-scan-where-index-would-serve 1 3 50 ms',
    ])
  })

  it('are told apart where they ask for others', () => {
    expect(told("(a.kind = 'x'::text)", '(b.size = 7)')).toHaveLength(2)
  })
})
