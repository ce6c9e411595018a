import type { Token } from './lex.ts'
import { isReserved } from './words.ts'

/** Tokens with their parentheses paired. */
export type Node = Token | Group

export interface Group {
  readonly kind: 'group'
  readonly start: number
  /** Offset after the closing parenthesis, or the end of the text. */
  readonly end: number
  readonly children: readonly Node[]
}

/** Something that columns can be taken from. */
export type Source =
  | {
      readonly kind: 'relation'
      readonly schema?: string
      readonly name: string
      readonly alias?: string
    }
  | { readonly kind: 'derived'; readonly alias: string; readonly columns: readonly DerivedColumn[] }

/** A column that a subquery hands out: by name, or all of some sources (`*`). */
export type DerivedColumn =
  | { readonly name: string }
  | { readonly allOf: readonly Source[]; readonly only?: string }

/** One query of a statement: what it reads and the common table expressions it knows. */
export interface Block {
  readonly nodes: readonly Node[]
  readonly sources: readonly Source[]
  readonly ctes: readonly Extract<Source, { kind: 'derived' }>[]
  /** Names given by `as` in the select list, for ORDER BY and GROUP BY. */
  readonly outputs: readonly DerivedColumn[]
}

export function buildTree(tokens: readonly Token[]): readonly Node[] {
  const root: Node[] = []
  const open: { readonly start: number; readonly children: Node[] }[] = []
  const close = (at: number): void => {
    const group = open.pop()
    if (group) (open.at(-1)?.children ?? root).push({ kind: 'group', ...group, end: at })
  }
  for (const token of tokens) {
    if (token.kind === 'comment') continue
    if (token.kind === 'punctuation' && token.text === '(') open.push({ start: token.start, children: [] })
    else if (token.kind === 'punctuation' && token.text === ')') close(token.end)
    else (open.at(-1)?.children ?? root).push(token)
  }
  while (open.length > 0) close(Number.MAX_SAFE_INTEGER)
  return root
}

export function isWord(node: Node | undefined, ...texts: readonly string[]): boolean {
  return node?.kind === 'word' && texts.includes(node.text)
}

export function isMark(node: Node | undefined, text: string): boolean {
  return node?.kind === 'punctuation' && node.text === text
}

function nameOf(node: Node | undefined): string | undefined {
  if (node?.kind === 'quoted') return node.text
  return node?.kind === 'word' && !isReserved(node.text) ? node.text : undefined
}

const queryStarts = ['select', 'with', 'values', 'insert', 'update', 'delete', 'merge', 'table'] as const

export function isQuery(nodes: readonly Node[]): boolean {
  return isWord(nodes[0], ...queryStarts) || (nodes.length === 1 && nodes[0]?.kind === 'group')
}

const clauseWords = new Set(
  'select from where group having order limit offset fetch for window union intersect except on using join left right full inner cross natural set values returning when lateral with tablesample'.split(
    ' ',
  ),
)

/** Reads `[as] alias [(a, b)]` after a source; answers how far it got. */
function readAlias(
  nodes: readonly Node[],
  at: number,
): { readonly alias?: string; readonly columns?: readonly string[]; readonly next: number } {
  let next = at
  if (isWord(nodes[next], 'as')) next += 1
  const node = nodes[next]
  const alias = node?.kind === 'word' && clauseWords.has(node.text) ? undefined : nameOf(node)
  if (alias === undefined) return { next }
  const list = nodes[next + 1]
  if (list?.kind !== 'group') return { alias, next: next + 1 }
  return { alias, columns: namesIn(list), next: next + 2 }
}

function namesIn(group: Group): readonly string[] {
  return group.children.map(nameOf).filter((name) => name !== undefined)
}

type Cte = Extract<Source, { kind: 'derived' }>

function withNames(columns: readonly DerivedColumn[], names: readonly string[] | undefined) {
  return names === undefined ? columns : names.map((name) => ({ name }))
}

/** Reads one item of a FROM list, which starts at `at`. */
function readSource(
  nodes: readonly Node[],
  at: number,
  ctes: readonly Cte[],
  intoTable: boolean,
): { readonly source?: Source; readonly next: number } {
  let next = at
  while (isWord(nodes[next], 'only', 'lateral')) next += 1
  const node = nodes[next]
  if (node?.kind === 'group') {
    const given = readAlias(nodes, next + 1)
    const columns = isQuery(node.children) ? readBlocks(node.children, ctes)[0]?.outputs : undefined
    if (given.alias === undefined) return { next: given.next }
    return {
      source: { kind: 'derived', alias: given.alias, columns: withNames(columns ?? [], given.columns) },
      next: given.next,
    }
  }
  const first = nameOf(node)
  if (first === undefined) return { next: next + 1 }
  const second = isMark(nodes[next + 1], '.') ? nameOf(nodes[next + 2]) : undefined
  const qualified = isMark(nodes[next + 1], '.')
  next += qualified ? (second === undefined ? 2 : 3) : 1
  const name = second ?? first
  // A function in FROM: its columns are not known here, but its alias is.
  const called = !intoTable && nodes[next]?.kind === 'group'
  const given = readAlias(nodes, called ? next + 1 : next)
  if (called) {
    const columns = withNames([], given.columns)
    return { source: { kind: 'derived', alias: given.alias ?? name, columns }, next: given.next }
  }
  if (qualified && second === undefined) return { next }
  const cte = second === undefined ? ctes.find(({ alias }) => alias === first) : undefined
  if (cte)
    return {
      source: {
        kind: 'derived',
        alias: given.alias ?? cte.alias,
        columns: withNames(cte.columns, given.columns),
      },
      next: given.next,
    }
  return {
    source: {
      kind: 'relation',
      name,
      ...(second === undefined ? {} : { schema: first }),
      ...(given.alias === undefined ? {} : { alias: given.alias }),
    },
    next: given.next,
  }
}

/** Everything a query reads from: FROM and JOIN, the target of INSERT, UPDATE, DELETE and MERGE, USING. */
function readSources(nodes: readonly Node[], ctes: readonly Cte[]): readonly Source[] {
  const sources: Source[] = []
  let inList = false
  let at = 0
  while (at < nodes.length) {
    const node = nodes[at]
    const starts =
      isWord(node, 'from', 'join', 'into') ||
      (isWord(node, 'update') && !isWord(nodes[at - 1], 'for', 'key', 'do', 'on', 'then')) ||
      (isWord(node, 'using') && nodes[at + 1]?.kind !== 'group') ||
      (isMark(node, ',') && inList)
    if (starts) {
      inList = !isWord(node, 'into', 'update')
      const read = readSource(nodes, at + 1, ctes, isWord(node, 'into'))
      if (read.source) sources.push(read.source)
      at = Math.max(read.next, at + 1)
      continue
    }
    if (
      node?.kind === 'word' &&
      clauseWords.has(node.text) &&
      !isWord(node, 'left', 'right', 'full', 'inner')
    )
      inList = isWord(node, 'on', 'cross', 'natural', 'lateral') ? inList : false
    at += 1
  }
  return sources
}

function splitAt(nodes: readonly Node[], mark: string): readonly (readonly Node[])[] {
  const parts: Node[][] = [[]]
  for (const node of nodes) {
    if (isMark(node, mark)) parts.push([])
    else parts.at(-1)?.push(node)
  }
  return parts
}

/** What a select list (or RETURNING) hands out. */
function readOutputs(nodes: readonly Node[], sources: readonly Source[]): readonly DerivedColumn[] {
  const from = nodes.findIndex((node) => isWord(node, 'select', 'returning'))
  if (from < 0) return []
  const length = nodes
    .slice(from + 1)
    .findIndex((node) =>
      isWord(node, 'from', 'where', 'group', 'order', 'limit', 'into', 'union', 'having', 'window'),
    )
  const list = nodes.slice(from + 1, length < 0 ? undefined : from + 1 + length)
  return splitAt(list, ',').flatMap((item): readonly DerivedColumn[] => {
    const last = item.at(-1)
    if (isMark(last, '*')) {
      const only = isMark(item.at(-2), '.') ? nameOf(item.at(-3)) : undefined
      return item.length <= 3 ? [{ allOf: sources, ...(only === undefined ? {} : { only }) }] : []
    }
    // A function call without a name is called like the function.
    const name = nameOf(last) ?? (last?.kind === 'group' ? nameOf(item.at(-2)) : undefined)
    return name === undefined || isWord(last, 'end') ? [] : [{ name }]
  })
}

/** Reads `with a as (…), b (x, y) as (…)`; each one knows those before it, and itself when recursive. */
function readWith(nodes: readonly Node[], outer: readonly Cte[]): readonly Cte[] {
  if (!isWord(nodes[0], 'with')) return outer
  const ctes: Cte[] = [...outer]
  for (let at = 1; at < nodes.length; at += 1) {
    const name = nameOf(nodes[at])
    if (name === undefined || isWord(nodes[at], 'recursive')) continue
    const list = nodes[at + 1]
    const names = list?.kind === 'group' ? namesIn(list) : undefined
    const body = nodes
      .slice(at + 1, at + 7)
      .find((node, index): node is Group => node.kind === 'group' && (index > 0 || names === undefined))
    if (!isWord(nodes[at + (names === undefined ? 1 : 2)], 'as') || body === undefined) continue
    const known = [...ctes, { kind: 'derived', alias: name, columns: withNames([], names) } as const]
    const outputs = readBlocks(body.children, known)[0]?.outputs ?? []
    ctes.push({ kind: 'derived', alias: name, columns: withNames(outputs, names) })
    at = nodes.indexOf(body, at)
    if (!isMark(nodes[at + 1], ',')) break
    at += 1
  }
  return ctes
}

/** The queries side by side at one level: those that UNION, INTERSECT and EXCEPT join. */
export function readBlocks(nodes: readonly Node[], outer: readonly Cte[]): readonly Block[] {
  const ctes = readWith(nodes, outer)
  const parts: Node[][] = [[]]
  for (const node of nodes) {
    if (isWord(node, 'union', 'intersect', 'except')) parts.push([])
    parts.at(-1)?.push(node)
  }
  return parts.map((part) => {
    const only = part.length === 1 ? part[0] : undefined
    if (only?.kind === 'group') {
      const inner = readBlocks(only.children, ctes)[0]
      if (inner) return { ...inner, nodes: part }
    }
    const sources = readSources(part, ctes)
    return { nodes: part, sources, ctes, outputs: readOutputs(part, sources) }
  })
}
