import type { SourceLine } from '../source-line.ts'
import { withText } from './split-lines.ts'

/** Lines that surely belong to a plan: figures of its root, or the key that opens it. */
const figures = /\((?:cost=|actual (?:time|rows)=)-?[\dNnXx?*#.…{]/
const opener = /"Plan" ?:|\bPlan: *$|<explain[\s>]|<Plan>/
const arrow = /^.{0,80}->  [A-Z]/
const longestPrefix = 400

/**
 * Takes away what stands in front of every line of a plan: marks of comments (`--`, `#`, `//`, ` * `), numbers of lines,
 * stamps of containers, statements that insert the lines, bars that lost their character set. What the first line of
 * the plan and the next one have in common is the prefix; figures in it may differ. Quotes that it opens, and bars, are
 * taken off the end, too. Gives the same lines where there is nothing of that kind.
 */
export function withoutLinePrefix(lines: readonly SourceLine[]): readonly SourceLine[] {
  const figuresAt = lines.findIndex(
    ({ text }) => text.length < 10_000 && (figures.test(text) || opener.test(text)),
  )
  // Without costs only the first arrow tells, and the root stands right above it.
  const at =
    figuresAt === -1 ? lines.findIndex(({ text }) => text.length < 10_000 && arrow.test(text)) - 1 : figuresAt
  const first = lines[at]?.text
  const second = lines[at + 1]?.text
  if (first === undefined || second === undefined) return lines
  const start = commonStart(first, second)
  // Both lines of a structured plan may stand further in than its first one.
  const prefix = opener.test(first) ? start.trimEnd() : start
  if (prefix.trim() === '') return lines
  const pattern = patternOf(prefix)
  const short = prefix.trim()
  const close = closeOf(prefix, first, second)
  return lines.map((line) => {
    const own = pattern.exec(line.text)?.[0]
    if (own === undefined) return line.text.trim() === short ? withText(line, '') : line
    const rest = line.text.slice(own.length)
    return withText(line, close(rest), own.length)
  })
}

/** What both begin with, digits taken for equal. */
function commonStart(first: string, second: string): string {
  const a = /^(\s*)(\d+)(.*)$/s.exec(first)
  const b = /^(\s*)(\d+)(.*)$/s.exec(second)
  // Numbers of lines grow wider.
  if (a !== null && b !== null) return `${a[1]}${a[2]}${equalStart(a[3] ?? '', b[3] ?? '')}`
  return equalStart(first, second)
}

function equalStart(first: string, second: string): string {
  const most = Math.min(first.length, second.length, longestPrefix)
  const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39
  let at = 0
  while (at < most) {
    const a = first.charCodeAt(at)
    const b = second.charCodeAt(at)
    if (a !== b && !(isDigit(a) && isDigit(b))) break
    at += 1
  }
  return first.slice(0, at)
}

const patternOf = (prefix: string): RegExp =>
  new RegExp(
    `^${prefix
      .replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
      .replace(/^ +/, ' *')
      .replaceAll(/\d+/g, '\\d+')}`,
  )

/** How the end of a line is freed of what answers its prefix. */
function closeOf(prefix: string, first: string, second: string): (rest: string) => string {
  const quote = /(['"])$/.exec(prefix)?.[1]
  if (quote !== undefined) {
    const end = first.slice(first.lastIndexOf(quote))
    if (end.length > 40 || !second.endsWith(end)) return (rest) => rest
    return (rest) =>
      (rest.endsWith(end) ? rest.slice(0, -end.length) : rest)
        .replaceAll(quote + quote, quote)
        .replaceAll(`\\${quote}`, quote)
  }
  const bar = prefix.trim()
  const isBar = !/[\s\w#*/>-]/.test(bar) && first.trimEnd().endsWith(bar) && second.trimEnd().endsWith(bar)
  if (!isBar) return (rest) => rest
  return (rest) => (rest.trimEnd().endsWith(bar) ? rest.trimEnd().slice(0, -bar.length).trimEnd() : rest)
}
