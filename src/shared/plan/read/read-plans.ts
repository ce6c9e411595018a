import type { BarePlan, FoundPlan, PlansReading, Problem } from './found-plan.ts'
import { withoutCellQuotes } from './frames/cells.ts'
import { endsPlan } from './frames/furniture.ts'
import { withoutLatex, withoutMarkup, withoutTroff } from './frames/markup.ts'
import { withoutPsqlFrames } from './frames/psql-frame.ts'
import { withoutBars, withoutQuoteMarks } from './frames/quote-marks.ts'
import { splitLines } from './frames/split-lines.ts'
import { findJsonSpans, type Span } from './json-spans.ts'
import { locate } from './json-text.ts'
import { textsInValue } from './json-values.ts'
import { planError, readJsonDocument } from './parse-json.ts'
import { hintServer } from './server-hints.ts'
import type { SourceLine } from './source-line.ts'
import { statementAbove } from './statement-above.ts'
import { isNodeLine, parsePlanText } from './text/parse-text.ts'
import { isXmlStart, parseXmlPlans } from './xml/parse-xml.ts'
import { isYamlStart, parseYamlPlans } from './yaml/parse-yaml.ts'

interface Findings {
  readonly plans: FoundPlan[]
  readonly problems: Problem[]
  /** Why the paste as a whole is not what it seems to be, if nothing better can be said. */
  readonly fallback?: Problem | undefined
}

/** Plans in texts in plans: deeper than this nobody packs them. */
const deepestPacking = 3

/**
 * Reads every plan of a paste, in any of EXPLAIN's formats, whatever clients and people put around it: psql's frames,
 * quoted cells, markdown, logs, chatter. Never throws; takes time in proportion to the text.
 *
 * An error says where reading failed. If only a part could be read, that part is given, with a warning that says what was
 * left out and where.
 */
export function readPlans(text: string): PlansReading {
  if (text.trim() === '') {
    return {
      ok: false,
      error: planError('empty', 'there is no text to read a plan from', { line: 1, column: 1 }),
    }
  }
  const { plans, problems, fallback } = findPlans(text, 0)
  if (plans.length > 0) {
    return {
      ok: true,
      plans,
      warnings: problems.map(
        (problem) => planError(problem.code, `left out: ${problem.message}`, problem).message,
      ),
    }
  }
  const problem = problems[0] ?? fallback
  if (problem !== undefined) return { ok: false, error: planError(problem.code, problem.message, problem) }
  const first = splitLines(text.slice(0, 100_000)).find((line) => line.text.trim() !== '')
  return {
    ok: false,
    error: planError('notAPlan', 'there is no plan in this text, in none of EXPLAIN’s formats', {
      line: first?.line ?? 1,
      column:
        (first?.column ?? 1) + (first === undefined ? 0 : first.text.length - first.text.trimStart().length),
    }),
  }
}

function findPlans(text: string, depth: number): Findings {
  let fallback: Problem | undefined
  if (/^\s*[[{]/.test(text.slice(0, 10_000))) {
    const whole = readWholeJson(text, depth)
    if (!('message' in whole)) return whole
    fallback = whole
  }
  const lines = [
    withoutMarkup,
    withoutLatex,
    withoutTroff,
    withoutQuoteMarks,
    withoutPsqlFrames,
    withoutBars,
  ].reduce<readonly SourceLine[]>((freed, free) => free(freed), splitLines(text))
  return { ...readLines(lines, depth), fallback }
}

/** The common case, and the quick one: the paste is one JSON document. Else says why it is not. */
function readWholeJson(text: string, depth: number): Findings | Problem {
  const document = readJsonDocument(text)
  const start = text.search(/\S/)
  if (document.ok) {
    const plans = document.plans.map((raw): BarePlan => {
      const { line } = locate(text, document.offsets?.get(raw) ?? start)
      return { format: 'json', raw, line, warnings: document.warnings }
    })
    return { plans: plans.map((plan) => complete(plan)), problems: [] }
  }
  const texts = document.value === undefined ? [] : textsInValue(document.value)
  if (texts.length > 0) {
    const inner = readInnerTexts(texts, locate(text, start).line, depth)
    if (inner.plans.length > 0) return inner
  }
  return { code: document.code, message: document.message, ...locate(text, document.offset) }
}

/** Plans in texts inside a document: their place is the document's. */
function readInnerTexts(texts: readonly string[], line: number, depth: number): Findings {
  const found: Findings = { plans: [], problems: [] }
  if (depth >= deepestPacking) return found
  for (const text of texts) {
    const inner = findPlans(text, depth + 1)
    for (const plan of inner.plans) found.plans.push({ ...plan, line })
    for (const problem of inner.problems) found.problems.push({ ...problem, line, column: 1 })
  }
  return found
}

function complete(plan: BarePlan, text?: string): FoundPlan {
  const queryText = plan.raw['Query Text']
  return {
    ...(typeof queryText === 'string' ? { statement: queryText } : {}),
    ...plan,
    serverHints: hintServer(plan.raw, plan.format, text),
  }
}

function readLines(freed: readonly SourceLine[], depth: number): Findings {
  const found: Findings = { plans: [], problems: [] }
  const bare = findJsonSpans(freed)
  const taken = new Set<number>()
  for (const span of bare.spans) for (let at = span.from; at <= span.to; at += 1) taken.add(at)
  const lines = withoutCellQuotes(freed, (at) => taken.has(at))
  const spans = new Map<number, Span[]>()
  const keep = (span: Span): void => {
    spans.set(span.from, [...(spans.get(span.from) ?? []), span])
  }
  bare.spans.forEach(keep)
  found.problems.push(...bare.problems)
  if (lines.some((line, at) => line !== freed[at])) {
    const hidden = lines.map((line, at) => (taken.has(at) ? { ...line, text: '' } : line))
    const unquoted = findJsonSpans(hidden)
    unquoted.spans.forEach(keep)
    found.problems.push(...unquoted.problems)
  }

  let chatterFrom = 0
  let at = 0
  const add = (plan: BarePlan, from: number, text?: string): void => {
    const statement = plan.statement ?? statementAbove(lines, chatterFrom, from)
    found.plans.push(complete(statement === undefined ? plan : { ...plan, statement }, text))
  }
  while (at < lines.length) {
    const here = spans.get(at)
    if (here !== undefined) {
      const from = at
      for (const span of here) {
        for (const plan of span.plans) add(plan, from)
        const inner = readInnerTexts(span.texts, lines[span.from]?.line ?? 1, depth)
        found.plans.push(...inner.plans)
        found.problems.push(...inner.problems)
        at = Math.max(at, span.to + 1)
      }
      chatterFrom = at
      continue
    }
    const line = lines[at]
    if (line === undefined) break
    const parseBlock = isYamlStart(line.text)
      ? parseYamlPlans
      : isXmlStart(line.text)
        ? parseXmlPlans
        : undefined
    if (parseBlock !== undefined) {
      const reading = parseBlock(lines, at)
      if (reading.problem !== undefined) found.problems.push(reading.problem)
      for (const plan of reading.plans) add(plan, at)
      if (reading.plans.length > 0) chatterFrom = reading.end
      at = Math.max(at + 1, reading.end)
      continue
    }
    if (isNodeLine(line.text)) {
      let end = at + 1
      while (end < lines.length && !spans.has(end) && !endsPlan(lines[end]?.text ?? '')) end += 1
      const slice = lines.slice(at, end)
      const reading = parsePlanText(slice, 0)
      if (reading.ok) {
        const next = at + Math.max(1, reading.end)
        const text = slice
          .slice(0, reading.end)
          .map((taken) => taken.text)
          .join('\n')
        add({ format: 'text', raw: reading.raw, line: line.line, warnings: reading.warnings }, at, text)
        at = next
        chatterFrom = at
        continue
      }
      found.problems.push({
        code: reading.error.code,
        message: reading.error.message,
        line: reading.error.line ?? line.line,
        column: reading.error.column ?? line.column,
      })
    }
    at += 1
  }
  return found
}
