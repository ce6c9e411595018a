import type { IndexKeys } from './index-keys.ts'
import type { TermUse } from './scan-filters.ts'
import { quoteIdentifier } from './sql.ts'

/** Both ends of a range in columns of one row, and a value that is to lie between. */
export interface RowRange {
  /** A GiST index on the range that they make. */
  readonly index: IndexKeys
  /** The condition that it finds. */
  readonly condition: string
}

type RangeUse = Extract<TermUse, { kind: 'range' }>

/** The range type that a value's own type tells; numbers shown without a type are integers of some width. */
function rangeType(value: string): string | undefined {
  if (/::timestamp with time zone\)*$/.test(value)) return 'tstzrange'
  if (/::timestamp without time zone\)*$/.test(value)) return 'tsrange'
  if (/::date\)*$/.test(value)) return 'daterange'
  if (/::numeric\)*$/.test(value)) return 'numrange'
  return /^'?-?\d+'?(::bigint)?$/.test(value) ? 'int8range' : undefined
}

const isLower = ({ operator }: RangeUse): boolean => operator.startsWith('<')

/**
 * `lo <= x AND hi >= x`: a B-tree on both walks through all that begin before `x`, however few have not ended. Undefined
 * where a filter says no such thing, or the values do not tell their type.
 *
 * @source PostgreSQL manual, “Range Types”, indexing
 */
export function rowRangeOf(uses: readonly TermUse[]): RowRange | undefined {
  const ranges = uses.filter((use) => use.kind === 'range')
  // With more to compare, nobody knows which of it keeps fewest rows.
  if (ranges.length !== 2 || uses.some(({ kind }) => kind === 'equality')) return undefined
  for (const lower of ranges.filter(isLower)) {
    const upper = ranges.find(
      (use) => !isLower(use) && use.column.name !== lower.column.name && use.other === lower.other,
    )
    const type = rangeType(lower.other)
    if (upper === undefined || type === undefined) continue
    const ends = `${lower.operator === '<=' ? '[' : '('}${upper.operator === '>=' ? ']' : ')'}`
    const range = `${type}(${quoteIdentifier(lower.column.name)}, ${quoteIdentifier(upper.column.name)}, '${ends}')`
    // A range of bigint takes no integer.
    const value = type === 'int8range' && !lower.other.includes('::') ? `${lower.other}::bigint` : lower.other
    return { index: { keys: [range], method: 'gist' }, condition: `${range} @> ${value}` }
  }
  return undefined
}
