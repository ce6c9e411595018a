import { isMark, isName, isWord, nameOf, Range } from './condition-ranges.ts'
import { readTokens, type Token } from './condition-tokens.ts'

/** A column as a condition names it, without quotes. */
export interface ColumnName {
  /** Alias of its relation; the server leaves it out where the statement has only one. */
  readonly qualifier: string | undefined
  readonly name: string
}

/** One side of a comparison. */
export interface Operand {
  readonly text: string
  /**
   * `column`: a bare one, perhaps cast; `constant`; `parameter`: `$1` or an InitPlan's value; `call`: of a function;
   * `subPlan`: the value of a SubPlan; `expression`: anything else.
   */
  readonly kind: 'column' | 'constant' | 'parameter' | 'call' | 'subPlan' | 'expression'
  /** The bare column, where it is one. */
  readonly column: ColumnName | undefined
  /** Types it is cast to, innermost first: `(total)::numeric` → `numeric`. */
  readonly casts: readonly string[]
  /** The function called, lower case. */
  readonly callee: string | undefined
  /** Every column named inside, each once, in order. */
  readonly columns: readonly ColumnName[]
}

/** What a node's condition says, as far as a glance at its text tells; `other` is everything not understood. */
export type Condition =
  | { readonly kind: 'and' | 'or' | 'not'; readonly text: string; readonly parts: readonly Condition[] }
  | {
      readonly kind: 'comparison'
      readonly text: string
      readonly left: Operand
      /** As the server prints it: `=`, `~~` (LIKE), `= ANY`, `IS NULL`, `IS NOT NULL`, … */
      readonly operator: string
      readonly right: Operand
    }
  | { readonly kind: 'other'; readonly text: string; readonly columns: readonly ColumnName[] }

export type Comparison = Extract<Condition, { kind: 'comparison' }>

/** Deeper nesting is not written by people. */
const deepest = 40

const constants: ReadonlySet<string> = new Set([
  'true',
  'false',
  'null',
  'current_date',
  'current_time',
  'current_timestamp',
  'localtime',
  'localtimestamp',
  'current_user',
  'session_user',
  'current_role',
  'current_catalog',
  'current_schema',
  'user',
])

/** Words that are never columns here: the server quotes a column of such a name, or no server would print it so. */
const keywords: ReadonlySet<string> = new Set(
  `and or not is in any all some array row case when then else end from distinct symmetric like ilike similar collate
   order asc desc group exists hashed subplan initplan alternatives unknown leading trailing both`
    .trim()
    .split(/\s+/),
)

/** Further words of a type's name, behind its first. */
const typeWords: ReadonlySet<string> = new Set([
  'without',
  'with',
  'time',
  'zone',
  'varying',
  'precision',
  'year',
  'month',
  'day',
  'hour',
  'minute',
  'second',
  'to',
])

/** Index behind a type's name that starts at `at`: `timestamp without time zone`, `numeric(10,2)`, `text[]`. */
function endOfType(tokens: readonly Token[], at: number): number {
  let end = at + 1
  while (isMark(tokens[end], '.') && isName(tokens[end + 1])) end += 2
  for (; end < tokens.length; end += 1) {
    const token = tokens[end]
    if (token?.kind === 'word' && typeWords.has(token.text.toLowerCase())) continue
    if (isMark(token, '(') || isMark(token, '[')) {
      const depth = token?.depth ?? 0
      while (
        end < tokens.length &&
        !(tokens[end]?.depth === depth && /^[)\]]$/.test(tokens[end]?.text ?? ''))
      )
        end += 1
      continue
    }
    break
  }
  return end
}

/** Every column named in a run of tokens, each once. */
function listColumns(tokens: readonly Token[]): readonly ColumnName[] {
  const found = new Map<string, ColumnName>()
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at]
    if (isMark(token, '::')) {
      at = endOfType(tokens, at + 1) - 1
      continue
    }
    if (!isName(token)) continue
    const lower = token.kind === 'word' ? token.text.toLowerCase() : undefined
    if (lower === 'collate') {
      at += 1
      continue
    }
    if (lower === 'at' && isWord(tokens[at + 1], 'time')) {
      at += 2
      continue
    }
    if (lower === 'extract' && isMark(tokens[at + 1], '(')) {
      at += 2
      continue
    }
    // A field of a row (`(x).y`) belongs to what stands before it.
    if (isMark(tokens[at - 1], '.') && !isName(tokens[at - 2])) continue
    const path: Token[] = [token]
    while (isMark(tokens[at + 1], '.') && isName(tokens[at + 2])) {
      const next = tokens[at + 2]
      if (next !== undefined) path.push(next)
      at += 2
    }
    if (isMark(tokens[at + 1], '(')) continue
    if (path.length === 1 && lower !== undefined && (keywords.has(lower) || constants.has(lower))) continue
    const [name, qualifier] = path.toReversed().map(nameOf)
    if (name !== undefined) found.set(`${qualifier ?? ''}\u0000${name}`, { qualifier, name })
  }
  return [...found.values()]
}

function readOperand(whole: Range): Operand {
  const text = whole.text
  const columns = listColumns(whole.tokens)
  const casts: string[] = []
  let range = whole.bare()
  for (;;) {
    const { tokens, depth } = range
    const cast = tokens.findLastIndex((token) => isMark(token, '::') && token.depth === depth)
    if (cast <= 0 || endOfType(tokens, cast + 1) !== tokens.length) break
    // What an operator, or AT TIME ZONE, joins is not cast alone.
    if (tokens.some((token) => token.kind === 'operator' && token.depth === depth)) break
    if (
      tokens.some(
        (token, at) => token.depth === depth && isWord(token, 'at') && isWord(tokens[at + 1], 'time'),
      )
    )
      break
    casts.unshift(range.cut(cast + 1).text)
    range = range.cut(0, cast).bare()
  }
  const { tokens, depth } = range
  const [first] = tokens
  const operand = (kind: Operand['kind'], more: Partial<Operand> = {}): Operand => ({
    text,
    kind,
    column: undefined,
    casts,
    callee: undefined,
    columns,
    ...more,
  })
  if (first === undefined) return operand('expression')
  const lower = first.kind === 'word' ? first.text.toLowerCase() : undefined
  const hasOperator = tokens.some((token) => token.kind === 'operator' && token.depth === depth)
  if (tokens.length === 1) {
    if (first.kind === 'string' || first.kind === 'number') return operand('constant')
    if (first.kind === 'parameter') return operand('parameter')
    if (lower !== undefined && constants.has(lower)) return operand('constant')
    if (isName(first)) return operand('column', { column: columns[0] })
  }
  if (tokens.length === 2 && first.text === '-' && tokens[1]?.kind === 'number') return operand('constant')
  if (tokens.some((token) => isWord(token, 'subplan'))) return operand('subPlan')
  if (columns.length === 0 && tokens.some((token) => isWord(token, 'initplan'))) return operand('parameter')
  if (columns.length === 1 && tokens.every((token) => isName(token) || isMark(token, '.')))
    return operand('column', { column: columns[0] })
  const call = tokens.findIndex((token) => isMark(token, '('))
  if (!hasOperator && call > 0 && isName(first) && isMark(tokens.at(-1), ')')) {
    const name = tokens[call - 1]
    const isWhole =
      tokens.findIndex((token) => isMark(token, ')') && token.depth === depth) === tokens.length - 1
    if (
      isWhole &&
      isName(name) &&
      tokens.slice(0, call).every((token) => isName(token) || isMark(token, '.'))
    )
      return operand('call', { callee: nameOf(name).toLowerCase() })
  }
  if (columns.length === 0) return operand('constant')
  return operand('expression')
}

const nothing: Operand = {
  text: '',
  kind: 'constant',
  column: undefined,
  casts: [],
  callee: undefined,
  columns: [],
}

function readComparison(range: Range): Condition {
  const { tokens, depth, text } = range
  const is = tokens.findIndex((token) => token.depth === depth && isWord(token, 'is'))
  if (is > 0) {
    const rest = range.cut(is)
    const operator = rest.text.toUpperCase()
    const distinct = rest.tokens.findIndex((token) => isWord(token, 'from'))
    if (distinct > 0)
      return {
        kind: 'comparison',
        text,
        left: readOperand(range.cut(0, is)),
        operator: rest.cut(0, distinct + 1).text.toUpperCase(),
        right: readOperand(rest.cut(distinct + 1)),
      }
    return { kind: 'comparison', text, left: readOperand(range.cut(0, is)), operator, right: nothing }
  }
  const operators = tokens.filter((token) => token.kind === 'operator' && token.depth === depth)
  const at = tokens.findIndex((token, index) => index > 0 && token === operators[0])
  if (at > 0 && operators.length === 1) {
    const sign = tokens[at]?.text ?? ''
    const quantifier = tokens[at + 1]
    const isAny = isWord(quantifier, 'any') || isWord(quantifier, 'all')
    return {
      kind: 'comparison',
      text,
      left: readOperand(range.cut(0, at)),
      operator: isAny ? `${sign} ${quantifier?.text.toUpperCase()}` : sign,
      right: readOperand(range.cut(isAny ? at + 2 : at + 1)),
    }
  }
  return { kind: 'other', text, columns: listColumns(tokens) }
}

function readRange(whole: Range, level: number): Condition {
  const range = whole.bare()
  const { tokens, depth, text } = range
  if (level > deepest) return { kind: 'other', text, columns: listColumns(tokens) }
  if (isWord(tokens[0], 'case')) return { kind: 'other', text, columns: listColumns(tokens) }
  if (isWord(tokens[0], 'not')) return { kind: 'not', text, parts: [readRange(range.cut(1), level + 1)] }
  for (const kind of ['or', 'and'] as const) {
    const parts: Condition[] = []
    let from = 0
    for (let at = 0; at <= tokens.length; at += 1) {
      const token = tokens[at]
      const splits = token === undefined ? parts.length > 0 : token.depth === depth && isWord(token, kind)
      if (!splits) continue
      parts.push(readRange(range.cut(from, at), level + 1))
      from = at + 1
    }
    if (parts.length > 1) return { kind, text, parts }
  }
  return readComparison(range)
}

/** Reads one condition of a node (`Filter`, `Index Cond`, …) as the server printed it. */
export function readCondition(text: string): Condition {
  const tokens = readTokens(text)
  if (tokens === undefined || tokens.length === 0) return { kind: 'other', text, columns: [] }
  return readRange(new Range(text, tokens), 0)
}

/** The conditions that must all hold: ANDs taken apart. */
export function listTerms(condition: Condition): readonly Condition[] {
  return condition.kind === 'and' ? condition.parts.flatMap(listTerms) : [condition]
}

/** Every column that a condition names, each once. */
export function columnsOf(condition: Condition): readonly ColumnName[] {
  const all =
    condition.kind === 'comparison'
      ? [...condition.left.columns, ...condition.right.columns]
      : condition.kind === 'other'
        ? condition.columns
        : condition.parts.flatMap(columnsOf)
  const seen = new Map(all.map((column) => [`${column.qualifier ?? ''}\u0000${column.name}`, column]))
  return [...seen.values()]
}
