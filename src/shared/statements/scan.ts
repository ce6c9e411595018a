/** A token of SQL as far as splitting and a first look need it; whitespace and comments are left out. */
export interface SqlToken {
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'parameter' | 'symbol'
  /** UTF-16 offsets. */
  readonly start: number
  readonly end: number
  /** Lower case for words, the character for symbols, the digits of a parameter; empty for the rest. */
  readonly text: string
  /** The text ended before the quote did. */
  readonly unterminated: boolean
}

const blank = /[\s\uFEFF]+/y
const word = /[A-Za-z_\u0080-\uFFFF][\w$\u0080-\uFFFF]*/y
const number = /\d[\w.]*/y
const parameter = /\$(\d+)/y
const dollarTag = /\$(?:[A-Za-z_\u0080-\uFFFF][\w\u0080-\uFFFF]*)?\$/y
/** A string goes on after a line break, in the same kind of quoting. */
const continuation = /[ \t\f\v]*(?:--[^\n\r]*)?[\n\r](?:\s|--[^\n\r]*[\n\r])*'/y
const commentEdge = /\/\*|\*\//g

/**
 * The next token at or after `from`, or `undefined` at the end. Never throws: an open quote or comment takes the rest.
 *
 * Reads strings as with `standard_conforming_strings = on`, the default since PostgreSQL 9.1.
 *
 * @source PostgreSQL manual, "Lexical Structure"; src/backend/parser/scan.l
 */
export function scanToken(sql: string, from: number): SqlToken | undefined {
  const start = skipBlanks(sql, from)
  const first = sql[start]
  if (first === undefined) return undefined
  if (first === "'") return stringFrom(sql, start, start, false)
  if (first === '"') return closeAt(sql, start, start + 1, '"', 'quoted')
  if (first === '$') return dollar(sql, start)
  const digits = match(number, sql, start)
  if (digits !== undefined) return token('number', start, start + digits.length, '')
  const name = match(word, sql, start)
  if (name === undefined) return token('symbol', start, start + 1, first)
  const end = start + name.length
  if (sql[end] === "'" && /^[ebxn]$/i.test(name)) return stringFrom(sql, start, end, /^e$/i.test(name))
  return token('word', start, end, name.toLowerCase())
}

/** The first place at or after `from` that is neither blank nor part of a comment. */
function skipBlanks(sql: string, from: number): number {
  let at = from
  for (;;) {
    at += match(blank, sql, at)?.length ?? 0
    if (sql.startsWith('--', at)) at = lineEnd(sql, at)
    else if (sql.startsWith('/*', at)) at = commentEnd(sql, at)
    else return at
  }
}

function lineEnd(sql: string, from: number): number {
  const feed = sql.indexOf('\n', from)
  const end = feed === -1 ? sql.length : feed
  const carriage = sql.slice(from, end).indexOf('\r')
  return carriage === -1 ? end : from + carriage
}

/** Block comments nest. */
function commentEnd(sql: string, from: number): number {
  let depth = 0
  commentEdge.lastIndex = from
  for (let edge = commentEdge.exec(sql); edge !== null; edge = commentEdge.exec(sql)) {
    depth += edge[0] === '/*' ? 1 : -1
    if (depth === 0) return commentEdge.lastIndex
  }
  return sql.length
}

function stringFrom(sql: string, start: number, quote: number, escapes: boolean): SqlToken {
  let found = escapes ? escapedEnd(sql, quote + 1, start) : closeAt(sql, start, quote + 1, "'", 'string')
  for (;;) {
    const gap = found.unterminated ? undefined : match(continuation, sql, found.end)
    if (gap === undefined) return found
    const inside = found.end + gap.length
    found = escapes ? escapedEnd(sql, inside, start) : closeAt(sql, start, inside, "'", 'string')
  }
}

function escapedEnd(sql: string, inside: number, start: number): SqlToken {
  const edge = /\\[\s\S]|''|'/g
  edge.lastIndex = inside
  for (let found = edge.exec(sql); found !== null; found = edge.exec(sql)) {
    if (found[0] === "'") return token('string', start, edge.lastIndex, '')
  }
  return token('string', start, sql.length, '', true)
}

function closeAt(
  sql: string,
  start: number,
  inside: number,
  quote: string,
  kind: 'string' | 'quoted',
): SqlToken {
  let at = sql.indexOf(quote, inside)
  while (at !== -1 && sql[at + 1] === quote) at = sql.indexOf(quote, at + 2)
  return at === -1 ? token(kind, start, sql.length, '', true) : token(kind, start, at + 1, '')
}

function dollar(sql: string, start: number): SqlToken {
  const digits = match(parameter, sql, start)
  if (digits !== undefined) return token('parameter', start, start + digits.length, digits.slice(1))
  const tag = match(dollarTag, sql, start)
  if (tag === undefined) return token('symbol', start, start + 1, '$')
  const close = sql.indexOf(tag, start + tag.length)
  if (close === -1) return token('string', start, sql.length, '', true)
  return token('string', start, close + tag.length, '')
}

function match(pattern: RegExp, sql: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(sql)?.[0]
}

function token(
  kind: SqlToken['kind'],
  start: number,
  end: number,
  text: string,
  unterminated = false,
): SqlToken {
  return { kind, start, end, text, unterminated }
}
