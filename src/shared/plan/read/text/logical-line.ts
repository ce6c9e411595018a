import type { PlainLine } from './plain-line.ts'

/** How far a text is inside parentheses, brackets, literals and quoted names; carried on from piece to piece. */
interface Balance {
  depth: number
  /** The quote that is open: 39, 34, or 0 for none. */
  quote: number
}

function countBalance(balance: Balance, text: string): void {
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at)
    if (balance.quote !== 0) {
      if (char === balance.quote) balance.quote = 0
    } else if (char === 39 || char === 34) balance.quote = char
    else if (char === 40 || char === 91) balance.depth += 1
    else if (char === 41 || char === 93) balance.depth -= 1
  }
}

/** One line of the server, from one line of the paste or from the pieces that something cut it into. */
export interface LogicalLine {
  readonly first: PlainLine
  /** Absent where it is whole. */
  pieces: Piece[] | undefined
  balance: Balance | undefined
  /** How many pieces the balance counts, the first line included. */
  counted: number
}

interface Piece {
  readonly plain: PlainLine
  /** Blank lines before it, which only a literal can hold. */
  readonly blanks: number
}

export function startLine(first: PlainLine): LogicalLine {
  return { first, pieces: undefined, balance: undefined, counted: 0 }
}

export function addPiece(line: LogicalLine, plain: PlainLine, blanks: number): void {
  line.pieces ??= []
  line.pieces.push({ plain, blanks })
}

export const lastPiece = (line: LogicalLine): PlainLine => line.pieces?.at(-1)?.plain ?? line.first

/** The balance at the end of what was read so far; each piece is looked at once. */
export function balanceOf(line: LogicalLine): { readonly depth: number; readonly quote: number } {
  line.balance ??= { depth: 0, quote: 0 }
  if (line.counted === 0) {
    countBalance(line.balance, line.first.text)
    line.counted = 1
  }
  const pieces = line.pieces ?? []
  for (; line.counted <= pieces.length; line.counted += 1) {
    const piece = pieces[line.counted - 1]
    if (piece !== undefined) countBalance(line.balance, piece.plain.text)
  }
  return line.balance
}

/** Whether a literal is open at the end of what was read so far. */
export function isInLiteral(line: LogicalLine): boolean {
  return balanceOf(line).quote === 39
}

/** Whether this text closes it. */
export function closesLiteral(line: LogicalLine, text: string): boolean {
  if (!isInLiteral(line)) return false
  const after: Balance = { ...balanceOf(line) }
  countBalance(after, text)
  return after.quote === 0
}

const openEnd =
  /(?:[,(=<>+*/|&-]|\b(?:AND|OR|NOT|IN|IS|ANY|ALL|LIKE|BETWEEN|on|using|NULLS|DESC,|ASC,|SELECT|FROM|JOIN|ON|WHERE|GROUP|ORDER|BY|LIMIT|OFFSET|SET|VALUES|RETURNING))$/
const noSpaceBefore = /^(?:[),.\]]|::)/
const noSpaceAfter = /(?:[([.]|::)$/

/** Whether a line ends where no line of the server does. */
export function endsOpen(line: LogicalLine): boolean {
  const { depth, quote } = balanceOf(line)
  if (depth > 0 || quote !== 0) return true
  return openEnd.test(lastPiece(line).text.slice(-12))
}

/**
 * The whole line. Terminals cut at a column and lose nothing; mail and wide windows cut at a space and lose it.
 *
 * @param cutWidth the column at which lines were cut, where several tell the same; 0 to join as if nothing was lost
 * @param margin column at which the plan begins: what a literal holds begins there, too
 * @param isWrapped lines of nodes were cut at spaces, so that literals are as well
 */
export function joinLine(
  line: LogicalLine,
  cutWidth: number | undefined,
  margin = 0,
  isWrapped = false,
): string {
  if (line.pieces === undefined) return line.first.text
  const parts: string[] = [line.first.text]
  const balance: Balance = { depth: 0, quote: 0 }
  let previous = line.first
  for (const { plain, blanks } of line.pieces) {
    countBalance(balance, previous.text)
    const isSpace = isWrapped && balance.quote === 39 && blanks === 0
    parts.push(isSpace ? ' ' : gap(previous, plain, balance.quote, blanks, cutWidth, margin), plain.text)
    previous = plain
  }
  return parts.join('')
}

const digitAfter = /^[\d.]/
const digitBefore = /[\d.]$/

function gap(
  previous: PlainLine,
  piece: PlainLine,
  quote: number,
  blanks: number,
  cutWidth: number | undefined,
  margin: number,
): string {
  if (cutWidth !== undefined && previous.width >= cutWidth - 1) {
    // One column less: the space at the cut is gone.
    const isLost = previous.blanksBehind > 0 || (cutWidth > 0 && previous.width < cutWidth)
    if (quote !== 0) return `${isLost ? ' ' : ''}${' '.repeat(piece.indent)}`
    return isLost || piece.indent > 0 ? ' ' : ''
  }
  // A literal may hold line breaks: the server prints them as they are.
  if (quote === 39) return `${'\n'.repeat(blanks + 1)}${' '.repeat(Math.max(0, piece.indent - margin))}`
  if (previous.blanksBehind > 0) return ' '
  // A number was cut: two never stand beside each other.
  if (piece.indent === 0 && digitAfter.test(piece.text) && digitBefore.test(previous.text)) return ''
  if (noSpaceBefore.test(piece.text) || noSpaceAfter.test(previous.text.slice(-2))) return ''
  return ' '
}
