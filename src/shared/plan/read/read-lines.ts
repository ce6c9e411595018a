import type { BarePlan, FoundPlan, Problem } from './found-plan.ts'
import { withoutCellQuotes } from './frames/cells.ts'
import { endsPlan } from './frames/furniture.ts'
import { findJsonSpans, type Span } from './json-spans.ts'
import { hintServer } from './server-hints.ts'
import type { SourceLine } from './source-line.ts'
import { statementAbove } from './statement-above.ts'
import { figureStart } from './text/masked-figures.ts'
import { isNodeLine, parsePlanText } from './text/parse-text.ts'
import { isStrangeRoot } from './text/strange-root.ts'
import { isXmlStart, parseXmlPlans } from './xml/parse-xml.ts'
import { isYamlStart, parseYamlPlans } from './yaml/parse-yaml.ts'

export interface Findings {
  readonly plans: FoundPlan[]
  readonly problems: Problem[]
  /** Why the paste as a whole is not what it seems to be, if nothing better can be said. */
  readonly fallback?: Problem | undefined
}

/** A plan with what follows from it alone; `text` is its text form. */
export function complete(plan: BarePlan, text?: string): FoundPlan {
  const statement = plan.raw['Query Text']
  const parameters = plan.raw['Query Parameters']
  return {
    ...(typeof statement === 'string' ? { statement } : {}),
    ...(typeof parameters === 'string' ? { parameters } : {}),
    ...plan,
    serverHints: hintServer(plan.raw, plan.format, text),
  }
}

/** What auto_explain says in front of a plan, where no log line gave it away. */
const entryHead = /(?:^|\s)(\d{1,15}(?:[.,]\d{1,9})?) ms {1,4}plan ?:/i
const queryText = /^\s*Query Text: /

/** The figures of MySQL's EXPLAIN ANALYZE: one cost instead of two, and no width. */
const otherFigures = /^\s{0,400}-> \S.*\(cost=[\d.e+-]{1,40}(?: rows=[\d.e+-]{1,40})?\)/

/** Behind the lines of a tree that begins here. */
function behindTree(lines: readonly SourceLine[], from: number): number {
  let at = from + 1
  while (at < lines.length && /^\s*->/.test(lines[at]?.text ?? '')) at += 1
  return at
}

/**
 * Finds the plans among lines that were freed from frames; `readInner` reads a text that a document on this line holds.
 */
export function readLines(
  freed: readonly SourceLine[],
  readInner: (texts: readonly string[], line: number) => Findings,
): Findings {
  const found: Findings = { plans: [], problems: [] }
  const { lines, spans, problems } = findSpans(freed)
  found.problems.push(...problems)

  let chatterFrom = 0
  let at = 0
  let durationMs: number | undefined
  let segment: Segment = { lines: [], start: 0, end: 0 }
  const add = (plan: BarePlan, from: number, text?: string): void => {
    const whole = complete(plan, text)
    const statement = whole.statement ?? statementAbove(lines, chatterFrom, from)
    found.plans.push({
      ...whole,
      ...(statement === undefined ? {} : { statement }),
      ...(durationMs === undefined ? {} : { durationMs }),
    })
    durationMs = undefined
  }
  while (at < lines.length) {
    const here = spans.get(at)
    const line = lines[at]
    if (line === undefined) break
    if (here !== undefined) {
      const from = at
      for (const span of here) {
        for (const plan of span.plans) add(plan, from)
        if (span.texts.length > 0) {
          const inner = readInner(span.texts, line.line)
          found.plans.push(...inner.plans)
          found.problems.push(...inner.problems)
        }
        at = Math.max(at, span.to + 1)
      }
      chatterFrom = at
      continue
    }
    const { text } = line
    const head = text.includes(' ms ') && text.length < 10_000 ? entryHead.exec(text) : null
    if (head !== null) {
      durationMs = Number(head[1]?.replace(',', '.'))
      at += 1
      continue
    }
    const parseBlock = isYamlStart(text) ? parseYamlPlans : isXmlStart(text) ? parseXmlPlans : undefined
    if (parseBlock !== undefined) {
      const reading = parseBlock(lines, at)
      if (reading.problem !== undefined) found.problems.push(reading.problem)
      for (const plan of reading.plans) add(plan, at)
      at = Math.max(at + 1, reading.end)
      if (reading.plans.length > 0) chatterFrom = at
      continue
    }
    if (text.length < 10_000 && otherFigures.test(text)) {
      const column = line.column + text.length - text.trimStart().length
      const message = 'this is a plan of MySQL, which writes its figures otherwise'
      found.problems.push({ code: 'notAPlan', message, line: line.line, column })
      at = behindTree(lines, at)
      continue
    }
    const root = queryText.test(text)
      ? findRoot(lines, at, spans)
      : isRoot(lines, at, chatterFrom)
        ? at
        : undefined
    if (root === undefined) {
      at += 1
      continue
    }
    if (root >= segment.end || at < segment.start) segment = segmentAt(lines, at, root, spans)
    const reading = parsePlanText(segment.lines, at - segment.start)
    if (reading.ok) {
      const end = Math.max(at + 1, segment.start + reading.end)
      const own = lines
        .slice(at, end)
        .map((entry) => entry.text)
        .join('\n')
      const start = lines[root] ?? line
      add({ format: 'text', raw: reading.raw, line: start.line, warnings: reading.warnings }, at, own)
      at = end
      chatterFrom = at
    } else {
      found.problems.push(asProblem(reading.error, line))
      at += 1
    }
  }
  return found
}

function isRoot(lines: readonly SourceLine[], at: number, from: number): boolean {
  const text = lines[at]?.text ?? ''
  return isNodeLine(text) ? figureStart.test(text) || isPlanLike(lines, at, from) : isStrangeRoot(lines, at)
}

const below = /^\s+(?:->|\S[^:]{0,60}: |InitPlan|SubPlan|CTE |(?:Update|Delete|Insert|Merge) on )/

/**
 * Whether a node's name without figures is a plan (`COSTS OFF`) and no word of a sentence or a list: it stands first, below
 * a header or right behind another plan, or what follows belongs to it.
 */
function isPlanLike(lines: readonly SourceLine[], at: number, from: number): boolean {
  if (below.test(lines[at + 1]?.text ?? '')) return true
  let before = at - 1
  while (before >= Math.max(from, at - 5) && lines[before]?.text.trim() === '') before -= 1
  const above = lines[before]?.text
  return before < from || above === undefined || endsPlan(above)
}

/** Lines up to where no plan goes on, for all plans that start among them. */
interface Segment {
  readonly lines: readonly SourceLine[]
  readonly start: number
  readonly end: number
}

function segmentAt(
  lines: readonly SourceLine[],
  start: number,
  root: number,
  spans: ReadonlyMap<number, unknown>,
): Segment {
  let end = root + 1
  while (end < lines.length && !spans.has(end) && !isEnd(lines[end]?.text ?? '')) end += 1
  return { lines: lines.slice(start, end), start, end }
}

const isEntryHead = (text: string): boolean =>
  text.includes(' ms ') && text.length < 10_000 && entryHead.test(text)

const isEnd = (text: string): boolean => endsPlan(text) || isEntryHead(text)

/** The error of another reader as a clause, with a place in any case. */
function asProblem(
  error: {
    readonly code: Problem['code']
    readonly message: string
    readonly line: number | undefined
    readonly column: number | undefined
  },
  line: SourceLine,
): Problem {
  const clause = error.message.replace(/ \(line \d+, column \d+\)\.$/, '')
  return {
    code: error.code,
    message: `${clause.charAt(0).toLowerCase()}${clause.slice(1)}`,
    line: error.line ?? line.line,
    column: error.column ?? line.column,
  }
}

/** The node below `Query Text:`; the statement may look like anything, so only figures tell. */
function findRoot(
  lines: readonly SourceLine[],
  from: number,
  spans: ReadonlyMap<number, unknown>,
): number | undefined {
  for (let at = from + 1; at < lines.length && !spans.has(at); at += 1) {
    const text = lines[at]?.text ?? ''
    if (queryText.test(text) || isYamlStart(text)) return undefined
    if (figureStart.test(text) && isNodeLine(text)) return at
  }
  return undefined
}

interface SpannedLines {
  readonly lines: readonly SourceLine[]
  readonly spans: ReadonlyMap<number, readonly Span[]>
  readonly problems: readonly Problem[]
}

/** The JSON documents first: their own quotes are no cell's. Then the others, out of their quotes. */
function findSpans(freed: readonly SourceLine[]): SpannedLines {
  const bare = findJsonSpans(freed)
  const spans = new Map<number, Span[]>()
  const taken = new Set<number>()
  const keep = (span: Span): void => {
    const others = spans.get(span.from)
    if (others === undefined) spans.set(span.from, [span])
    else others.push(span)
    for (let at = span.from; at <= span.to; at += 1) taken.add(at)
  }
  bare.spans.forEach(keep)
  const lines = withoutCellQuotes(freed, (at) => taken.has(at))
  if (lines === freed) return { lines, spans, problems: bare.problems }
  const hidden = lines.map((line, at) => (taken.has(at) ? { ...line, text: '' } : line))
  const unquoted = findJsonSpans(hidden)
  unquoted.spans.forEach(keep)
  // What could not be read with its quotes may have been read without.
  const read = new Set([...taken].map((at) => lines[at]?.line))
  return {
    lines,
    spans,
    problems: [...bare.problems.filter(({ line }) => !read.has(line)), ...unquoted.problems],
  }
}
