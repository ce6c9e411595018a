import type { SourceLine } from '../source-line.ts'
import { figureStart } from '../text/masked-figures.ts'
import { withText } from './split-lines.ts'

const mark = /^ {0,8}(?:> ?)+/

const depthOf = (marks: string | undefined): number => marks?.replaceAll(/[^>]/g, '').length ?? 0

const anyMarks = (count: number): RegExp => new RegExp(`^ {0,8}(?:> ?){${count}}`)

/** Takes away `> ` of mails and markdown, where at least two neighbours carry it: alone it may belong to a condition. */
export function withoutQuoteMarks(lines: readonly SourceLine[]): readonly SourceLine[] {
  if (!lines.some(({ text }) => mark.test(text))) return lines
  const marks = lines.map(({ text }) => mark.exec(text)?.[0] ?? '')
  return lines.map((line, at) => {
    const own = marks[at] ?? ''
    if (own === '') return line
    // What goes deeper than both neighbours is an operator, `> >= 1200)`, unless a node says otherwise.
    const deepest = Math.max(depthOf(marks[at - 1]), depthOf(marks[at + 1]))
    const isNode = deepest === 0 && figureStart.test(line.text)
    const marksOfOthers = deepest === 0 ? '' : (anyMarks(deepest).exec(own)?.[0] ?? '')
    const taken = !isNode && depthOf(own) > deepest ? marksOfOthers : own
    return taken === '' ? line : withText(line, line.text.slice(taken.length), taken.length)
  })
}

const bar = /^\s*[|│║]/
const asciiDoc = /^\|={3,}$/
const asciiDocRecord = /^2\+\^\|/

const escapedBar = '\\|'
const freeBars = (text: string): string => text.replaceAll(escapedBar, '|')

const rightRule = /^-{5,}\+\s*$/
const rightBar = /\|\s*$/

/** Takes away the bars behind DBeaver's columns of text: below a rule that ends in `+`, up to a line without. */
function withoutRightBars(lines: readonly SourceLine[]): readonly SourceLine[] {
  if (!lines.some(({ text }) => rightRule.test(text))) return lines
  let isInside = false
  return lines.map((line) => {
    if (rightRule.test(line.text)) isInside = true
    else if (isInside && rightBar.test(line.text))
      return withText(line, line.text.replace(rightBar, '').trimEnd())
    else isInside = false
    return line
  })
}

/** Takes away a bar at the left that has no partner at the right: quoting in chats, cells of AsciiDoc; and DBeaver's. */
export function withoutBars(framed: readonly SourceLine[]): readonly SourceLine[] {
  const lines = withoutRightBars(framed)
  if (!lines.some(({ text }) => bar.test(text))) return lines
  const isAsciiDoc = lines.some(({ text }) => asciiDoc.test(text))
  const marks = lines.map(({ text }) => bar.exec(text)?.[0].length ?? 0)
  return lines
    .map((line, at) => {
      const own = marks[at] ?? 0
      if (own === 0)
        return isAsciiDoc && line.text.includes(escapedBar) ? withText(line, freeBars(line.text)) : line
      const alone = !isAsciiDoc && (marks[at - 1] ?? 0) === 0 && (marks[at + 1] ?? 0) === 0
      if (alone) return line
      const text = line.text.slice(own)
      return withText(line, isAsciiDoc ? freeBars(text) : text, own)
    })
    .filter(({ text }) => !(isAsciiDoc && asciiDocRecord.test(text)))
}
