import { type ColumnName, columnsOf, type Operand, readCondition } from './conditions.ts'
import { otherText, type TermUse } from './scan-filters.ts'
import { createIndex, quoteIdentifier } from './sql.ts'

/** An index as advice names it. */
export interface IndexKeys {
  readonly keys: readonly string[]
  /** `gin`, `gist`; a B-tree unless told. */
  readonly method: string | undefined
  /** Of a partial index. */
  readonly where?: string
  /** Extension that its operator class comes with. */
  readonly extension?: string
}

/** What a wrapped column is compared with. */
export const otherSide = ({ operand, comparison }: Extract<TermUse, { kind: 'wrapped' }>): Operand =>
  comparison.left === operand ? comparison.right : comparison.left

/**
 * An index for the terms of a filter: equal columns first, then one range, or several ranges alone; flags alone become
 * the WHERE of a partial index. Undefined where no simple one serves.
 */
export function indexKeys(uses: readonly TermUse[]): IndexKeys | undefined {
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
    use.kind === 'computed' && use.access === undefined && isIndexable(use.operand)
      ? [`(${unqualified(use.operand)})`]
      : [],
  )
  const ordered = [...equal, ...[...wrapped, ...computed].slice(0, 1)]
  const others = ranges.filter((column) => !equal.includes(column))
  // Ranges alone: the first one bounds the walk, the others are compared in the index, before the table is asked.
  const last = prefix.length > 0 ? prefix.slice(0, 1) : others.slice(0, ordered.length === 0 ? 3 : 1)
  const keys = [...ordered, ...last].slice(0, 4)
  if (keys.length > 0) return { keys, method: undefined }
  return containmentKeys(uses) ?? flagKeys(uses)
}

/** An index for a pattern: by its beginning, or by the trigrams that it holds. */
export function patternKeys(use: TermUse): IndexKeys | undefined {
  const like = use.kind === 'wrapped' ? use.like : use.kind === 'pattern' ? use.kind : undefined
  if (like === undefined) return undefined
  const key =
    use.kind === 'pattern'
      ? quoteIdentifier(use.column.name)
      : use.kind === 'wrapped' && isIndexable(use.operand)
        ? `(${unqualified(use.operand)})`
        : undefined
  if (key === undefined) return undefined
  return like === 'prefix'
    ? { keys: [`${key} text_pattern_ops`], method: undefined }
    : { keys: [`${key} gin_trgm_ops`], method: 'gin', extension: 'pg_trgm' }
}

/** The statement that makes it, with the extension that it needs. */
export function indexStatement(table: string, { keys, method, where, extension }: IndexKeys): string {
  const create = createIndex(table, keys, method, where)
  return extension === undefined ? create : `CREATE EXTENSION IF NOT EXISTS ${extension};\n${create}`
}

/** One containment: an index of several would need the same method and class. */
function containmentKeys(uses: readonly TermUse[]): IndexKeys | undefined {
  for (const use of uses) {
    const key =
      use.kind === 'containment'
        ? quoteIdentifier(use.column.name)
        : use.kind === 'computed' && use.access !== undefined && isIndexable(use.operand)
          ? `(${unqualified(use.operand)})`
          : undefined
    if (key === undefined || (use.kind !== 'containment' && use.kind !== 'computed')) continue
    const { method, opclass } = use.access ?? {}
    if (method === undefined) continue
    return { keys: [opclass === undefined ? key : `${key} ${opclass}`], method }
  }
  return undefined
}

/** A value that is true, false or missing parts the rows in two: only the smaller part belongs into an index. */
function flagKeys(uses: readonly TermUse[]): IndexKeys | undefined {
  const flags = uses.filter((use) => use.kind === 'weak')
  const [first] = flags
  if (first === undefined) return undefined
  const where = flags.map(({ text }) => unqualifiedTerm(text)).join(' AND ')
  return { keys: [quoteIdentifier(first.column.name)], method: undefined, where }
}

/** A term as it stands in a statement about its one table. */
export const unqualifiedTerm = (text: string): string => unqualify(text, columnsOf(readCondition(text)))

/** What these give depends on the session: its time zone, its language, the moment. */
const unstable =
  /\b(now|\w*_timestamp|timeofday|random|gen_random_uuid|to_char|to_date|to_number|age|date_part|timezone|concat|concat_ws|format|array_to_string|current_setting)\(|\bto_tsvector\((?!'[^']*'::regconfig)|\b(CURRENT_|LOCALTIME|EXTRACT\()/i

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
  // With a zone a day more depends on the session's; the other side tells whether there is one.
  if (/\b(date_trunc|date_bin|date)\(|::interval/i.test(text))
    return other !== undefined && withoutZone.test(other.text)
  // A date or a time as text looks as the session wants it.
  if (kind === 'column' && casts[0] === 'text' && other !== undefined) return !otherText.test(other.text)
  return columns.length > 0
}

/** An operand as it stands in an index on its one table: without qualifiers. */
export function unqualified({ text, columns }: Operand): string {
  return unqualify(text, columns).replace(/^\((.*)\)$/s, (whole, inner: string) =>
    isBalanced(inner) ? inner : whole,
  )
}

const unqualify = (text: string, columns: readonly ColumnName[]): string =>
  columns.reduce(
    (left, { qualifier }) =>
      qualifier === undefined
        ? left
        : left.replaceAll(`${quoteIdentifier(qualifier)}.`, '').replaceAll(`${qualifier}.`, ''),
    text,
  )

function isBalanced(text: string): boolean {
  let open = 0
  for (const char of text) {
    if (char === '(') open += 1
    if (char === ')') open -= 1
    if (open < 0) return false
  }
  return open === 0
}
