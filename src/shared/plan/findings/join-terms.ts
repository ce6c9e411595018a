import type { Condition } from './conditions.ts'

/** True for an equality between columns of two relations: what a hash or merge join could join by. */
export function isHashable(term: Condition): boolean {
  if (term.kind !== 'comparison' || term.operator !== '=') return false
  const [left] = term.left.columns
  const [right] = term.right.columns
  return left !== undefined && right !== undefined && left.qualifier !== right.qualifier
}
