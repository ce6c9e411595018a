/** One word of a condition as the server prints it. */
export interface Token {
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'parameter' | 'operator' | 'mark'
  readonly text: string
  readonly start: number
  readonly end: number
  /** Parentheses and brackets open around it. */
  readonly depth: number
  /** Of an opening parenthesis or bracket: where the closing one starts. */
  readonly closesAt: number | undefined
}

const spaces = /\s+/y
const word = /[\p{L}_][\p{L}\p{N}_$]*/uy
const number = /\d+(?:\.\d+)?(?:e[+-]?\d+)?/iy
const parameter = /\$\d+/y
const operator = /[-+*/<>=~!@#%^&|`?]+/y

/** What a word of each kind begins with, in ASCII; others are letters, spaces or marks. */
const starts: readonly (readonly [Token['kind'] | 'space', RegExp, string])[] = [
  ['space', spaces, ' \t\n\v\f\r'],
  ['parameter', parameter, '$'],
  ['number', number, '0123456789'],
  ['word', word, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_'],
  ['operator', operator, '-+*/<>=~!@#%^&|`?'],
]
type Start = (typeof starts)[number]
const startAt: readonly (Start | undefined)[] = Array.from({ length: 128 }, (_, code) =>
  starts.find(([, , characters]) => characters.includes(String.fromCharCode(code))),
)
const beyondAscii = starts.filter(([kind]) => kind === 'space' || kind === 'word')

/** What begins at a place and how it is matched; undefined for a mark. */
function startOf(text: string, at: number): { readonly kind: Start[0]; readonly end: number } | undefined {
  const code = text.charCodeAt(at)
  const start = startAt[code]
  if (start !== undefined) {
    const end = endOfMatch(start[1], text, at)
    return end === undefined ? undefined : { kind: start[0], end }
  }
  if (code < 128) return undefined
  for (const [kind, pattern] of beyondAscii) {
    const end = endOfMatch(pattern, text, at)
    if (end !== undefined) return { kind, end }
  }
  return undefined
}

/** Longer conditions are lists of thousands of values, or no conditions. */
const longest = 20_000

/** Where a text in quotes ends, behind the closing quote; undefined if it does not. */
function endOfQuoted(text: string, from: number, quote: string, escapes: boolean): number | undefined {
  for (let at = from + 1; at < text.length; at += 1) {
    const char = text[at]
    if (escapes && char === '\\') at += 1
    else if (char === quote) {
      if (text[at + 1] !== quote) return at + 1
      at += 1
    }
  }
  return undefined
}

function endOfMatch(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : undefined
}

/**
 * Cuts a condition into its words. Linear in its length.
 *
 * @returns undefined where the text is not closed (a quote, a parenthesis) or too long to be worth reading
 */
export function readTokens(text: string): readonly Token[] | undefined {
  if (text.length > longest) return undefined
  const tokens: { -readonly [Key in keyof Token]: Token[Key] }[] = []
  const open: number[] = []
  let depth = 0
  let at = 0
  const push = (kind: Token['kind'], end: number): void => {
    tokens.push({ kind, text: text.slice(at, end), start: at, end, depth, closesAt: undefined })
    at = end
  }
  while (at < text.length) {
    const char = text[at] ?? ''
    if (char === "'" || ((char === 'E' || char === 'B' || char === 'X') && text[at + 1] === "'")) {
      const end = endOfQuoted(text, char === "'" ? at : at + 1, "'", char === 'E')
      if (end === undefined) return undefined
      push('string', end)
      continue
    }
    if (char === '"') {
      const end = endOfQuoted(text, at, '"', false)
      if (end === undefined) return undefined
      push('quoted', end)
      continue
    }
    const found = startOf(text, at)
    if (found !== undefined) {
      if (found.kind === 'space') at = found.end
      else push(found.kind, found.end)
      continue
    }
    if (char === ')' || char === ']') {
      depth -= 1
      const opening = tokens[open.pop() ?? -1]
      if (opening === undefined) return undefined
      opening.closesAt = at
    }
    push('mark', text.startsWith('::', at) ? at + 2 : at + 1)
    if (char === '(' || char === '[') {
      open.push(tokens.length - 1)
      depth += 1
    }
  }
  return depth === 0 ? tokens : undefined
}
