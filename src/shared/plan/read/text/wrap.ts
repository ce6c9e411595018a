import { endsPlan } from '../frames/furniture.ts'
import type { SourceLine } from '../source-line.ts'
import { classifyLine, type LineKind } from './classify-line.ts'
import { figureStart } from './masked-figures.ts'
import { isNodeLine } from './node-line.ts'
import { type PlainLine, toPlainLine } from './plain-line.ts'

/**
 * How a whole text was wrapped, where its own lines prove it. Below the root a server writes nothing at the margin until
 * the tree is over; what stands there, between lines of the tree, was broken off the line above it. Programs break where
 * the next word would not fit, so that the width they kept to shows as well, and with it how the pieces were parted.
 */
export interface Wrap {
  /** The most columns of a line that could have been broken. */
  readonly width: number
  /** What was lost at the breaks: nothing (terminals, `fold`), blanks at the end of lines, or the one blank of a break (mail). */
  readonly loses: 'nothing' | 'trailing blanks' | 'a blank'
  /** Whether a line without text is the indent of the next one. */
  readonly isLead: (plain: PlainLine) => boolean
  /** Whether this line of the text is a piece of the one above it. */
  readonly isPiece: (at: number) => boolean
}

/** How much further in than its parent anything of a tree stands, at least. */
const leastStep = 2
/** Narrower than this nobody wraps. */
const leastWidth = 30
/** More pieces no line of a server comes in; beyond that it is no plan. */
const mostPieces = 300

interface Row {
  readonly plain: PlainLine
  readonly kind: LineKind
}

const severalWords = /\S\s+\S/
const isKnown = (kind: LineKind): boolean => kind.kind === 'label' && kind.place !== 'unknown'

/** Words that a node's name never ends in. */
const openName =
  /(?:^->|\b(?:Parallel|Partial|Finalize|Async|Custom|Foreign|Left|Right|Full|Semi|Anti|on|using))$/

/** Whether a node's name at the margin begins a plan of its own, and was not broken off the line above it. */
function beginsPlan(rows: readonly Row[], at: number): boolean {
  const { text } = rows[at]?.plain ?? { text: '' }
  if (!isNodeLine(text)) return false
  const above = rows[at - 1]?.plain.text ?? ''
  if (openName.test(above)) return false
  if (!figureStart.test(text)) return true
  // Figures that the node above lacks are its own.
  for (let back = at - 1; back >= Math.max(0, at - 3); back -= 1) {
    const row = rows[back]
    if (row === undefined || figureStart.test(row.plain.text)) return true
    if (row.kind.kind === 'node') return false
  }
  return true
}

/** Columns of the line's own text, whatever was taken off in front of it. */
export const widthOf = ({ indent, text, blanksBehind }: PlainLine): number =>
  indent + text.length + blanksBehind

const firstWord = (text: string): string => /^\S+/.exec(text)?.[0] ?? ''

/** Whether a line could not have taken up the first word of the next, with the blank before or, as `fold` counts, behind it. */
export const wasFull = (above: PlainLine, { text }: PlainLine, width: number): boolean =>
  widthOf(above) + 1 + firstWord(text).length > width || widthOf(above) === width

/** Whether nobody could have broken the line above for want of room; most texts are read without looking for more. */
export const isBelowShortLine = (above: PlainLine, piece: PlainLine): boolean =>
  !wasFull(above, piece, leastWidth)

/**
 * Tells how the text was wrapped in which a plan begins; undefined where nothing proves that it was.
 *
 * @param top the root
 */
export function findWrap(lines: readonly SourceLine[], top: number): Wrap | undefined {
  const found = rowsOfPlan(lines, top)
  const root = found[0]
  if (root === undefined) return undefined
  const leads = leadsOf(found)
  const rows = leads === undefined ? found : movedIn(found, leads)
  const least = root.plain.indent + leastStep
  const last = rows.findLastIndex(
    ({ plain, kind }) =>
      plain.indent >= least &&
      (isKnown(kind) || kind.kind === 'node' || kind.kind === 'heading' || kind.kind === 'worker'),
  )
  const broken = new Set<number>()
  for (let at = 1; at < last; at += 1) {
    const { plain } = rows[at] ?? root
    if (plain.text !== '' && plain.indent < least) broken.add(at)
  }
  if (broken.size === 0) return undefined
  const isBroken = (at: number, width: number): boolean => {
    const piece = rows[at]?.plain
    const above = rows[at - 1]?.plain
    return piece !== undefined && above !== undefined && above.text !== '' && wasFull(above, piece, width)
  }
  // Mail leaves a word alone that is wider than all: then the others tell.
  const widths = [/\S/, severalWords].map((pattern) => widest(rows.slice(0, last + 1), pattern))
  const width = leads ?? widths.find((own) => [...broken].every((at) => isBroken(at, own)))
  if (width === undefined || width < leastWidth) return undefined
  const loses = lossesOf(
    [...broken].flatMap((at) => rows[at - 1]?.plain ?? []),
    width,
  )
  return {
    width,
    loses,
    isLead: (plain) => leads !== undefined && isLeadOf(plain, leads),
    isPiece: (at) => {
      const row = rows[at - top]
      if (row === undefined || row.plain.text === '' || row.plain.indent >= least) return false
      if (at - top < last) return broken.has(at - top)
      return !isKnown(row.kind) && row.kind.kind !== 'chatter' && isBroken(at - top, width)
    },
  }
}

function widest(rows: readonly Row[], pattern: RegExp): number {
  let most = 0
  for (const { plain } of rows) if (pattern.test(plain.text)) most = Math.max(most, widthOf(plain))
  return most
}

/** Widths at which terminals and trackers break, and those at which others do by chance only. */
const usualWidths: ReadonlySet<number> = new Set([72, 76, 80, 96, 100, 120, 128, 132, 160])
/** So many lines of one width are no chance. */
const enough = 3

function lossesOf(above: readonly PlainLine[], width: number): Wrap['loses'] {
  const isSure = above.length >= enough || usualWidths.has(width)
  const isFull = (line: PlainLine): boolean => widthOf(line) % width === 0 || line.blanksBehind > 0
  if ((isSure || above.some((line) => line.blanksBehind > 0)) && above.every(isFull)) return 'nothing'
  // The two blanks before figures may both have stood at the break.
  const isHard = isSure && above.every((line) => widthOf(line) >= width - leastStep)
  return isHard ? 'trailing blanks' : 'a blank'
}

/** Lines of blanks alone are as wide as those that were broken, where a tree is indented further than that. */
const isLeadOf = (plain: PlainLine, width: number): boolean =>
  plain.text === '' && widthOf(plain) === width && width >= leastWidth

function leadsOf(rows: readonly Row[]): number | undefined {
  const width = widest(rows, /^/)
  return rows.some(({ plain }) => isLeadOf(plain, width)) ? width : undefined
}

/** The rows behind such lines where they stood. */
function movedIn(rows: readonly Row[], width: number): readonly Row[] {
  let columns = 0
  return rows.map((row) => {
    if (isLeadOf(row.plain, width)) {
      columns += width
      return row
    }
    const plain = columns === 0 ? row.plain : { ...row.plain, indent: row.plain.indent + columns }
    columns = 0
    return { plain, kind: row.kind }
  })
}

/** The lines from the root to where another plan or something else begins. */
function rowsOfPlan(lines: readonly SourceLine[], top: number): readonly Row[] {
  const rows: Row[] = []
  let margin = 0
  let width = 0
  let pieces = 0
  for (let at = top; at < lines.length && pieces < mostPieces; at += 1) {
    const line = lines[at]
    if (line === undefined) break
    const plain = toPlainLine(line)
    const kind = classifyLine(plain)
    if (rows.length === 0) margin = plain.indent
    rows.push({ plain, kind })
    if (severalWords.test(plain.text)) width = Math.max(width, widthOf(plain))
    if (rows.length === 1 || plain.text === '') continue
    if (plain.indent >= margin + leastStep) {
      pieces = 0
      continue
    }
    pieces += 1
    const above = rows.at(-2)?.plain
    const isBehindBlank = above?.text === '' && widthOf(above) < leastWidth
    // Others may be wider yet: then there was more room still.
    const hadRoom = above !== undefined && above.text !== '' && !wasFull(above, plain, width)
    const isOver =
      isBehindBlank ||
      hadRoom ||
      endsPlan(line.text) ||
      (kind.kind === 'label' && kind.place === 'statement') ||
      beginsPlan(rows, rows.length - 1)
    if (isOver) {
      rows.pop()
      break
    }
  }
  return rows
}

/** A line that was broken, in one piece again. */
export function joinWrapped(pieces: readonly PlainLine[], { width, loses }: Wrap): string {
  const parts: string[] = []
  let previous: PlainLine | undefined
  for (const piece of pieces) {
    if (previous !== undefined) {
      const lost = loses === 'nothing' ? 0 : loses === 'a blank' ? 1 : width - widthOf(previous)
      const indent = loses === 'a blank' ? 0 : piece.indent
      parts.push(' '.repeat(Math.max(0, previous.blanksBehind + lost + indent)))
    }
    parts.push(piece.text)
    previous = piece
  }
  return parts.join('')
}
