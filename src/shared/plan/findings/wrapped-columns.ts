import type { Operand } from './conditions.ts'
import { type IndexKeys, indexKeys, isIndexable, otherSide, patternKeys, unqualified } from './index-keys.ts'
import type { TermUse } from './scan-filters.ts'
import { quoteIdentifier } from './sql.ts'

/** A column inside of a call, a cast or arithmetic. */
export type Wrapped = Extract<TermUse, { kind: 'wrapped' }>

export const columnText = (operand: Operand): string => quoteIdentifier(operand.columns[0]?.name ?? 'column')

const dateParts = new Set([
  'date_trunc',
  'date_part',
  'extract',
  'to_char',
  'timezone',
  'date',
  'date_bin',
  'age',
])

/** Parts of a time that come again and again. */
const recurring =
  /\bEXTRACT\((dow|isodow|doy|hour|minute|second|day|week|month|quarter) |\bdate_part\('(dow|isodow|doy|hour|minute|second|day|week|month|quarter)'/i

/** How to say the same with the column left alone. */
export function rewriting({ operand, comparison }: Wrapped): string {
  const column = columnText(operand)
  const { callee } = operand
  const ranged = `Compare the column itself with a range instead: ${column} >= … AND ${column} < …`
  if (operand.kind === 'column') {
    return operand.casts.some((type) => /^(date|timestamp)/.test(type))
      ? ranged
      : comparison.left.columns.length > 0 && comparison.right.columns.length > 0
        ? `Leave ${column} as it is and cast the other side to its type (“${comparison.text}”), or give both columns one type.`
        : `Leave ${column} as it is and cast the other side to its type: often a driver's parameter has the wrong type (“${comparison.text}”).`
  }
  if (recurring.test(operand.text))
    return `No range of ${column} stands for this part of a time: keep it in a generated column with an index, or index the expression where the column's type has no time zone.`
  if (callee !== undefined && dateParts.has(callee)) return ranged
  if (callee === 'lower' || callee === 'upper')
    return `Index the expression as it stands below, or give ${column} a case-insensitive collation (or type citext).`
  if (callee === 'substr' || callee === 'substring' || callee === 'left')
    return `Say it as a pattern from the start: ${column} LIKE 'abc%', with an index of text_pattern_ops.`
  if (callee === 'coalesce')
    return `Compare ${column} itself: ${column} ${comparison.operator} …, with OR ${column} IS NULL only where the value put in for NULL passes, too; or declare the column NOT NULL.`
  if (operand.kind === 'expression')
    return `Move the arithmetic to the other side, so that ${column} stands alone.`
  return `Say the condition about ${column} itself, if it can be said without ${callee ?? 'the call'}.`
}

/** The expression with the filter's other columns, where they serve together; else alone. */
export function expressionIndex(uses: readonly TermUse[], wrapped: Wrapped): IndexKeys | undefined {
  const { operand } = wrapped
  const pattern = patternKeys(wrapped)
  if (pattern !== undefined || wrapped.like !== undefined) return pattern
  if (!isIndexable(operand, otherSide(wrapped))) return undefined
  const keys = indexKeys(uses)?.keys ?? []
  const expression = `(${unqualified(operand)})`
  return { keys: keys.includes(expression) ? keys : [expression], method: undefined }
}

/** The wrapped column that keeps a filter from an index: one that is compared for equality, where there is one. */
export function wrappedOf(uses: readonly TermUse[]): Wrapped | undefined {
  const wrapped = uses.filter((use) => use.kind === 'wrapped')
  return wrapped.find(({ isEquality }) => isEquality) ?? wrapped[0]
}

/** The sides of an OR of which one at least wraps its column; none where no OR keeps the filter from its indexes. */
export const sidesOf = (uses: readonly TermUse[]): readonly TermUse[] =>
  uses.flatMap((use) => (use.kind === 'or' && use.sides.length > 0 ? [use.sides] : []))[0] ?? []
