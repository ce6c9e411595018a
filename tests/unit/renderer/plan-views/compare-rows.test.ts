import { describe, expect, test } from 'vitest'
import { buildCompareRows, isChanged } from '#renderer/plan-views/compare/compare-rows.ts'
import { comparePlans, derivePlan, type Plan } from '#shared/plan/index.ts'
import { planOf } from '#tests/unit/shared/plan/plan-notation.ts'

const plan = (notation: string): Plan => derivePlan(planOf(notation))

const hash = plan(`
Hash Join  ms=10 rows=5
  Seq Scan on orders  ms=5 rows=50
  Hash  ms=2 rows=9
    Seq Scan on customers  ms=1 rows=9`)
const loop = plan(`
Nested Loop  ms=4 rows=5
  Seq Scan on customers  ms=1 rows=9
  Memoize  ms=2 rows=1 loops=9
    Index Scan on orders  ms=0.1 rows=1 loops=9`)

const rows = (before: Plan, after: Plan) => buildCompareRows(before, after, comparePlans(before, after))

describe('the list of a comparison', () => {
  test('follows the plan after, with what is gone behind what it followed', () => {
    const lines = rows(hash, loop).map(
      ({ before, after }) => `${before?.nodeType ?? '-'} → ${after?.nodeType ?? '-'}`,
    )
    expect(lines).toEqual([
      'Hash Join → Nested Loop',
      'Seq Scan → Seq Scan',
      '- → Memoize',
      'Seq Scan → Index Scan',
      'Hash → -',
    ])
  })

  test('tells each node of both plans once', () => {
    const listed = rows(hash, loop)
    expect(listed.filter(({ before }) => before !== undefined)).toHaveLength(hash.nodes.length)
    expect(listed.filter(({ after }) => after !== undefined)).toHaveLength(loop.nodes.length)
    expect(new Set(listed.map(({ key }) => key)).size).toBe(listed.length)
  })

  test('holds a plan unchanged against itself', () => {
    expect(rows(hash, hash).some(isChanged)).toBe(false)
  })
})
