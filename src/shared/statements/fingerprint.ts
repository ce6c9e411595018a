import { type SqlToken, scanToken } from './scan.ts'

/** What all statements that differ only by their values have in common. */
export interface StatementFingerprint {
  /** 16 hexadecimal digits, the same wherever it is computed; of the folded text. */
  readonly fingerprint: string
  /** The statement on one line: values as `?`, lists of values as `…`, without comments. */
  readonly text: string
}

/** Statements are told apart by so many UTF-16 units of their folded text; what follows is left out. */
const longestText = 8_000

/**
 * Folds a statement to its shape, so that its executions can be counted together: literals, numbers and `$n` become
 * `?`, lists behind `IN` and `ARRAY` become `…` however long they are, further rows of `VALUES` like the first go,
 * comments and white space go, unquoted names turn to lower case.
 *
 * Takes a time that grows with the text. A broken statement has a shape, too.
 *
 * @source PostgreSQL manual, "Lexical Structure"; pg_stat_statements for what counts as the same
 */
export function fingerprintStatement(sql: string): StatementFingerprint {
  const text = foldStatement(sql)
  return { fingerprint: hashText(text), text }
}

const operators: ReadonlySet<string> = new Set('+-*/<>=~!@#%^&|`?:')
const valueWords: ReadonlySet<string> = new Set(['null', 'true', 'false', 'default'])
const beforeValueWords: ReadonlySet<string> = new Set([',', '(', '[', '='])
/** Words behind which a minus is a number's sign; behind any other name or value it subtracts. */
const beforeSign: ReadonlySet<string> = new Set(
  `select where and or not in between like then else when limit offset by set return having on values any case
  interval returning as`.split(/\s+/),
)
/** Words that keep their distance from a bracket; a function's name does not. */
const beforeBracket: ReadonlySet<string> = new Set(
  `select where and or not in between like ilike then else when limit offset by set return having on values any all
  some as from join using exists over union except intersect with materialized into conflict is filter case distinct lateral
  check references default returning only update table`.split(/\s+/),
)

interface OpenBracket {
  /** Index of the bracket among the pieces. */
  readonly at: number
  /** Holds a list of values that is one value to us. */
  readonly isList: boolean
}

/** The folded text of a statement, as `fingerprintStatement` hashes it. */
export function foldStatement(sql: string): string {
  const pieces: string[] = []
  const brackets: OpenBracket[] = []
  let length = 0
  let previousEnd = -1

  function put(piece: string): void {
    pieces.push(piece)
    length += piece.length + 1
  }

  function putValue(): void {
    let before = pieces.at(-1)
    if ((before === '-' || before === '+') && isSign(pieces.at(-2))) {
      pieces.pop()
      before = pieces.at(-1)
    }
    // Long lists are folded as they come: the bracket's end makes the same of few and of many.
    if (before === ',' && pieces.at(-2) === '?' && brackets.at(-1)?.isList === true) {
      pieces.pop()
      length -= 2
    } else put('?')
  }

  function open(bracket: string): void {
    const before = pieces.at(-1)
    brackets.push({ at: pieces.length, isList: before === (bracket === '(' ? 'in' : 'array') })
    put(bracket)
  }

  function close(bracket: string): void {
    const opened = brackets.pop()
    put(bracket)
    if (opened === undefined || !holdsValues(pieces, opened.at + 1)) return
    if (opened.isList) pieces.splice(opened.at + 1, pieces.length - opened.at - 2, '…')
    else dropRepeatedRow(pieces, opened.at)
  }

  function putSymbol(symbol: string, start: number): void {
    const before = pieces.at(-1)
    if (before !== undefined && start === previousEnd && isOneOperator(before, symbol))
      pieces[pieces.length - 1] = before + symbol
    else if (symbol === '(' || symbol === '[') open(symbol)
    else if (symbol === ')' || symbol === ']') close(symbol)
    else put(symbol)
  }

  function take(token: SqlToken): void {
    if (token.kind === 'word') {
      const isValue = valueWords.has(token.text) && beforeValueWords.has(pieces.at(-1) ?? '(')
      if (isValue) putValue()
      else put(token.text)
    } else if (token.kind === 'quoted') put(sql.slice(token.start, token.end))
    else if (token.kind === 'symbol') putSymbol(token.text, token.start)
    else putValue()
    previousEnd = token.end
  }

  for (let token = scanToken(sql, 0); token !== undefined; token = scanToken(sql, token.end)) {
    take(token)
    if (length > longestText) break
  }
  while (pieces.at(-1) === ';') pieces.pop()
  return join(pieces)
}

/** Two characters side by side are one operator; but one that ends in a sign needs an unusual character to. */
function isOneOperator(before: string, symbol: string): boolean {
  if (before === '?' || !operators.has(symbol) || !operators.has(before.at(-1) ?? '')) return false
  return (symbol !== '-' && symbol !== '+') || /[~!@#%^&|`]/.test(before)
}

/** Whether a minus behind this piece belongs to the number that follows. */
function isSign(before: string | undefined): boolean {
  if (before === undefined || beforeSign.has(before)) return true
  return !/^[\p{L}_"?…)\]]/u.test(before)
}

/** Whether nothing but values, with or without casts, stands from here to the closing bracket. */
function holdsValues(pieces: readonly string[], from: number): boolean {
  let count = 0
  for (let at = from; at < pieces.length - 1; at += 1) {
    const piece = pieces[at]
    if (piece === '?') count += 1
    else if (piece !== ',' && piece !== '::' && pieces[at - 1] !== '::') {
      // A row inside a list: `in ((1, 2), (3, 4))`.
      if (piece !== '(' && piece !== ')') return false
    }
  }
  return count > 0
}

/** `(?, ?), (?, ?)` is `(?, ?)`: rows of VALUES. */
function dropRepeatedRow(pieces: string[], at: number): void {
  const size = pieces.length - at
  if (pieces[at - 1] !== ',' || at - 1 - size < 0) return
  for (let index = 0; index < size; index += 1) {
    if (pieces[at - 1 - size + index] !== pieces[at + index]) return
  }
  pieces.length = at - 1
}

const noBlankBefore: ReadonlySet<string> = new Set([',', ')', ']', ';', '.', '::', '['])
const noBlankAfter: ReadonlySet<string> = new Set(['(', '[', '.', '::'])

function join(pieces: readonly string[]): string {
  let text = ''
  let before = ''
  for (const piece of pieces) {
    const isCall = piece === '(' && /^[\p{L}_"]/u.test(before) && !beforeBracket.has(before)
    text +=
      before === '' || noBlankBefore.has(piece) || noBlankAfter.has(before) || isCall ? piece : ` ${piece}`
    before = piece
  }
  return text
}

/** 64 bits of FNV-1a over UTF-16 units, in two halves with different starts and multipliers. */
function hashText(text: string): string {
  let high = 0x811c9dc5
  let low = 0x9e3779b9
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    high = Math.imul(high ^ unit, 0x01000193)
    low = Math.imul(low ^ unit, 0x85ebca6b)
    low ^= low >>> 13
  }
  high ^= high >>> 16
  return (high >>> 0).toString(16).padStart(8, '0') + (low >>> 0).toString(16).padStart(8, '0')
}
