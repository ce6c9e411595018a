import { type SqlToken, scanToken } from '#shared/statements/index.ts'
import type { Names } from './names.ts'
import { builtInFunctions, builtInTypes, keptWords } from './plain-words.ts'

/** Numbers behind these belong to the plan's grammar: `(InitPlan 1).col1`. */
const numberedWords: ReadonlySet<string> = new Set(['initplan', 'subplan'])

const unquote = (text: string): string =>
  text.startsWith('"') ? text.slice(1, text.endsWith('"') ? -1 : undefined).replaceAll('""', '"') : text

function listTokens(sql: string): readonly SqlToken[] {
  const tokens: SqlToken[] = []
  for (let token = scanToken(sql, 0); token !== undefined; token = scanToken(sql, token.end))
    tokens.push(token)
  return tokens
}

/** The index behind a type that starts at `from`: its words, its size in parentheses, its brackets. */
function endOfType(tokens: readonly SqlToken[], from: number): number {
  let at = from
  while (tokens[at]?.kind === 'word' && builtInTypes.has(tokens[at]?.text ?? '')) at += 1
  if (at === from) return from
  if (tokens[at]?.text === '(' && tokens[at + 1]?.kind === 'number') {
    while (at < tokens.length && tokens[at]?.text !== ')') at += 1
    at += 1
    // `timestamp(3) without time zone`
    while (tokens[at]?.kind === 'word' && builtInTypes.has(tokens[at]?.text ?? '')) at += 1
  }
  while (tokens[at]?.text === '[' || tokens[at]?.text === ']') at += 1
  return at
}

/** A piece of SQL with names and literals replaced, its comments dropped and its words, operators and casts kept. */
export function redactSql(sql: string, names: Names): string {
  const tokens = listTokens(sql)
  const out: string[] = []
  let written = 0
  let typeEnd = 0
  for (const [at, token] of tokens.entries()) {
    const gap = sql.slice(written, token.start)
    // Comments stand in gaps: only blanks between words are kept of them.
    out.push(gap.trim() === '' ? gap : ' ')
    written = token.end
    const isCast = tokens[at - 1]?.text === ':' && tokens[at - 2]?.text === ':'
    if (isCast) typeEnd = endOfType(tokens, at)
    const source = sql.slice(token.start, token.end)
    out.push(at < typeEnd ? source : redactToken(source, tokens, at, isCast, names))
  }
  return out.join('')
}

function redactToken(
  source: string,
  tokens: readonly SqlToken[],
  at: number,
  isCast: boolean,
  names: Names,
): string {
  const token = tokens[at]
  const before = tokens[at - 1]
  const next = tokens[at + 1]
  if (token === undefined || token.kind === 'symbol' || token.kind === 'parameter') return source
  if (token.kind === 'string') return `'${names.replace(source, 'text')}'`
  if (token.kind === 'number') {
    return before?.kind === 'word' && numberedWords.has(before.text)
      ? source
      : names.replace(source, 'number')
  }
  const name = token.kind === 'quoted' ? unquote(source) : token.text
  const isMember = before?.text === '.'
  const isCalled = next?.text === '(' && next.start === token.end
  if (token.kind === 'word') {
    // The columns of an InitPlan's or SubPlan's row have no names of their own.
    if (isMember && tokens[at - 2]?.text === ')' && /^col\d+$/.test(name)) return source
    if (!isMember && keptWords.has(name)) return source
    if (isCalled && builtInFunctions.has(name)) return source
  }
  return names.replace(name, isCast ? 'type' : isCalled ? 'function' : 'column')
}
