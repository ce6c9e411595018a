/**
 * The figures of a node as the server writes them, read character by character: thousands of lines have them. Whatever
 * is written otherwise (cut lines, exponents) is undefined here, and the patterns of `node-line.ts` take care of it.
 */

export interface CostFigures {
  readonly startup: number
  readonly total: number
  readonly rows: number
  readonly width: number
}

export interface ActualFigures {
  readonly startupMs: number | undefined
  readonly totalMs: number | undefined
  readonly rows: number
  readonly loops: number
  /** Mean rows with decimals: the server is 18 or later. */
  readonly isFractional: boolean
}

const zero = 0x30
const nine = 0x39
const dot = 0x2e
/** So many digits, and the division by a power of ten, are exact: the result is what `Number` reads. */
const mostDigits = 15
const powers: readonly number[] = Array.from({ length: mostDigits + 1 }, (_, at) => 10 ** at)

/** Where the number that was read last ended, and whether it had decimals. */
let numberEnd = 0
let hadDecimals = false

/** Where the number ended that `scanNumber` read last. */
export const endOfNumber = (): number => numberEnd

/** A number without a sign, `12` or `12.50`; NaN where none stands, or more digits than are exact. */
export function scanNumber(text: string, from: number): number {
  let at = from
  let value = 0
  let decimalsFrom = -1
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code >= zero && code <= nine) value = value * 10 + code - zero
    // Two dots part two numbers.
    else if (code === dot && decimalsFrom === -1 && text.charCodeAt(at + 1) !== dot) decimalsFrom = at + 1
    else break
  }
  numberEnd = at
  hadDecimals = decimalsFrom !== -1
  if (at === from || at === decimalsFrom || decimalsFrom === from + 1 || at - from > mostDigits)
    return Number.NaN
  return decimalsFrom === -1 ? value : value / (powers[at - decimalsFrom] ?? Number.NaN)
}

const costHead = '(cost='
const rowsHead = ' rows='
const widthHead = ' width='

/** `(cost=0.00..25.88 rows=423 width=36)` at this place. */
export function scanCost(text: string, from: number): CostFigures | undefined {
  const startup = scanNumber(text, from + costHead.length)
  if (!text.startsWith('..', numberEnd)) return undefined
  const total = scanNumber(text, numberEnd + 2)
  if (!text.startsWith(rowsHead, numberEnd)) return undefined
  const rows = scanNumber(text, numberEnd + rowsHead.length)
  if (!text.startsWith(widthHead, numberEnd)) return undefined
  const width = scanNumber(text, numberEnd + widthHead.length)
  const isWhole = text.charAt(numberEnd) === ')' && !Number.isNaN(startup + total + rows + width)
  return isWhole ? { startup, total, rows, width } : undefined
}

const actualHead = '(actual '
const timeHead = 'time='
const loopsHead = ' loops='

/** `(actual time=0.004..0.051 rows=400.50 loops=2)` at this place. */
export function scanActual(text: string, from: number): ActualFigures | undefined {
  let at = from + actualHead.length
  let startupMs: number | undefined
  let totalMs: number | undefined
  if (text.startsWith(timeHead, at)) {
    startupMs = scanNumber(text, at + timeHead.length)
    if (!text.startsWith('..', numberEnd)) return undefined
    totalMs = scanNumber(text, numberEnd + 2)
    at = numberEnd + 1
    if (Number.isNaN(startupMs + totalMs)) return undefined
  }
  if (!text.startsWith(rowsHead, at - 1)) return undefined
  const rows = scanNumber(text, at - 1 + rowsHead.length)
  const isFractional = hadDecimals
  if (!text.startsWith(loopsHead, numberEnd)) return undefined
  const loops = scanNumber(text, numberEnd + loopsHead.length)
  const isWhole = text.charAt(numberEnd) === ')' && !Number.isNaN(rows + loops)
  return isWhole ? { startupMs, totalMs, rows, loops, isFractional } : undefined
}
