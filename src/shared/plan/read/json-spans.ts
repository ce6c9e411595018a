import {
  isRawPlanNode,
  isRecord,
  listRawNodes,
  type RawPlan,
  type RawPlanNode,
  type RawValue,
} from '../raw.ts'
import type { BarePlan, Problem } from './found-plan.ts'
import { joinLines } from './joined-lines.ts'
import { textsInValue } from './json-values.ts'
import { readJsonDocument } from './parse-json.ts'
import type { SourceLine } from './source-line.ts'

/** Lines that hold a JSON document, and what was read of it. */
export interface Span {
  /** First and last line, as indexes. */
  readonly from: number
  readonly to: number
  readonly plans: readonly BarePlan[]
  /** Texts inside the document that may be plans in another format. */
  readonly texts: readonly string[]
}

export interface JsonSpans {
  readonly spans: readonly Span[]
  readonly problems: readonly Problem[]
}

// A document that names a plan's keys, wherever it begins; or any other object that begins a line.
const candidate =
  /(?:\[\s{0,400}){0,3}\{\s{0,400}"(Plan|Node Type|Query Text|Query Identifier|QUERY PLAN)"\s{0,400}:|^[ \t]{0,400}(?:\[\s{0,400}){0,3}\{\s{0,400}"/gm

/** Finds the JSON documents among lines. */
export function findJsonSpans(lines: readonly SourceLine[]): JsonSpans {
  const spans: Span[] = []
  const problems: Problem[] = []
  if (!lines.some(({ text }) => text.includes('"') && text.includes(':'))) return { spans, problems }
  const { text, lineAt, placeOf } = joinLines(lines)
  // Each line may be looked at a few times, not once per bracket: garbage of brackets would take for ever.
  let budget = text.length * 4 + 10_000
  // Where a document that never closes began on its line: nodes further in are pieces of it.
  let brokenColumn: number | undefined
  candidate.lastIndex = 0
  for (let found = candidate.exec(text); found !== null; found = candidate.exec(text)) {
    const start = found.index + (found[0].length - found[0].trimStart().length)
    const isSure = found[1] !== undefined
    if (found[1] === 'Node Type' && brokenColumn !== undefined && placeOf(start).column > brokenColumn)
      continue
    let end: number | undefined
    if (budget > 0) {
      const close = findClose(text, start)
      budget -= (close ?? text.length) - start
      end = close
    }
    if (end === undefined && !isSure) {
      candidate.lastIndex = found.index + Math.max(1, found[0].length - 1)
      continue
    }
    const document = readJsonDocument(text.slice(start, end))
    const from = lineAt(start)
    const line = placeOf(start).line
    if (document.ok) {
      const to = lineAt((end ?? text.length) - 1)
      spans.push({
        from,
        to,
        texts: [],
        plans: document.plans.map((raw) => {
          const offset = document.offsets?.get(raw)
          return {
            format: 'json',
            raw,
            line: offset === undefined ? line : placeOf(start + offset).line,
            warnings: document.warnings,
          }
        }),
      })
      candidate.lastIndex = end ?? text.length
      continue
    }
    if (document.value !== undefined) {
      const texts = textsInValue(document.value)
      if (texts.length > 0) spans.push({ from, to: lineAt((end ?? text.length) - 1), plans: [], texts })
      else if (isSure) problems.push({ ...document, ...placeOf(start + document.offset) })
      candidate.lastIndex = end ?? text.length
      continue
    }
    // Broken. Brackets that never close mean that it was cut: what came before the cut is worth showing.
    const place = placeOf(start + document.offset)
    const partial = end === undefined ? readPartial(document.partial?.()) : undefined
    if (partial !== undefined) {
      const count = listRawNodes(partial).length
      spans.push({
        from,
        to: lineAt(Math.max(start, start + document.offset - 1)),
        texts: [],
        plans: [
          {
            format: 'json',
            raw: partial,
            line,
            warnings: [
              `The plan breaks off at line ${place.line}, column ${place.column}: ${
                count === 1 ? 'one node was' : `${count} nodes were`
              } read, the last perhaps in part; what follows is missing.`,
            ],
          },
        ],
      })
    } else if (isSure) {
      problems.push({ code: document.code, message: document.message, ...place })
    }
    if (end === undefined) brokenColumn = placeOf(start).column
    candidate.lastIndex = end ?? Math.max(start + document.offset, found.index + found[0].length)
  }
  return { spans, problems }
}

/** The offset behind the bracket that closes the one at `start`. */
function findClose(text: string, start: number): number | undefined {
  let depth = 0
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 0x22) {
      for (at += 1; at < text.length; at += 1) {
        const inner = text.charCodeAt(at)
        if (inner === 0x5c) at += 1
        // A line break can't stand in a JSON text: the quote was never closed.
        else if (inner === 0x22 || inner === 0x0a) break
      }
    } else if (code === 0x7b || code === 0x5b) depth += 1
    else if (code === 0x7d || code === 0x5d) {
      depth -= 1
      if (depth === 0) return at + 1
    }
  }
  return undefined
}

/** The plan that a broken document holds so far, without nodes that have no type yet. */
function readPartial(value: RawValue | undefined): RawPlan | undefined {
  let inner: RawValue | undefined = value
  for (let layer = 0; layer < 4 && inner !== undefined; layer += 1) {
    if (Array.isArray(inner)) inner = (inner as readonly RawValue[])[0]
    else if (isRecord(inner) && inner['QUERY PLAN'] !== undefined) inner = inner['QUERY PLAN']
  }
  if (!isRecord(inner)) return undefined
  const plan = isRawPlanNode(inner) && inner['Plan'] === undefined ? { Plan: inner } : inner
  const root = plan['Plan']
  if (!isRawPlanNode(root)) return undefined
  dropUntyped(root)
  return plan as RawPlan
}

/** Takes the nodes that have no type yet out of a half-built tree, which nobody else has seen. */
export function dropUntyped(root: RawPlanNode): void {
  const open: RawValue[] = [root]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (!isRecord(node)) continue
    const children = node['Plans']
    if (children === undefined) continue
    const whole = Array.isArray(children) ? children.filter(isRawPlanNode) : []
    ;(node as Record<string, RawValue>)['Plans'] = whole
    open.push(...whole)
  }
}
