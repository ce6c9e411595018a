import { type SqlToken, scanToken } from './scan.ts'

/** A list of columns that is longer says less than what stands behind it. */
const longListChars = 20
/** What is in brackets and longer (values, columns, a long condition) is left out. */
const longBracketsChars = 32
/** Longer statements are looked at so far. */
const mostTokens = 1_000

/**
 * A statement on one line with what tells it from others: what is read and by which conditions, without long lists of
 * columns and values. No statement any more, but a name for one: for a row of a table.
 *
 *     select … from shop.orders where customer_id = $1
 *     insert into carts (…) values (…) on conflict do nothing
 *
 * @param mostChars longer names are cut
 */
export function condenseStatement(sql: string, mostChars = 240): string {
  const tokens: SqlToken[] = []
  for (
    let token = scanToken(sql, 0);
    token !== undefined && tokens.length < mostTokens;
    token = scanToken(sql, token.end)
  )
    tokens.push(token)
  const written = createLine(sql, mostChars)
  writeSpan(tokens, 0, tokens.length, written)
  return written.text()
}

/** What `pg_stat_statements` leaves of a list of values, from version 18 on. */
const squashed = '/*, ... */'

/** A line that is written token by token, with one space where there was any room between two. */
interface Line {
  put(token: SqlToken): void
  /** Something was left out here. */
  leaveOut(isApart: boolean): void
  isFull(): boolean
  text(): string
}

function createLine(sql: string, mostChars: number): Line {
  let line = ''
  let end: number | undefined
  return {
    put(token) {
      const gap = end === undefined ? '' : sql.slice(end, token.start)
      if (gap.includes(squashed)) line += ', …'
      const isRoom = end === undefined ? line.endsWith('…') : gap !== ''
      const isApart = isRoom && !/[([]$|^$|\(…$/.test(line) && !/[),;\]]/.test(token.text)
      line += `${isApart ? ' ' : ''}${sql.slice(token.start, token.end).replaceAll(/\s+/g, ' ')}`
      end = token.end
    },
    leaveOut(isApart) {
      line += isApart ? ' …' : '…'
      end = undefined
    },
    isFull: () => line.length > mostChars,
    text: () => (line.length > mostChars ? `${line.slice(0, mostChars)}…` : line),
  }
}

function writeSpan(tokens: readonly SqlToken[], from: number, to: number, line: Line): void {
  let at = from
  while (at < to && !line.isFull()) {
    const token = tokens[at]
    if (token === undefined) return
    line.put(token)
    at += 1
    if (token.text === 'select') at = writeColumns(tokens, at, to, line)
    else if (token.text === '(') at = writeBrackets(tokens, at, to, line)
  }
}

/** What is selected, if that is short. @returns where to go on */
function writeColumns(tokens: readonly SqlToken[], from: number, to: number, line: Line): number {
  let at = from
  const first = tokens[at]
  if (first?.text === 'all' || first?.text === 'distinct') {
    line.put(first)
    at += 1
  }
  const end = findFrom(tokens, at, to)
  if (end === undefined || lengthOf(tokens, at, end) <= longListChars) return at
  line.leaveOut(true)
  return end
}

/** The FROM of a SELECT, past those of subqueries and of `extract(… from …)`. */
function findFrom(tokens: readonly SqlToken[], from: number, to: number): number | undefined {
  let depth = 0
  for (let at = from; at < to; at += 1) {
    const text = tokens[at]?.text
    if (text === '(') depth += 1
    else if (text === ')') depth -= 1
    if (depth < 0) return undefined
    if (depth > 0 || text === undefined) continue
    if (text === 'from' && tokens[at - 1]?.text !== 'distinct') return at
    if (text === ';' || text === 'union' || text === 'except' || text === 'intersect') return undefined
  }
  return undefined
}

/** What stands in brackets, if that is short or a query of its own. @returns where to go on, behind them */
function writeBrackets(tokens: readonly SqlToken[], from: number, to: number, line: Line): number {
  const close = findClose(tokens, from, to)
  const first = tokens[from]?.text
  const isQuery = first === 'select' || first === 'with'
  if (isQuery || lengthOf(tokens, from, close) <= longBracketsChars) writeSpan(tokens, from, close, line)
  else line.leaveOut(false)
  const bracket = tokens[close]
  if (bracket !== undefined && close < to) line.put(bracket)
  return close + 1
}

function findClose(tokens: readonly SqlToken[], from: number, to: number): number {
  let depth = 1
  for (let at = from; at < to; at += 1) {
    const text = tokens[at]?.text
    if (text === '(') depth += 1
    else if (text === ')') depth -= 1
    if (depth === 0) return at
  }
  return to
}

function lengthOf(tokens: readonly SqlToken[], from: number, to: number): number {
  const [first, last] = [tokens[from], tokens[to - 1]]
  return first === undefined || last === undefined ? 0 : last.end - first.start
}
