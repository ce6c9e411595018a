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

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
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
    const space = match(spaces, text, at)
    if (space !== undefined) {
      at += space.length
      continue
    }
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
    const found = (
      [
        ['parameter', parameter],
        ['number', number],
        ['word', word],
        ['operator', operator],
      ] as const
    )
      .map(([kind, pattern]) => [kind, match(pattern, text, at)] as const)
      .find(([, part]) => part !== undefined)
    if (found?.[1] !== undefined) {
      push(found[0], at + found[1].length)
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
