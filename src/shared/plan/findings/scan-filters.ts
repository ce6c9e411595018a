import type { PlanNode } from '../plan-types.ts'
import { type AccessMethod, accessOf } from './access-methods.ts'
import { type ColumnName, type Comparison, type Condition, columnsOf, type Operand } from './conditions.ts'
import { termsOf } from './facts.ts'

/** What an index could make of one term of a scan's filter. */
export type TermUse =
  /** A column compared with something from elsewhere: a B-tree finds it. */
  | {
      readonly kind: 'range'
      readonly column: ColumnName
      readonly operator: string
      /** What it is compared with, as the server prints it. */
      readonly other: string
    }
  /** `isList`: with any of several values, whose rows an index does not give in one order. */
  | { readonly kind: 'equality'; readonly column: ColumnName; readonly isList: boolean }
  /** A flag, or whether there is a value: the WHERE of a partial index. `text` as the server prints the term. */
  | { readonly kind: 'weak'; readonly column: ColumnName; readonly text: string }
  /** Contained, overlapping, matching: a GIN or GiST index finds it. */
  | {
      readonly kind: 'containment'
      readonly column: ColumnName
      readonly operator: string
      readonly access: AccessMethod
    }
  /** One value looked for among the elements of an array column: no index finds it as it is said. */
  | { readonly kind: 'member'; readonly column: ColumnName }
  /** LIKE: from the start (a B-tree of `text_pattern_ops`), or anywhere (trigrams). */
  | { readonly kind: 'prefix' | 'pattern'; readonly column: ColumnName }
  /** A column inside a call, a cast or arithmetic. */
  | {
      readonly kind: 'wrapped'
      readonly operand: Operand
      readonly comparison: Comparison
      readonly isEquality: boolean
      /** Matched by a pattern: from the start, or anywhere. */
      readonly like?: 'prefix' | 'pattern'
    }
  /** Another expression compared with something from elsewhere: JSON members, remainders, the words of a text. */
  | { readonly kind: 'computed'; readonly operand: Operand; readonly access?: AccessMethod }
  | {
      readonly kind: 'or'
      readonly condition: Condition
      readonly usable: boolean
      readonly columns: readonly ColumnName[]
      /** What indexes of its sides would find, did all of them compare columns alone: none where one would not. */
      readonly sides: readonly TermUse[]
    }
  | { readonly kind: 'subPlan' }
  /** Compared with what differs from row to row, as `random()` does. */
  | { readonly kind: 'volatile' }
  | { readonly kind: 'none' }

export interface ScanFilter {
  readonly uses: readonly TermUse[]
  /** Which rule speaks for the scan; one cause, one finding. */
  readonly cause: 'column' | 'function' | 'or' | 'subPlan' | 'volatile' | 'other'
}

const btree: ReadonlyMap<string, 'equality' | 'range' | 'weak'> = new Map([
  ['=', 'equality'],
  ['= ANY', 'equality'],
  ['<', 'range'],
  ['<=', 'range'],
  ['>', 'range'],
  ['>=', 'range'],
  ['IS NULL', 'weak'],
  ['IS NOT NULL', 'weak'],
  ['IS TRUE', 'weak'],
  ['IS FALSE', 'weak'],
])

/** Casts between types that share their bytes: the server still finds the column's index. */
const harmlessCast = /^(text|character varying|varchar|bpchar|character|name|citext|regclass|oid)(\(|$)/

/** Constants that nobody compares a text column with: what is cast to text here was a number, a date, a UUID. */
const numericText = /^'-?\d+(\.\d+)?'/
export const otherText = /^'(\d{4}-\d\d-\d\d[^']*|[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12})'/i
const numberName =
  /(^|_|[a-z](?=I)|(?=key$))(id|no|nr|num|number|count|qty|quantity|year|amount|total|key|pk|seq|size|age|price|level|rank|score)$/i

export function isHarmfulCast(operand: Operand, other: Operand): boolean {
  if (operand.casts.length === 0) return false
  if (operand.casts.some((type) => !harmlessCast.test(type))) return true
  if (operand.casts[0] !== 'text') return false
  // Another column, or what is made of it, does not show its type: only the name tells a number.
  if (other.columns.length > 0) return numberName.test(operand.column?.name ?? '')
  const constant = other.text.replace(/^\('?\{?/, "'")
  if (otherText.test(constant)) return true
  return numericText.test(constant) && numberName.test(operand.column?.name ?? '')
}

/** True for a column of the scan itself: others come from the outer side of a join or from outside a SubPlan. */
export function isOwn(node: PlanNode, column: ColumnName): boolean {
  return (
    column.qualifier === undefined || column.qualifier === node.alias || column.qualifier === node.relation
  )
}

const flipped: ReadonlyMap<string, string> = new Map([
  ['<', '>'],
  ['<=', '>='],
  ['>', '<'],
  ['>=', '<='],
  ['@>', '<@'],
  ['<@', '@>'],
])

const arithmetic = /(^|[\w)\s])[-+*/]\s*[\w('$]/

/** Other values for each row: such a comparison is never the same twice. */
const volatile = /\b(random|random_normal|clock_timestamp|timeofday|gen_random_uuid|nextval|setseed)\(/i

/** A regular expression that says how the text begins; the last letter may be repeated or left out. */
const anchored = /^'\^[\w \-/@:,]{2}[^|']*'/

/** A pattern that begins with letters leads through a B-tree; any other needs trigrams. */
const likeOf = (operator: string, other: Operand): 'prefix' | 'pattern' | undefined =>
  operator === '^@' ||
  (operator === '~' && anchored.test(other.text)) ||
  (operator === '~~' && /^'[^%_']/.test(other.text))
    ? 'prefix'
    : /^~(~\*?|\*)?$/.test(operator)
      ? 'pattern'
      : undefined

/** True of a call or arithmetic around a column. */
export const isWrapping = ({ kind, callee, columns, text }: Operand): boolean =>
  (kind === 'call' && callee !== 'row') ||
  (kind === 'expression' && columns.length === 1 && arithmetic.test(text) && !/->|#>|%/.test(text))

function readComparisonUse(node: PlanNode, comparison: Comparison): TermUse {
  const owns = (operand: Operand): boolean => operand.columns.some((column) => isOwn(node, column))
  if (owns(comparison.left) && owns(comparison.right)) return { kind: 'none' }
  const isFlipped = owns(comparison.right)
  const own = isFlipped ? comparison.right : comparison.left
  const other = isFlipped ? comparison.left : comparison.right
  if (own.kind === 'subPlan' || other.kind === 'subPlan') return { kind: 'subPlan' }
  if (!owns(own)) return { kind: 'none' }
  if (volatile.test(other.text)) return { kind: 'volatile' }
  if (isFlipped && comparison.operator.endsWith(' ANY'))
    return comparison.operator === '= ANY' && own.column !== undefined
      ? { kind: 'member', column: own.column }
      : { kind: 'none' }
  const operator = isFlipped ? (flipped.get(comparison.operator) ?? comparison.operator) : comparison.operator
  if (own.kind === 'column' && own.column !== undefined && !isHarmfulCast(own, other)) {
    const { column } = own
    const kind = btree.get(operator)
    if (kind === 'weak') return { kind, column, text: comparison.text }
    if (kind === 'equality') return { kind, column, isList: operator === '= ANY' }
    if (kind !== undefined) return { kind, column, operator, other: other.text }
    const access = accessOf(operator, other.text)
    if (access !== undefined) return { kind: 'containment', column, operator, access }
    const like = likeOf(operator, other)
    return like === undefined ? { kind: 'none' } : { kind: like, column }
  }
  const access = accessOf(operator, other.text)
  if (access !== undefined) return { kind: 'computed', operand: own, access }
  const isEquality = operator === '=' || operator === '= ANY'
  const like = likeOf(operator, other)
  if (!isEquality && btree.get(operator) !== 'range' && like === undefined) return { kind: 'none' }
  if (own.kind === 'column' || isWrapping(own))
    return {
      kind: 'wrapped',
      operand: own,
      comparison,
      isEquality,
      ...(like === undefined ? {} : { like }),
    }
  return own.kind === 'expression' && like === undefined
    ? { kind: 'computed', operand: own }
    : { kind: 'none' }
}

/** What an index could make of one term. */
export function readUse(node: PlanNode, term: Condition): TermUse {
  switch (term.kind) {
    case 'comparison':
      return readComparisonUse(node, term)
    case 'or': {
      const uses = term.parts.map((part): TermUse => {
        if (part.kind !== 'and') return readUse(node, part)
        const inner = part.parts.map((one) => readUse(node, one))
        return inner.find(isDirect) ?? inner.find(isWrapped) ?? { kind: 'none' }
      })
      const columns = uses.flatMap((use) => (isDirect(use) ? [use.column] : []))
      // `$1 IS NULL OR a = $1`: a branch without columns switches the other off.
      const isSwitch = term.parts.some((part) => columnsOf(part).length === 0)
      const usable =
        columns.length > 0 &&
        term.parts.every((part, at) => {
          const use = uses[at]
          return (
            (use !== undefined && (isDirect(use) || use.kind === 'subPlan')) ||
            (isSwitch && columnsOf(part).length === 0) ||
            /SubPlan/.test(part.text)
          )
        })
      const isMendable = uses.some(isWrapped) && uses.every((use) => isDirect(use) || isWrapped(use))
      return { kind: 'or', condition: term, usable, columns, sides: isMendable ? uses : [] }
    }
    case 'not':
    case 'other': {
      if (/SubPlan/.test(term.text)) return { kind: 'subPlan' }
      // A flag stands alone: `active`, `NOT active`.
      const inner = term.kind === 'not' ? term.parts[0] : term
      const [column] = columnsOf(term)
      const isFlag = inner?.kind === 'other' && column !== undefined && /^[\w."$]+$/.test(inner.text)
      return isFlag && isOwn(node, column) ? { kind: 'weak', column, text: term.text } : { kind: 'none' }
    }
    default:
      return { kind: 'none' }
  }
}

const isDirect = (use: TermUse): use is Extract<TermUse, { column: ColumnName }> =>
  use.kind === 'equality' ||
  use.kind === 'range' ||
  use.kind === 'weak' ||
  use.kind === 'containment' ||
  use.kind === 'prefix'

const isWrapped = (use: TermUse): boolean => use.kind === 'wrapped'

/** An index that begins with such a column gives the rows found in the order of what follows. */
export const isOneValue = (use: TermUse): boolean => use.kind === 'equality' && !use.isList

/** Reads a scan's filter and names the one cause that an index does not serve it. */
export function readScanFilter(node: PlanNode, label = 'Filter'): ScanFilter {
  const uses = termsOf(node, label).map((term) => readUse(node, term))
  return { uses, cause: causeOf(uses) }
}

/** What mends most comes first. */
function causeOf(uses: readonly TermUse[]): ScanFilter['cause'] {
  const has = (matches: (use: TermUse) => boolean): boolean => uses.some(matches)
  const hasOnly = (kind: TermUse['kind']): boolean =>
    uses.length > 0 && uses.every((use) => use.kind === kind)
  if (has(({ kind }) => kind === 'equality' || kind === 'containment' || kind === 'prefix')) return 'column'
  if (has((use) => use.kind === 'wrapped' && use.isEquality)) return 'function'
  if (has((use) => use.kind === 'or' && use.usable)) return 'or'
  if (has((use) => use.kind === 'or' && use.sides.length > 0)) return 'function'
  if (has(({ kind }) => kind === 'range')) return 'column'
  if (has(isWrapped)) return 'function'
  if (has(({ kind }) => kind === 'weak')) return 'column'
  if (hasOnly('subPlan')) return 'subPlan'
  return hasOnly('volatile') ? 'volatile' : 'other'
}
