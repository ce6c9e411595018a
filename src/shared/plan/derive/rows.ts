import type { Exactness, Interval } from '../plan-types.ts'
import type { TreeNode } from './tree.ts'

export interface Total {
  readonly total: number
  readonly range: Interval | undefined
  readonly exactness: Exactness
}

/**
 * A mean per loop, rounded by the server, taken back to a total (plan-semantics, rule 1).
 *
 * @param mean rows per loop as printed
 * @param half half of the last printed digit: 0.5 before PostgreSQL 18, 0.005 since
 * @returns the total with the interval that it lies in; counts are whole, so an interval that holds just one
 *   whole number is exact
 */
export function totalOfMean(mean: number, loops: number, half: number): Total {
  const value = mean * loops
  if (loops <= 1) return { total: value, range: undefined, exactness: 'exact' }
  const low = Math.max(0, (mean - half) * loops)
  const high = (mean + half) * loops
  const whole = Math.round(value)
  if (whole - 1 < low && high < whole + 1 && Math.abs(whole - value) <= half * loops) {
    return { total: whole, range: undefined, exactness: 'exact' }
  }
  return { total: value, range: { low, high }, exactness: 'bounded' }
}

/** True if mean rows carry two decimals: a server from 18 on, which also says `Disabled` on every node. */
export function hasFractionalRows(tree: readonly TreeNode[]): boolean {
  const root = tree[0]
  if (root === undefined) return false
  if ('Disabled' in root.raw || 'Index Searches' in root.raw) return true
  return tree.some((node) => node.rows !== undefined && !Number.isInteger(node.rows))
}
