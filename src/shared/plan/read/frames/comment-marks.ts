import type { SourceLine } from '../source-line.ts'
import { withText } from './split-lines.ts'

/** A node of a plan that was kept as a comment of SQL or of a program. */
export const commentSign = /^[ \t]{0,40}(?:--|\/\/|#|\*) {1,400}->  [A-Z]/m
const mark = /^[ \t]{0,40}(--|\/\/|#|\*)(?: |$)/
const tight = /^[ \t]{0,40}(--|\/\/|#|\*)[A-Z]/

/**
 * Takes the marks of comments off, with the blank behind them: without costs nothing else tells where such a plan begins.
 * What is marked otherwise than its nodes are stays.
 */
export function withoutCommentMarks(lines: readonly SourceLine[]): readonly SourceLine[] {
  const first = lines.find(({ text }) => text.length < 10_000 && commentSign.test(text))
  const kind = first === undefined ? undefined : mark.exec(first.text)?.[1]
  if (kind === undefined) return lines
  // Without a blank behind the mark the indent is another one.
  if (lines.some(({ text }) => tight.exec(text)?.[1] === kind)) return lines
  return lines.map((line) => {
    const found = mark.exec(line.text)
    if (found === null || found[1] !== kind) return line
    return withText(line, line.text.slice(found[0].length), found[0].length)
  })
}

/** The line of a scan alone, without figures, as a comment has it: nothing else on it. */
const loneScan =
  /^[ \t]{0,40}(?:--|\/\/|#|\/?\*{1,2}) {0,9}(?=[A-Z])(?:[A-Z][A-Za-z]{0,20} ){1,4}Scan(?: Backward)?(?: using \S{1,200})? on \S{1,200}(?: \S{1,200})?\s*(?:\*\/)?\s*$/
const anyMark = /^[ \t]{0,40}(?:--|\/\/|#|\/?\*{1,2}(?!\/))(?: |(?=[A-Z]|$))/
const end = /\s*\*\/\s*$/

/**
 * Takes the marks of comments off where all that shows a plan is the line of a scan, without arrow and figures. Only for a
 * paste in which nothing else is one: comments speak of scans, too.
 */
export function withoutMarksOfScan(lines: readonly SourceLine[]): readonly SourceLine[] {
  if (!lines.some(({ text }) => text.length < 1_000 && loneScan.test(text))) return lines
  return lines.map((line) => {
    const found = anyMark.exec(line.text)
    if (found === null) return line
    return withText(line, line.text.slice(found[0].length).replace(end, ''), found[0].length)
  })
}
