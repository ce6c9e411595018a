import { lexSql, type Token } from './lex.ts'
import {
  type Block,
  buildTree,
  type Group,
  isMark,
  isQuery,
  isWord,
  type Node,
  readBlocks,
  type Source,
} from './scope.ts'

/** What may stand where the cursor is. */
export type Expected =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'start' }
  | { readonly kind: 'type' }
  | { readonly kind: 'relation'; readonly clause: string }
  /** After a source or another finished item: only keywords go on from here. */
  | { readonly kind: 'keyword'; readonly clause: string }
  | { readonly kind: 'expression'; readonly clause: string }
  /** Columns of one target: `insert into t (…)`, `update t set …`. */
  | { readonly kind: 'target-column'; readonly clause: string }
  | { readonly kind: 'procedure' }

export interface CompletionContext {
  readonly expected: Expected
  /** What was typed of the name so far, without an opening quote. */
  readonly prefix: string
  /** Offsets of what a suggestion replaces. */
  readonly replaceStart: number
  readonly replaceEnd: number
  /** `schema.` or `alias.` in front of the prefix, outermost first. */
  readonly qualifiers: readonly string[]
  /** Sources that names may come from: this query's, then those of the queries around it. */
  readonly sources: readonly Source[]
  /** Common table expressions that FROM may name. */
  readonly ctes: readonly string[]
  /** Output names of the select list, for ORDER BY and GROUP BY. */
  readonly outputs: readonly string[]
  /** The word before is written in capitals: so will keywords be. */
  readonly upperCase: boolean
}

/** Only this much text around the cursor is read: completion stays quick in a long script. */
const windowChars = 60_000

interface Window {
  readonly text: string
  readonly from: number
}

function windowAround(text: string, offset: number): Window {
  if (text.length <= 2 * windowChars) return { text, from: 0 }
  const low = Math.max(0, offset - windowChars)
  // A statement most likely begins after a semicolon that ends a line.
  const boundary = low === 0 ? 0 : text.indexOf(';\n', low) + 1
  const from = boundary > 0 && boundary < offset ? boundary : low
  return { text: text.slice(from, offset + windowChars), from }
}

function statementAround(tokens: readonly Token[], offset: number): readonly Token[] {
  let from = 0
  let to = tokens.length
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'punctuation' || token.text !== ';') continue
    if (token.end <= offset) from = index + 1
    else {
      to = index
      break
    }
  }
  return tokens.slice(from, to)
}

const clauseStarts = new Set(
  'select from join where on group having order limit offset set into update values returning using table call delete with fetch drop alter create analyze vacuum truncate reindex refresh'.split(
    ' ',
  ),
)
const relationClauses = new Set(['from', 'join', 'into', 'update', 'table', 'using'])
const relationCommands = new Set([
  'drop',
  'alter',
  'analyze',
  'vacuum',
  'truncate',
  'reindex',
  'refresh',
  'create',
])
/** A name follows these, not an end of the item. */
const openers = new Set(
  'from join into update table only lateral using where on and or not by having select distinct all when then else case set returning values in between like ilike is limit offset any some exists analyze vacuum truncate reindex view index'.split(
    ' ',
  ),
)

interface Level {
  readonly nodes: readonly Node[]
  readonly group?: Group
  readonly before: readonly Node[]
}

/** The parentheses around the cursor, outermost first. */
function levelsAt(root: readonly Node[], offset: number): readonly Level[] {
  const levels: Level[] = []
  let nodes = root
  let group: Group | undefined
  for (;;) {
    const before = nodes.filter((node) => node.end <= offset)
    levels.push({ nodes, before, ...(group ? { group } : {}) })
    const inner = nodes.find(
      (node): node is Group => node.kind === 'group' && node.start < offset && offset < node.end,
    )
    if (!inner) return levels
    group = inner
    nodes = inner.children
  }
}

function lastClause(nodes: readonly Node[]): string | undefined {
  const node = nodes.findLast((node) => node.kind === 'word' && clauseStarts.has(node.text))
  return node?.kind === 'word' ? node.text : undefined
}

function isTargetList(levels: readonly Level[]): boolean {
  const outer = levels.at(-2)?.before
  const last = outer?.at(-1)
  if (!outer || (last?.kind !== 'word' && last?.kind !== 'quoted')) return false
  const named = isMark(outer.at(-2), '.') ? outer.at(-4) : outer.at(-2)
  return (
    isWord(named, 'into') || (isWord(outer.at(-1), 'using') && outer.some((node) => isWord(node, 'join')))
  )
}

function expectedAt(levels: readonly Level[], qualified: boolean): Expected {
  const inner = levels.at(-1)
  if (!inner) return { kind: 'start' }
  const last = inner.before.at(-1)
  const inQuery = inner.group === undefined || isQuery(inner.nodes)
  if (isMark(last, '::')) return { kind: 'type' }
  if (isWord(last, 'as')) {
    const cast = isWord(levels.at(-2)?.before.at(-1), 'cast')
    return cast ? { kind: 'type' } : { kind: 'nothing' }
  }
  if (last === undefined && inner.group === undefined) return { kind: 'start' }
  if (!qualified && isTargetList(levels)) return { kind: 'target-column', clause: 'into' }
  const own = lastClause(inner.before)
  const clause =
    own ?? (inQuery ? undefined : levels.findLast(({ before }) => lastClause(before))?.before) ?? 'start'
  const name = typeof clause === 'string' ? clause : (lastClause(clause) ?? 'start')
  if (own === undefined && inQuery && inner.group === undefined) {
    return isWord(last, 'explain', 'verbose') || isMark(last, ')')
      ? { kind: 'start' }
      : { kind: 'keyword', clause: name }
  }
  if (name === 'call') return { kind: 'procedure' }
  const opens =
    last === undefined ||
    isMark(last, ',') ||
    (last.kind === 'word' && openers.has(last.text)) ||
    (last.kind === 'punctuation' && last.text !== ']' && last.text !== ';')
  if (relationCommands.has(name) && own !== undefined) return { kind: 'relation', clause: name }
  if (relationClauses.has(name) && own !== undefined) {
    if (name === 'update' && isWord(inner.before.at(-2), 'for')) return { kind: 'keyword', clause: 'from' }
    return opens || qualified ? { kind: 'relation', clause: 'from' } : { kind: 'keyword', clause: 'from' }
  }
  // `(|` may open a subquery as well as an expression.
  if (name === 'set' && own !== undefined && (isWord(last, 'set') || isMark(last, ',')))
    return { kind: 'target-column', clause: 'set' }
  if (name === 'group' || name === 'order') {
    if (isWord(last, 'group', 'order')) return { kind: 'keyword', clause: name }
  }
  return opens || qualified ? { kind: 'expression', clause: name } : { kind: 'keyword', clause: name }
}

interface Typed {
  readonly prefix: string
  readonly start: number
  readonly end: number
  readonly token?: Token
}

/** The name that is being written at the cursor; undefined inside strings, comments and numbers. */
function typedAt(text: string, tokens: readonly Token[], offset: number): Typed | undefined {
  const token = tokens.find(({ start, end }) => start < offset && offset <= end)
  if (!token) return { prefix: '', start: offset, end: offset }
  const inside = offset < token.end || token.open === true
  if (token.kind === 'comment' || token.kind === 'string') {
    return inside ? undefined : { prefix: '', start: offset, end: offset }
  }
  if (token.kind === 'number' || token.kind === 'parameter') return undefined
  if (token.kind === 'word')
    return { prefix: text.slice(token.start, offset), start: token.start, end: token.end, token }
  if (token.kind === 'quoted') {
    if (!inside) return { prefix: '', start: offset, end: offset }
    // An unfinished quoted name swallows the rest of the line and more: only what stands before the cursor counts.
    const end = token.open ? offset : token.end
    return { prefix: text.slice(token.start + 1, offset), start: token.start, end, token }
  }
  return { prefix: '', start: offset, end: offset }
}

function nameText(token: Token | undefined): string | undefined {
  return token?.kind === 'word' || token?.kind === 'quoted' ? token.text : undefined
}

/** Names and dots right before the cursor's name. */
function qualifiersBefore(tokens: readonly Token[], at: number): readonly string[] {
  const qualifiers: string[] = []
  let index = tokens.findLastIndex(({ end }) => end <= at)
  let next = at
  for (;;) {
    const dot = tokens[index]
    if (dot?.text !== '.' || dot.kind !== 'punctuation' || dot.end !== next) return qualifiers
    const name = nameText(tokens[index - 1])
    if (name === undefined) return qualifiers
    qualifiers.unshift(name)
    next = tokens[index - 1]?.start ?? 0
    index -= 2
  }
}

function blockAt(blocks: readonly Block[], offset: number): Block | undefined {
  return blocks.findLast((block) => (block.nodes[0]?.start ?? 0) < offset) ?? blocks[0]
}

function looksUpper(tokens: readonly Token[], text: string, offset: number): boolean {
  const keyword = tokens.findLast(
    ({ kind, end, text }) =>
      kind === 'word' && end <= offset && (clauseStarts.has(text) || openers.has(text)),
  )
  return keyword !== undefined && /^[A-Z]+$/.test(text.slice(keyword.start, keyword.end))
}

/** What the cursor at `offset` (UTF-16) asks for. Pure: the catalogue comes later. */
export function readContext(fullText: string, fullOffset: number): CompletionContext {
  const { text, from } = windowAround(fullText, fullOffset)
  const offset = fullOffset - from
  const tokens = statementAround(lexSql(text), offset)
  const typed = typedAt(text, tokens, offset)
  const nothing: CompletionContext = {
    expected: { kind: 'nothing' },
    prefix: '',
    replaceStart: fullOffset,
    replaceEnd: fullOffset,
    qualifiers: [],
    sources: [],
    ctes: [],
    outputs: [],
    upperCase: false,
  }
  if (!typed) return nothing
  // What is being typed is not yet part of the statement.
  const rest = tokens.filter((token) => token !== typed.token)
  const qualifiers = qualifiersBefore(rest, typed.start)
  const levels = levelsAt(buildTree(rest), typed.start)
  let ctes: Block['ctes'] = []
  const sources: Source[][] = []
  let outputs: readonly string[] = []
  for (const level of levels) {
    if (level.group && !isQuery(level.nodes)) continue
    const block = blockAt(readBlocks(level.nodes, ctes), typed.start)
    if (!block) continue
    ctes = block.ctes
    sources.unshift([...block.sources])
    outputs = block.outputs.flatMap((column) => ('name' in column ? [column.name] : []))
  }
  return {
    expected: expectedAt(levels, qualifiers.length > 0),
    prefix: typed.prefix,
    replaceStart: typed.start + from,
    replaceEnd: typed.end + from,
    qualifiers,
    sources: sources.flat(),
    ctes: ctes.map(({ alias }) => alias),
    outputs,
    upperCase: typed.prefix === '' ? looksUpper(tokens, text, offset) : /^[A-Z]/.test(typed.prefix),
  }
}
