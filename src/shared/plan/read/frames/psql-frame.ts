import type { SourceLine } from '../source-line.ts'
import { arePadded, endsInBlankMark, isRestOfCell } from './blank-marks.ts'
import { displayLength } from './display-length.ts'
import { isFooter, isRule, recordNumber } from './furniture.ts'
import { withText } from './split-lines.ts'

/**
 * Frees rows from psql's frames: borders 0 to 2 in every line style, expanded or not, and joins what `\pset format
 * wrapped` broke. Rules, headers and footers stay: they tell where a plan ends.
 *
 * @source src/fe_utils/print.c: the marks `+`, `↵` (a line break of the data), `.`, `…` (a wrap), `:` and `;` (the same in old-ascii,
 * whose mark of a wrap at the right margin is a space).
 */
export function withoutPsqlFrames(lines: readonly SourceLine[]): readonly SourceLine[] {
  const out: SourceLine[] = []
  let width: number | undefined
  /** Where the bar between name and value of an expanded record stands, and since when there are records. */
  let bar: number | undefined
  let inRecords = false
  let nameWidth: number | undefined
  let wrapped = false
  /** Tables of markdown have no corners, and escape the bars in their cells. */
  let isMarkdown = false
  let sawCorner = false
  /** Border 0 marks the end of what it breaks, and not where it goes on. */
  let wrappedAtMargin = false
  /** Border 1 puts a space before each row; the first row tells, since no plan begins with one. */
  let hasSpace: boolean | undefined = false
  let isPadded: boolean | undefined
  let isFramed = false

  for (const [at, line] of lines.entries()) {
    const { text } = line
    const from = startOf(text)
    const first = text.charAt(from)
    const isFree = width === undefined && bar === undefined && nameWidth === undefined && !wrapped
    // Most lines of most pastes: outside any frame, and nothing in them that a frame is made of.
    if (isFree && !inRecords && hasSpace === false && isOrdinary(text, from)) {
      out.push(line)
      continue
    }
    if (first === '' && !wrapped) {
      width = undefined
      bar = undefined
      nameWidth = undefined
      // Unaligned and expanded: an empty line after each record.
      if (!(isNamed(lines[at - 1]) && isNamed(lines[at + 1]))) out.push(line)
      continue
    }
    const record = startsRecord.has(first) ? recordNumber(text) : undefined
    if (record !== undefined) {
      inRecords = true
      bar = undefined
      nameWidth = undefined
      width = displayLength(text.trimEnd())
      // The first one opens a table; each line of a plan is a record of its own.
      if (record === 1) out.push(withText(line, '----'))
      continue
    }
    if (startsRule.has(first) && isRule(text)) {
      // A rule that a terminal broke tells no width, and the rows below it are broken likewise.
      const isBroken = !bars.has(first) && first !== '+' && isRule(lines[at - 1]?.text ?? '')
      width = isBroken ? undefined : displayLength(text.trimEnd())
      isMarkdown = bars.has(first) && !text.includes('+') && !sawCorner
      sawCorner ||= first === '+'
      inRecords = false
      bar = undefined
      nameWidth = undefined
      hasSpace = isBroken ? false : undefined
      isPadded = undefined
      out.push(line)
      continue
    }
    if (first === '(' && isFooter(text)) {
      width = undefined
      inRecords = false
      hasSpace = false
      out.push(line)
      continue
    }

    let body = text
    let skip = 0
    let framed = false
    if (bars.has(first) && bars.has(text.trimEnd().slice(-1)) && text.trim().length > 1) {
      skip = text.indexOf(first) + 1
      body = text.slice(skip, text.trimEnd().length - 1)
      if (isMarkdown) body = body.replaceAll('\\|', '|')
      framed = true
    }
    // Expanded: the name in front, or nothing before the bar.
    let joins = false
    const hasName = body.includes('QUERY PLAN')
    const named = (hasName ? nameInFront.exec(body) : null) ?? (inRecords ? anyName.exec(body) : null)
    if (named !== null) {
      bar = named[0].length - 1
      nameWidth = undefined
      skip += bar + 1
      body = body.slice(bar + 1)
    } else if (
      bar !== undefined &&
      '|│║:;'.includes(body.charAt(bar) || ' ') &&
      body.slice(0, bar).trim() === ''
    ) {
      joins = body.charAt(bar) === ';'
      skip += bar + 1
      body = body.slice(bar + 1)
    } else {
      bar = undefined
      const spaced = hasName ? (inRecords ? nameInRecord : nameAndSpace).exec(body) : null
      if (spaced !== null) {
        nameWidth = spaced[0].length
        skip += nameWidth
        body = body.slice(nameWidth)
      } else if (nameWidth !== undefined && body.slice(0, nameWidth).trim() === '') {
        skip += nameWidth
        body = body.slice(nameWidth)
      } else nameWidth = undefined
    }
    hasSpace ??= !framed && body.startsWith(' ') && haveSpace(lines, at)
    // Unaligned, a bare bar parts name and value.
    const isBare = named !== null && !/\s[|│║]$/.test(named[0])
    const hasMargin = !isBare && (framed || bar !== undefined || hasSpace)

    // Left margin.
    const left = body.charAt(0)
    if (wrapped && wrapMarks.has(left) && !wrappedAtMargin) {
      body = body.slice(1)
      joins = true
    } else if (hasMargin && left === ' ') {
      body = body.slice(1)
      skip += 1
      joins ||= wrapped
    } else if (wrapped) joins = true

    // Right margin.
    wrapped = false
    const end = framed ? body.length : body.trimEnd().length
    const mark = body.charAt(end - 1)
    const atEdge = framed || isAtEdge(text, width)
    // Without margins, the mark is the one thing that stands beyond the rule.
    const overEdge = !hasMargin && width !== undefined && displayLength(text.trimEnd()) === width + 1
    const isFull = framed && width !== undefined && displayLength(body.trimEnd()) >= width - 5
    const hasBlank = !framed && !inRecords && width !== undefined && endsInBlankMark(text, hasMargin, width)
    if (hasBlank) isPadded ??= arePadded(lines, at)
    if (hasBlank && isPadded === false) {
      body = body.slice(0, -1)
      wrapped = true
      wrappedAtMargin = true
    } else if (mark === '↵') body = body.slice(0, end - 1)
    else if (mark === '+' && (atEdge || endsWithPlus(lines[at - 1]) || endsWithPlus(lines[at + 1]))) {
      body = body.slice(0, end - 1)
    } else if (wrapMarks.has(mark) && atEdge && continues(lines[at + 1], mark, overEdge)) {
      body = body.slice(0, end - 1)
      wrapped = true
      wrappedAtMargin = overEdge
    } else if (isFull && !isMarkdown && isRestOfCell(lines[at + 1])) {
      // In a frame the blank that is old-ascii's mark can't be told from padding.
      body = body.slice(0, -1)
      wrapped = true
      wrappedAtMargin = true
    }

    const before = out.at(-1)
    // Without any frame blanks at the end are no padding: they tell where a line was broken.
    isFramed ||= !isFree || inRecords || hasSpace || framed || named !== null || hasName
    const kept = wrapped || (!isFramed && body === text) ? body : body.trimEnd()
    if (joins && before !== undefined) out[out.length - 1] = withText(before, before.text + kept)
    else out.push(kept === text && skip === 0 ? line : withText(line, kept, skip))
  }
  return out
}

/** Where the text begins behind white space, without cutting it. */
function startOf(text: string): number {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code > 127) return text.length - text.trimStart().length
    if (code !== 32 && (code < 9 || code > 13)) return at
  }
  return text.length
}

/** Whether a line outside any frame neither opens one nor ends in a mark or in spaces. */
function isOrdinary(text: string, from: number): boolean {
  const last = text.charCodeAt(text.length - 1)
  if (!(last > 32 && last < 127) || mayEnd.has(last)) return false
  const first = text.charAt(from)
  const isArrow = first === '-' && text.charCodeAt(from + 1) === 0x3e
  if (!isArrow && (first === '(' || startsRecord.has(first) || startsRule.has(first) || bars.has(first)))
    return false
  return !text.includes('QUERY PLAN')
}

const bars: ReadonlySet<string> = new Set(['|', '│', '║'])
/** `+` and `.` as character codes: the others are beyond ASCII. */
const mayEnd: ReadonlySet<number> = new Set([0x2b, 0x2e])
const wrapMarks: ReadonlySet<string> = new Set(['.', '…'])
const startsRecord: ReadonlySet<string> = new Set('-+─┌├╔╠╟╞╒═*')
const startsRule: ReadonlySet<string> = new Set('-─━═=+|┌└├╔╚╠╟╞╒╓╘╙')
const nameInFront = /^(?:<l\|)?\s*QUERY PLAN\s*(?:[|│║,\t]|<l\|)/
const anyName = /^\s*\S[^|│║"{}[\]]{0,62}[|│║]/
const nameAndSpace = /^\s*QUERY PLAN (?=\s*(?:->|- |[[{<"\p{L}\p{N}]))/u
const nameInRecord = /^\s*QUERY PLAN (?=\s*\S)/

const isNamed = (line: SourceLine | undefined): boolean => line !== undefined && nameInFront.test(line.text)

const isAtEdge = (text: string, width: number | undefined): boolean => {
  if (width === undefined) return false
  const trimmed = text.trimEnd()
  if (trimmed.length < width - 1 || trimmed.length > width * 2 + 2) return false
  const length = displayLength(trimmed)
  // Characters of double width count twice on the screen.
  return length === width || length === width + 1 || (length < width && hasWide.test(trimmed))
}

/** Whether all rows up to the footer stand behind a margin. */
function haveSpace(lines: readonly SourceLine[], from: number): boolean {
  if (/^ {2}/.test(lines[from]?.text ?? '')) return false
  for (let at = from; at < lines.length; at += 1) {
    const { text = '' } = lines[at] ?? {}
    if (text.trim() === '' || isFooter(text) || isRule(text)) return true
    if (!/^[ .…]/.test(text)) return false
  }
  return true
}

const hasWide = /[\u1100-\uFFFF]/

const endsWithPlus = (line: SourceLine | undefined): boolean =>
  line !== undefined && /\+\s?[|│║]?$/.test(line.text.trimEnd().slice(-3))

/** Whether the next line takes up what this one broke off. */
const continues = (next: SourceLine | undefined, mark: string, isSure: boolean): boolean => {
  if (next === undefined) return false
  if (mark === '…' || isSure) return true
  return next.text
    .trimStart()
    .replace(/^(?:[|│║]\s*){1,2}/, '')
    .startsWith('.')
}
