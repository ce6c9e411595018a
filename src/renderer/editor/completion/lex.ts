/**
 * A lexer for SQL that is being typed: it never fails, and an unfinished string or comment runs to the end.
 *
 * @source PostgreSQL manual, "Lexical Structure"
 */
export type TokenKind = 'word' | 'quoted' | 'string' | 'number' | 'parameter' | 'comment' | 'punctuation'

export interface Token {
  readonly kind: TokenKind
  /** UTF-16 offsets into the text. */
  readonly start: number
  readonly end: number
  /** Words folded to lower case as the server does, quoted names without their quotes, the rest as written. */
  readonly text: string
  /** A string, comment or quoted name whose end is missing. */
  readonly open?: true
}

// Sticky: each is tried at one position only, so that lexing stays linear.
const space = /\s+/y
const lineComment = /--[^\n]*/y
const word = /[\p{L}_][\p{L}\p{N}_$]*/uy
const number = /(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y
const parameter = /\$\d+/y
const dollarTag = /\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$/uy

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}

/** End of a block comment that starts at `at`; comments nest. */
function commentEnd(text: string, at: number): { readonly end: number; readonly open: boolean } {
  let depth = 0
  for (let i = at; i < text.length; i += 1) {
    if (text.startsWith('/*', i)) {
      depth += 1
      i += 1
    } else if (text.startsWith('*/', i)) {
      depth -= 1
      i += 1
      if (depth === 0) return { end: i + 1, open: false }
    }
  }
  return { end: text.length, open: true }
}

/** End of something between quotes, where a doubled quote (or a backslash, in `E''`) stands for itself. */
function quoteEnd(text: string, at: number, quote: string, backslashes: boolean): number | undefined {
  for (let i = at + 1; i < text.length; i += 1) {
    const char = text[i]
    if (backslashes && char === '\\') i += 1
    else if (char === quote) {
      if (text[i + 1] !== quote) return i + 1
      i += 1
    }
  }
  return undefined
}

function readString(text: string, at: number): Token | undefined {
  const prefix = /[eEbBxXnN]'|[uU]&'|'/y
  const opening = matchAt(prefix, text, at)
  if (opening === undefined) return undefined
  const quoteAt = at + opening.length - 1
  const end = quoteEnd(text, quoteAt, "'", /^e/i.test(opening))
  const token = { kind: 'string', start: at, end: end ?? text.length, text: '' } as const
  return end === undefined ? { ...token, open: true } : token
}

function readQuoted(text: string, at: number): Token | undefined {
  const opening = matchAt(/[uU]&"|"/y, text, at)
  if (opening === undefined) return undefined
  const quoteAt = at + opening.length - 1
  const end = quoteEnd(text, quoteAt, '"', false)
  const name = text.slice(quoteAt + 1, end === undefined ? text.length : end - 1).replaceAll('""', '"')
  const token = { kind: 'quoted', start: at, end: end ?? text.length, text: name } as const
  return end === undefined ? { ...token, open: true } : token
}

function readDollar(text: string, at: number): Token | undefined {
  const tag = matchAt(dollarTag, text, at)
  if (tag === undefined) return undefined
  const close = text.indexOf(tag, at + tag.length)
  const token = {
    kind: 'string',
    start: at,
    end: close < 0 ? text.length : close + tag.length,
    text: '',
  } as const
  return close < 0 ? { ...token, open: true } : token
}

function readToken(text: string, at: number): Token {
  const of = (kind: TokenKind, found: string, shown = found): Token => ({
    kind,
    start: at,
    end: at + found.length,
    text: shown,
  })
  const comment = matchAt(lineComment, text, at)
  // A line comment at the end of the text is still being written.
  if (comment !== undefined) {
    const token = of('comment', comment)
    return token.end === text.length ? { ...token, open: true } : token
  }
  if (text.startsWith('/*', at)) {
    const { end, open } = commentEnd(text, at)
    const token = { kind: 'comment', start: at, end, text: '' } as const
    return open ? { ...token, open: true } : token
  }
  const quoted = readString(text, at) ?? readQuoted(text, at)
  if (quoted) return quoted
  const bound = matchAt(parameter, text, at)
  if (bound !== undefined) return of('parameter', bound)
  const dollar = readDollar(text, at)
  if (dollar) return dollar
  const name = matchAt(word, text, at)
  if (name !== undefined) return of('word', name, name.toLowerCase())
  const digits = matchAt(number, text, at)
  if (digits !== undefined) return of('number', digits)
  if (text.startsWith('::', at)) return of('punctuation', '::')
  return of('punctuation', text[at] ?? ' ')
}

export function lexSql(text: string): readonly Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const blank = matchAt(space, text, at)
    if (blank !== undefined) {
      at += blank.length
      continue
    }
    const token = readToken(text, at)
    tokens.push(token)
    at = token.end
  }
  return tokens
}
