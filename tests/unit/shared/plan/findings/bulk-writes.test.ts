import { describe, expect, it } from 'vitest'
import { derivePlan, judgePlan } from '#shared/plan/index.ts'
import { planOf } from '../plan-notation.ts'

const rulesOn = (writeMs: number, rows: number, scanned = 'offers') => {
  const raw = planOf(`
    ModifyTable on offers  ms=${writeMs} rows=0 | {"Operation": "Update"}
      Index Scan on ${scanned}  ms=30 rows=${rows} plan=${rows} | {"Index Name": "by_seller", "Index Cond": "(seller_id = 7)", "Filter": "(price > 9)", "Rows Removed by Filter": 20000}`)
  return judgePlan(derivePlan(raw), raw, {}).map(({ rule }) => rule)
}

describe('the way to the rows of a write', () => {
  it('is no trouble where many are changed and it is a small part: their pages are visited anyway', () => {
    expect(rulesOn(250, 2_000)).toEqual([])
  })

  it('is told where it is a large part, few rows are changed, or another table is read', () => {
    expect(rulesOn(80, 2_000)).toEqual(['index-scan-poor-selectivity'])
    expect(rulesOn(250, 20)).toEqual(['index-scan-poor-selectivity'])
    expect(rulesOn(250, 2_000, 'sellers')).toEqual(['index-scan-poor-selectivity'])
  })
})
