import { describe, expect, it } from 'vitest'
import { cutAtMatches } from '#renderer/plan-views/search/marked.tsx'
import { searchPlan, splitSearch, stepMatch } from '#renderer/plan-views/search/search-plan.ts'
import { derivePlan } from '#shared/plan/index.ts'
import { planOf } from '../../shared/plan/plan-notation.ts'

const plan = derivePlan(
  planOf(`
    Hash Join | {"Hash Cond": "(o.customer_id = c.id)"}
      Seq Scan on orders | {"Filter": "(status = 'Returned'::text)"}
      Hash
        Index Scan on customers | {"Index Name": "customers_pkey", "Schema": "shop"}
  `),
)

describe('searching a plan', () => {
  it('finds nodes by type, relation, index, schema and condition, in any case', () => {
    expect(searchPlan(plan, 'seq scan')).toEqual([1])
    expect(searchPlan(plan, 'CUSTOMERS')).toEqual([3])
    expect(searchPlan(plan, '_pkey')).toEqual([3])
    expect(searchPlan(plan, 'shop')).toEqual([3])
    expect(searchPlan(plan, 'returned')).toEqual([1])
    expect(searchPlan(plan, 'hash cond')).toEqual([0])
  })

  it('wants all words anywhere, and a quoted phrase as it stands', () => {
    expect(searchPlan(plan, 'orders seq')).toEqual([1])
    expect(searchPlan(plan, '"orders seq"')).toEqual([])
    expect(searchPlan(plan, '"seq scan" status')).toEqual([1])
    expect(splitSearch(' A "b C" "open ')).toEqual(['a', 'b c', 'open'])
  })

  it('tells nothing searched for from nothing found', () => {
    expect(searchPlan(plan, '  ')).toBeUndefined()
    expect(searchPlan(plan, 'nowhere')).toEqual([])
  })

  it('steps through the matches and round the end, from wherever the selection is', () => {
    const matches = [2, 5, 9]
    expect(stepMatch(matches, 0, 1)).toBe(2)
    expect(stepMatch(matches, 5, 1)).toBe(9)
    expect(stepMatch(matches, 9, 1)).toBe(2)
    expect(stepMatch(matches, 2, -1)).toBe(9)
    expect(stepMatch(matches, 7, -1)).toBe(5)
    expect(stepMatch([], 7, 1)).toBeUndefined()
  })
})

describe('marking matches in a line', () => {
  it('cuts the line into what stands between and what matches, longest match first', () => {
    expect(cutAtMatches('Seq Scan on orders', ['scan', 'or'])).toEqual(['Seq ', 'Scan', ' on ', 'or', 'ders'])
    expect(cutAtMatches('orders', ['or', 'order'])).toEqual(['', 'order', 's'])
    expect(cutAtMatches('nothing', ['x'])).toEqual(['nothing'])
  })

  it('leaves a line alone whose letters change length in lower case', () => {
    expect(cutAtMatches('İstanbul tan', ['tan'])).toEqual(['İstanbul tan'])
  })
})
