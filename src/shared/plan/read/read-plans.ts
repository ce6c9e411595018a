import { mendForeignJson } from './foreign-json.ts'
import { findBinary, findForeignPlan } from './foreign-plans.ts'
import type { BarePlan, PlansReading, Problem } from './found-plan.ts'
import { commentSign, withoutCommentMarks, withoutMarksOfScan } from './frames/comment-marks.ts'
import { fenceSign, withoutFences } from './frames/fences.ts'
import { insertSign, withoutInserts } from './frames/insert-rows.ts'
import { withoutLinePrefix } from './frames/line-prefix.ts'
import { withoutLatex, withoutMarkup, withoutTroff } from './frames/markup.ts'
import { withoutPsqlFrames } from './frames/psql-frame.ts'
import { withoutBars, withoutQuoteMarks } from './frames/quote-marks.ts'
import { splitLines } from './frames/split-lines.ts'
import { locate } from './json-text.ts'
import { textsInValue } from './json-values.ts'
import { spelledTexts } from './literals.ts'
import { findLoggedTexts } from './log-plans.ts'
import { planError, readJsonDocument } from './parse-json.ts'
import { complete, type Findings, readLines } from './read-lines.ts'
import type { SourceLine } from './source-line.ts'
import { readCleanText } from './text/clean-text.ts'

/** Plans in texts in plans: deeper than this nobody packs them. */
const deepestPacking = 3

/** Where a text begins in the paste; `isOneLine`: its lines are written as `\n` on that line. */
interface Origin {
  readonly line: number
  readonly isOneLine: boolean
  readonly depth: number
}

/**
 * Reads every plan of a paste, in any of EXPLAIN's formats, whatever clients and people put around it: psql's frames,
 * quoted cells, markdown, logs, chatter. Never throws; takes time in proportion to the text.
 *
 * An error says where reading failed. If only a part could be read, that part is given, with a warning that says what was
 * left out and where.
 */
export function readPlans(text: string): PlansReading {
  return report(text, findPlans)
}

/** As `readPlans`, without the quick way for texts that need nothing taken off: they must read the same. */
export function readPlansTolerantly(text: string): PlansReading {
  return report(text, searchPlans)
}

function report(text: string, find: (text: string, origin: Origin) => Findings): PlansReading {
  if (text.trim() === '') {
    const message = 'there is no text to read a plan from'
    return { ok: false, error: planError('empty', message, { line: 1, column: 1 }) }
  }
  const { plans, problems, fallback } = find(text, { line: 1, isOneLine: false, depth: 0 })
  if (plans.length > 0) {
    const warnings = problems.map(
      (problem) => planError(problem.code, `left out: ${problem.message}`, problem).message,
    )
    return { ok: true, plans, warnings }
  }
  const problem = problems[0] ??
    findBinary(text) ??
    findForeignPlan(text) ??
    fallback ?? {
      code: 'notAPlan' as const,
      message: 'there is no plan in this text, in none of EXPLAIN’s formats',
      ...locate(text, text.search(/[^\s\uFEFF]/)),
    }
  return { ok: false, error: planError(problem.code, problem.message, problem) }
}

function findPlans(text: string, origin: Origin): Findings {
  const clean = readCleanText(text)
  if (clean !== undefined) {
    const line = origin.isOneLine ? origin.line : origin.line + clean.line - 1
    const plan: BarePlan = { format: 'text', raw: clean.raw, line, warnings: clean.warnings }
    return { plans: [complete(plan, text)], problems: [] }
  }
  return searchPlans(text, origin)
}

function searchPlans(text: string, origin: Origin): Findings {
  let fallback: Problem | undefined
  if (/^[\s\uFEFF]*[[{]/.test(text.slice(0, 10_000))) {
    const whole = readWholeJson(text, origin)
    if (!('message' in whole)) return whole
    fallback = whole
    const mended = mendForeignJson(text)
    const again = mended === undefined ? undefined : readWholeJson(mended, origin)
    if (again !== undefined && !('message' in again) && again.plans.length > 0) return again
  }
  const packed = origin.depth < deepestPacking ? (readLiteral(text) ?? readJsonRows(text)) : undefined
  if (packed !== undefined) {
    const inner = readInner([packed], placeIn(text, text.search(/\S/), origin).line, origin)
    if (inner.plans.length > 0) return inner
  }
  const logged = origin.depth < deepestPacking ? readLog(text, origin) : undefined
  if (logged !== undefined && logged.plans.length > 0) return logged
  const lines = freeLines(text, splitAt(text, origin))
  const inside = (texts: readonly string[], line: number): Findings => readInner(texts, line, origin)
  const found = readLines(lines, inside)
  if (found.plans.length === 0) {
    const bare = withoutLinePrefix(lines)
    const again = bare === lines ? found : readLines(bare, inside)
    if (again.plans.length > 0) return again
    const marked = withoutMarksOfScan(lines)
    const scan = marked === lines ? found : readLines(marked, inside)
    if (scan.plans.length > 0) return scan
    const mended = origin.depth < deepestPacking ? mendForeignJson(text) : undefined
    const foreign = mended === undefined ? found : findPlans(mended, { ...origin, depth: origin.depth + 1 })
    if (foreign.plans.length > 0) return foreign
    for (const { text: inner, line } of origin.depth < deepestPacking ? spelledTexts(text) : []) {
      const spelled = inside([inner], origin.isOneLine ? origin.line : origin.line + line - 1)
      if (spelled.plans.length > 0) return spelled
    }
  }
  return { ...found, fallback }
}

// Behind spaces and what nobody sees.
const quoteMark = /^[ \t\v\f\u0080-\uFFFF]*>/m
/** With it clients begin a colour, which may stand before anything. */
const escape = '\u001B'

/** Each step walks over all lines: those that nothing in the text calls for are left out. */
function freeLines(text: string, split: readonly SourceLine[]): readonly SourceLine[] {
  let lines = split
  // What a step has freed may hold signs that the text itself does not show.
  const shows = (sign: RegExp): boolean => lines !== split || sign.test(text)
  if (shows(/[<&]/)) lines = withoutMarkup(lines)
  if (shows(/\\/)) lines = withoutLatex(lines)
  lines = withoutTroff(lines)
  if (shows(fenceSign)) lines = withoutFences(lines)
  if (shows(insertSign)) lines = withoutInserts(lines)
  if (text.includes(escape) || shows(quoteMark)) lines = withoutQuoteMarks(lines)
  const hasBars = shows(/[|│║]/)
  if (shows(commentSign)) lines = withoutCommentMarks(lines)
  lines = withoutPsqlFrames(lines)
  return hasBars ? withoutBars(lines) : lines
}

function splitAt(text: string, { line: first, isOneLine }: Origin): readonly SourceLine[] {
  const lines = splitLines(text)
  if (first === 1 && !isOneLine) return lines
  return lines.map((line) =>
    isOneLine ? { text: line.text, line: first, column: 1 } : { ...line, line: line.line + first - 1 },
  )
}

const placeIn = (
  text: string,
  offset: number,
  { line, isOneLine }: Origin,
): { readonly line: number; readonly column: number } => {
  if (isOneLine) return { line, column: 1 }
  const place = locate(text, offset)
  return { line: place.line + line - 1, column: place.column }
}

/** The common case, and the quick one: the text is one JSON document. Else says why it is not. */
function readWholeJson(text: string, origin: Origin): Findings | Problem {
  const document = readJsonDocument(text)
  const start = text.search(/[^\s\uFEFF]/)
  if (document.ok) {
    const plans = document.plans.map((raw): BarePlan => {
      const { line } = placeIn(text, document.offsets?.get(raw) ?? start, origin)
      return { format: 'json', raw, line, warnings: document.warnings }
    })
    return { plans: plans.map((plan) => complete(plan)), problems: [] }
  }
  const texts = document.value === undefined ? [] : textsInValue(document.value)
  if (texts.length > 0) {
    const inner = readInner(texts, placeIn(text, start, origin).line, origin)
    if (inner.plans.length > 0) return inner
  }
  return { code: document.code, message: document.message, ...placeIn(text, document.offset, origin) }
}

/** The text of rows that a client printed as JSON, one a line. */
function readJsonRows(text: string): string | undefined {
  if (!/^\s*\{\s{0,9}"QUERY PLAN"\s{0,9}:\s{0,9}"/.test(text)) return undefined
  const rows: string[] = []
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue
    try {
      const row: unknown = JSON.parse(line)
      const value = typeof row === 'object' && row !== null && 'QUERY PLAN' in row ? row['QUERY PLAN'] : row
      if (typeof value !== 'string') return undefined
      rows.push(value)
    } catch {
      return undefined
    }
  }
  return rows.length > 1 ? rows.join('\n') : undefined
}

/** A plan in text form all of whose line breaks are written out. */
const writtenBreak = /^[^"'{[]{0,400}\((?:cost=|actual )[^"]{0,400}\\n\s{0,400}(?:->|[A-Z])/

/** The text that a string of JSON or of a program spells, if the paste is nothing else. */
function readLiteral(text: string): string | undefined {
  if (!text.includes('\n') && writtenBreak.test(text)) return text.replaceAll(/(?:\\r)?\\n/g, '\n')
  const literal = text.trim()
  // A literal of SQL over several lines; the document inside has quotes of its own.
  if (/^'\s{0,400}[[{<]/.test(literal) && literal.endsWith("'"))
    return literal.slice(1, -1).replaceAll("''", "'")
  if (!literal.startsWith('"') || !literal.endsWith('"') || !/\\[n"]/.test(literal)) return undefined
  try {
    const value: unknown = JSON.parse(literal)
    return typeof value === 'string' ? value : undefined
  } catch {
    return undefined
  }
}

/** Plans in texts inside a document: their place is the document's. */
function readInner(texts: readonly string[], line: number, origin: Origin): Findings {
  const found: Findings = { plans: [], problems: [] }
  if (origin.depth >= deepestPacking) return found
  for (const text of texts) {
    const inner = findPlans(text, { line, isOneLine: true, depth: origin.depth + 1 })
    found.plans.push(...inner.plans)
    found.problems.push(...inner.problems)
  }
  return found
}

/** The plans of a server's log, with what its entries say beside them. */
function readLog(text: string, origin: Origin): Findings | undefined {
  const texts = findLoggedTexts(text)
  if (texts === undefined) return undefined
  const found: Findings = { plans: [], problems: [] }
  for (const { text: inner, line, isOneLine, ...beside } of texts) {
    const reading = findPlans(inner, {
      line: origin.isOneLine ? origin.line : origin.line + line - 1,
      isOneLine: isOneLine || origin.isOneLine,
      depth: origin.depth + 1,
    })
    // What follows the first plan of an entry was not logged, but pasted below it.
    for (const [at, plan] of reading.plans.entries())
      found.plans.push(at === 0 ? { ...plan, ...beside } : plan)
    found.problems.push(...reading.problems)
  }
  return found
}
