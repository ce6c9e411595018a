import type { SourceLine } from '../source-line.ts'
import { withText } from './split-lines.ts'

/**
 * Takes away the quotes that pgAdmin, DBeaver, DataGrip and CSV files put around a line or a cell of several lines, with
 * the quotes doubled inside. One line stays one line, so that places in `lines` stay valid.
 * `isTaken` tells lines that were read already.
 */
export function withoutCellQuotes(
  lines: readonly SourceLine[],
  isTaken: (at: number) => boolean,
): readonly SourceLine[] {
  let out: SourceLine[] | undefined
  const put = (at: number, line: SourceLine): void => {
    out ??= [...lines]
    out[at] = line
  }
  let inXml = false
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at]
    if (line === undefined || isTaken(at)) continue
    // What an XML plan quotes, the server quoted.
    if (inXml || xmlStart.test(line.text)) {
      inXml = !line.text.includes('</explain>')
      continue
    }
    const start = firstMark.exec(line.text)
    const quote = start?.[1]
    if (start === null || quote === undefined) continue
    const skip = start[0].length
    const literal = literalOf(line.text, skip - 1)
    if (literal !== undefined) {
      put(at, withText(line, literal, skip))
      continue
    }
    const close = closeOf(line.text, quote, skip)
    if (close !== undefined) {
      if (!restOfRow.test(line.text.slice(close + 1))) continue
      const isPlan = planLine.test(line.text.slice(skip, Math.min(close, skip + 400)))
      // Alone, such a line may be a literal of the statement.
      if (!isPlan && !isQuoted(lines[at - 1], quote) && !isQuoted(lines[at + 1], quote)) continue
      put(at, withText(line, unquote(line.text.slice(skip, close), quote), skip))
      continue
    }
    if (!cellStart.test(line.text.slice(skip, skip + 2_000))) continue
    // A cell of several lines: up to the quote that nothing doubles.
    let end = at
    let endClose: number | undefined
    for (end = at + 1; end < lines.length && !isTaken(end); end += 1) {
      endClose = closeOf(lines[end]?.text ?? '', quote, 0)
      if (endClose !== undefined) break
    }
    put(at, withText(line, unquote(line.text.slice(skip), quote), skip))
    for (let inner = at + 1; inner <= end && inner < lines.length; inner += 1) {
      const next = lines[inner]
      if (next === undefined || isTaken(inner)) break
      put(inner, withText(next, unquote(next.text.slice(0, inner === end ? endClose : undefined), quote)))
    }
    at = end
  }
  return out ?? lines
}

const firstMark = /^[\s,;]{0,400}(["'])/
const restOfRow = /^[\s,;]*$/
const cellStart = /^\s*(?:\[|\{|- |Plan:|<explain|->|\w[\w ()]{2,}\s)/

const xmlStart = /^\s*<explain[\s>]/
const planLine = /^\s*(?:->|[[{<]|- |[A-Z][\w ()/-]*:|QUERY PLAN)|\((?:cost=|actual )/

/** Clients part rows by commas and semicolons, too. */
const rowEnd = /[\s,;]{0,20}$/

/** What a program's literal with quotes of its own spells, where it is all of the line. */
function literalOf(text: string, from: number): string | undefined {
  if (text.length > 10_000 || !text.includes('\\"') || text.charAt(from) !== '"') return undefined
  try {
    const value: unknown = JSON.parse(text.slice(from).replace(rowEnd, ''))
    return typeof value === 'string' && !value.includes('\n') ? value : undefined
  } catch {
    return undefined
  }
}

const isQuoted = (line: SourceLine | undefined, quote: string): boolean =>
  line !== undefined &&
  line.text.trimStart().startsWith(quote) &&
  line.text.slice(-40).replace(rowEnd, '').endsWith(quote)

/** Where the quote is that closes the cell, if it closes on this line. */
function closeOf(text: string, quote: string, from: number): number | undefined {
  let at = text.indexOf(quote, from)
  while (at !== -1) {
    if (text.charAt(at + 1) !== quote) return at
    at = text.indexOf(quote, at + 2)
  }
  return undefined
}

const unquote = (text: string, quote: string): string =>
  text.includes(quote) ? text.replaceAll(quote + quote, quote) : text
