import { describe, expect, it } from 'vitest'
import { derivePlan } from '#shared/plan/index.ts'
import { indexRows } from '../../../../../src/shared/plan/findings/whole-read.ts'
import { planOf } from '../plan-notation.ts'

const scanOf = (keys: object) => {
  const [node] = derivePlan(
    planOf(`Index Scan on users  ms=0.004 rows=1 | ${JSON.stringify({ 'Index Cond': '(id = 7)', ...keys })}`),
  ).nodes
  if (node === undefined) throw new Error('no node')
  return node
}
const rowsAt = (cost: number, keys: object = {}) => indexRows(scanOf({ 'Startup Cost': cost, ...keys }))

/** What the server charges for the way down into a tree of so many rows, as EXPLAIN shows it. */
const costOf = (rows: number, height: number) =>
  Math.round((Math.ceil(Math.log2(rows)) * 0.0025 + (height + 1) * 0.125) * 100) / 100

describe('rows of an index', () => {
  it('are two to the power of the doublings that the way down into it costs', () => {
    // 0.29 is two levels and 16 doublings, 0.42 three levels and 18, 0.25 two levels and none.
    expect(rowsAt(0.29)).toBe(2 ** 16)
    expect(rowsAt(0.42)).toBe(2 ** 18)
    expect(rowsAt(0.25)).toBe(1)
  })

  it('are right to a factor of four below and eight above, which is what two decimals of cost leave', () => {
    for (const [rows, height] of [
      [3_000, 1],
      [50_000, 1],
      [200_000, 2],
      [1_000_000, 2],
      [40_000_000, 3],
    ] as const) {
      const factor = (rowsAt(costOf(rows, height)) ?? 0) / rows
      expect(factor).toBeGreaterThanOrEqual(1 / 4)
      expect(factor).toBeLessThanOrEqual(8)
    }
  })

  it('are not told where the start costs something else, or a way down for each value of a list', () => {
    expect(rowsAt(0.1)).toBeUndefined()
    expect(rowsAt(0.49)).toBeUndefined()
    expect(rowsAt(0.42, { 'Index Cond': "(id = ANY ('{1,2}'::integer[]))" })).toBeUndefined()
  })
})
