import type { PlanNode } from '../plan-types.ts'
import { type ColumnName, type Comparison, type Condition, columnsOf, type Operand } from './conditions.ts'
import { termsOf } from './facts.ts'
import { quoteIdentifier } from './sql.ts'

/** What an index could make of one term of a scan's filter. */
export type TermUse =
  /** A column compared with something from elsewhere: a B-tree finds it. */
  | { readonly kind: 'equality' | 'range' | 'weak'; readonly column: ColumnName }
  /** Contained, overlapping, matching: a GIN or GiST index finds it. */
  | { readonly kind: 'containment'; readonly column: ColumnName; readonly operator: string }
  /** LIKE: from the start (a B-tree of `text_pattern_ops`), or anywhere (trigrams). */
  | { readonly kind: 'prefix' | 'pattern'; readonly column: ColumnName }
  /** A column inside a call, a cast or arithmetic. */
  | {
      readonly kind: 'wrapped'
      readonly operand: Operand
      readonly comparison: Comparison
      readonly isEquality: boolean
    }
  /** Another expression compared with something from elsewhere: JSON members, remainders. */
  | { readonly kind: 'computed'; readonly operand: Operand }
  | {
      readonly kind: 'or'
      readonly condition: Condition
      readonly usable: boolean
      readonly columns: readonly ColumnName[]
    }
  | { readonly kind: 'subPlan' }
  | { readonly kind: 'none' }

export interface ScanFilter {
  readonly uses: readonly TermUse[]
  /** Which rule speaks for the scan; one cause, one finding. */
  readonly cause: 'column' | 'function' | 'or' | 'subPlan' | 'other'
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

const containment: ReadonlySet<string> = new Set(['@>', '<@', '&&', '@@', '?', '?|', '?&', '@?'])

/** Casts between types that share their bytes: the server still finds the column's index. */
const harmlessCast = /^(text|character varying|varchar|bpchar|character|name|citext|regclass|oid)(\(|$)/

/** Constants that nobody compares a text column with: what is cast to text here was a number, a date, a UUID. */
const numericText = /^'-?\d+(\.\d+)?'/
const otherText = /^'(\d{4}-\d\d-\d\d[^']*|[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12})'/i
const numberName = /(^|_|[a-z](?=I))(id|no|nr|num|number|count|qty|quantity|year|amount|total)$/i

function isHarmfulCast(operand: Operand, other: Operand): boolean {
  if (operand.casts.length === 0) return false
  if (operand.casts.some((type) => !harmlessCast.test(type))) return true
  if (operand.casts[0] !== 'text') return false
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

function readComparisonUse(node: PlanNode, comparison: Comparison): TermUse {
  const owns = (operand: Operand): boolean => operand.columns.some((column) => isOwn(node, column))
  if (owns(comparison.left) && owns(comparison.right)) return { kind: 'none' }
  const isFlipped = owns(comparison.right)
  const own = isFlipped ? comparison.right : comparison.left
  const other = isFlipped ? comparison.left : comparison.right
  if (own.kind === 'subPlan' || other.kind === 'subPlan') return { kind: 'subPlan' }
  if (!owns(own)) return { kind: 'none' }
  const operator = isFlipped ? (flipped.get(comparison.operator) ?? comparison.operator) : comparison.operator
  if (own.kind === 'column' && own.column !== undefined && !isHarmfulCast(own, other)) {
    const { column } = own
    const kind = btree.get(operator)
    if (kind !== undefined) return { kind, column }
    if (containment.has(operator)) return { kind: 'containment', column, operator }
    if (operator === '~~' || operator === '^@')
      return { kind: operator === '~~' && !/^'[^%_']/.test(other.text) ? 'pattern' : 'prefix', column }
    if (operator.startsWith('~')) return { kind: 'pattern', column }
    return { kind: 'none' }
  }
  const isEquality = operator === '=' || operator === '= ANY'
  if (!isEquality && btree.get(operator) !== 'range' && operator !== '~~') return { kind: 'none' }
  const isWrapped =
    own.kind === 'column' ||
    (own.kind === 'call' && own.callee !== 'row') ||
    (own.kind === 'expression' &&
      own.columns.length === 1 &&
      arithmetic.test(own.text) &&
      !/->|#>|%/.test(own.text))
  if (isWrapped) return { kind: 'wrapped', operand: own, comparison, isEquality }
  return own.kind === 'expression' ? { kind: 'computed', operand: own } : { kind: 'none' }
}

/** What an index could make of one term. */
export function readUse(node: PlanNode, term: Condition): TermUse {
  switch (term.kind) {
    case 'comparison':
      return readComparisonUse(node, term)
    case 'or': {
      const uses = term.parts.map((part) =>
        part.kind === 'and'
          ? (part.parts.map((inner) => readUse(node, inner)).find(isDirect) ?? { kind: 'none' as const })
          : readUse(node, part),
      )
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
      return { kind: 'or', condition: term, usable, columns }
    }
    case 'not':
    case 'other': {
      if (/SubPlan/.test(term.text)) return { kind: 'subPlan' }
      // A flag stands alone: `active`, `NOT active`.
      const inner = term.kind === 'not' ? term.parts[0] : term
      const [column] = columnsOf(term)
      const isFlag = inner?.kind === 'other' && column !== undefined && /^[\w."$]+$/.test(inner.text)
      return isFlag && isOwn(node, column) ? { kind: 'weak', column } : { kind: 'none' }
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

/** Reads a scan's filter and names the one cause that an index does not serve it. */
export function readScanFilter(node: PlanNode, label = 'Filter'): ScanFilter {
  const uses = termsOf(node, label).map((term) => readUse(node, term))
  const has = (matches: (use: TermUse) => boolean): boolean => uses.some(matches)
  const cause = has(({ kind }) => kind === 'equality' || kind === 'containment' || kind === 'prefix')
    ? 'column'
    : has((use) => use.kind === 'wrapped' && use.isEquality)
      ? 'function'
      : has((use) => use.kind === 'or' && use.usable)
        ? 'or'
        : has(({ kind }) => kind === 'range')
          ? 'column'
          : has((use) => use.kind === 'wrapped')
            ? 'function'
            : has(({ kind }) => kind === 'weak')
              ? 'column'
              : uses.length > 0 && uses.every(({ kind }) => kind === 'subPlan')
                ? 'subPlan'
                : 'other'
  return { uses, cause }
}

/** What a wrapped column is compared with. */
export const otherSide = ({ operand, comparison }: Extract<TermUse, { kind: 'wrapped' }>): Operand =>
  comparison.left === operand ? comparison.right : comparison.left

/** An index for the terms of a filter: equal columns first, then one range, or several ranges alone; undefined where no simple one serves. */
export function indexKeys(
  uses: readonly TermUse[],
): { readonly keys: readonly string[]; readonly method: string | undefined } | undefined {
  const columns = (kind: TermUse['kind']): readonly string[] => [
    ...new Set(
      uses.flatMap((use) => (use.kind === kind && 'column' in use ? [quoteIdentifier(use.column.name)] : [])),
    ),
  ]
  const equal = columns('equality')
  const prefix = columns('prefix').map((column) => `${column} text_pattern_ops`)
  const ranges = columns('range')
  const wrapped = uses.flatMap((use) =>
    use.kind === 'wrapped' && use.isEquality && isIndexable(use.operand, otherSide(use))
      ? [`(${unqualified(use.operand)})`]
      : [],
  )
  const computed = uses.flatMap((use) =>
    use.kind === 'computed' && isIndexable(use.operand) ? [`(${unqualified(use.operand)})`] : [],
  )
  const ordered = [...equal, ...[...wrapped, ...computed].slice(0, 1)]
  const others = ranges.filter((column) => !equal.includes(column))
  // Ranges alone: the first one bounds the walk, the others are compared in the index, before the table is asked.
  const last = prefix.length > 0 ? prefix.slice(0, 1) : others.slice(0, ordered.length === 0 ? 3 : 1)
  const keys = [...ordered, ...last].slice(0, 4)
  if (keys.length > 0) return { keys, method: undefined }
  const contained = columns('containment')
  if (contained.length > 0) return { keys: contained.slice(0, 1), method: 'gin' }
  const weak = columns('weak')
  return weak.length > 0 ? { keys: weak.slice(0, 2), method: undefined } : undefined
}

/** What these give depends on the session: its time zone, its language, the moment. */
const unstable =
  /\b(now|\w*_timestamp|timeofday|random|gen_random_uuid|to_char|to_date|to_number|age|date_part|timezone|concat|concat_ws|format|array_to_string|to_tsvector|current_setting)\(|\b(CURRENT_|LOCALTIME|EXTRACT\()/i

/** A value, not a constant, turned into a time: from a time with a zone that depends on the session's. */
const castToTime = /[^']::(date|time|interval)/

const withoutZone = /::timestamp without time zone|::timestamp\)?$/

/**
 * True where an index may hold the expression for all that the plan tells: the server refuses what depends on settings,
 * and the plan does not tell a column's type.
 *
 * @param other what it is compared with: its type may tell
 */
export function isIndexable({ text, columns, kind, casts }: Operand, other?: Operand): boolean {
  if (unstable.test(text) || castToTime.test(text) || text.includes('SubPlan')) return false
  if (/\b(date_trunc|date_bin|date)\(/i.test(text)) return other !== undefined && withoutZone.test(other.text)
  // A date or a time as text looks as the session wants it.
  if (kind === 'column' && casts[0] === 'text' && other !== undefined) return !otherText.test(other.text)
  return columns.length > 0
}

/** An operand as it stands in an index on its one table: without qualifiers. */
export function unqualified(operand: Operand): string {
  return operand.columns
    .reduce(
      (text, { qualifier }) =>
        qualifier === undefined
          ? text
          : text.replaceAll(`${quoteIdentifier(qualifier)}.`, '').replaceAll(`${qualifier}.`, ''),
      operand.text,
    )
    .replace(/^\((.*)\)$/s, (whole, inner: string) => (isBalanced(inner) ? inner : whole))
}

function isBalanced(text: string): boolean {
  let open = 0
  for (const char of text) {
    if (char === '(') open += 1
    if (char === ')') open -= 1
    if (open < 0) return false
  }
  return open === 0
}
