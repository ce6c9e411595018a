import type { SourceLine } from '../source-line.ts'

/** A line without its indent and what browsers and mail put into spaces. */
export interface PlainLine {
  readonly text: string
  /** Columns of white space before the text. */
  readonly indent: number
  /** Columns that the line took in the paste, with what was taken off it: lines cut by a terminal are all equally long. */
  readonly width: number
  /** Characters of white space at its end. */
  readonly blanksBehind: number
}

const oddSpace = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g
const unseen = /[\u200b\u2060\ufeff]/g
const beyondAscii = /[\u0080-\uffff]/
const tabWidth = 8

/** Takes a line's indent off: tabs go to the next eighth column, odd spaces count as one. */
export function toPlainLine(source: SourceLine): PlainLine {
  let { text } = source
  if (beyondAscii.test(text)) text = text.replace(unseen, '').replace(oddSpace, ' ')
  let indent = 0
  let start = 0
  for (; start < text.length; start += 1) {
    const code = text.charCodeAt(start)
    if (code === 32) indent += 1
    else if (code === 9) indent += tabWidth - (indent % tabWidth)
    else break
  }
  let end = text.length
  while (end > start && text.charCodeAt(end - 1) <= 32) end -= 1
  const lineEnd = text.endsWith('\r') ? text.length - 1 : text.length
  const width = source.column - 1 + indent + Math.max(0, lineEnd - start)
  return { text: text.slice(start, end), indent, width, blanksBehind: lineEnd - end }
}
