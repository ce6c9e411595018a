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
  /** Index of its first line. */
  readonly at: number
  readonly pieces: PlainLine[]
  /** Blank lines before a piece, which only a literal can hold. */
  readonly blanks: number[]
  balance: Balance | undefined
  counted: number
}

export function startLine(first: PlainLine, at: number): LogicalLine {
  return { first, at, pieces: [first], blanks: [0], balance: undefined, counted: 0 }
}

export function addPiece(line: LogicalLine, piece: PlainLine, blanks: number): void {
  line.pieces.push(piece)
  line.blanks.push(blanks)
}

/** The balance at the end of what was read so far; each piece is looked at once. */
export function balanceOf(line: LogicalLine): { readonly depth: number; readonly quote: number } {
  line.balance ??= { depth: 0, quote: 0 }
  for (; line.counted < line.pieces.length; line.counted += 1) {
    const piece = line.pieces[line.counted]
    if (piece !== undefined) countBalance(line.balance, piece.text)
  }
  return line.balance
}

const openEnd = /(?:[,(=<>+*/|&-]|\b(?:AND|OR|NOT|IN|IS|ANY|ALL|LIKE|BETWEEN|on|using|DESC,|ASC,))$/
const noSpaceBefore = /^(?:[),.\]]|::)/
const noSpaceAfter = /(?:[([.]|::)$/

/** Whether a line ends where no line of the server does. */
export function endsOpen(line: LogicalLine): boolean {
  const { depth, quote } = balanceOf(line)
  if (depth > 0 || quote !== 0) return true
  const last = line.pieces.at(-1)?.text ?? ''
  return openEnd.test(last.slice(-12))
}

/**
 * The whole line. Terminals cut at a column and lose nothing; mail and wide windows cut at a space and lose it.
 *
 * @param cutWidth the column at which lines were cut, where several tell the same
 */
export function joinLine(line: LogicalLine, cutWidth: number | undefined): string {
  if (line.pieces.length === 1) return line.first.text
  const parts: string[] = []
  const balance: Balance = { depth: 0, quote: 0 }
  let previous: PlainLine | undefined
  for (const [at, piece] of line.pieces.entries()) {
    if (previous !== undefined) {
      parts.push(gap(previous, piece, balance, line.blanks[at] ?? 0, cutWidth))
    }
    parts.push(piece.text)
    countBalance(balance, piece.text)
    previous = piece
  }
  return parts.join('')
}

function gap(
  previous: PlainLine,
  piece: PlainLine,
  balance: Balance,
  blanks: number,
  cutWidth: number | undefined,
): string {
  if (cutWidth !== undefined && previous.width >= cutWidth - 1) {
    const lost = previous.endsBlank || previous.width < cutWidth
    if (balance.quote !== 0) return `${lost ? ' ' : ''}${' '.repeat(piece.indent)}`
    return lost || piece.indent > 0 ? ' ' : ''
  }
  // A literal may hold line breaks: the server prints them as they are.
  if (balance.quote === 39) return `${'\n'.repeat(blanks + 1)}${' '.repeat(piece.indent)}`
  if (previous.endsBlank) return ' '
  if (noSpaceBefore.test(piece.text) || noSpaceAfter.test(previous.text.slice(-2))) return ''
  return ' '
}
