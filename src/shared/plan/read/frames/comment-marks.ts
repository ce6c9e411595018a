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
