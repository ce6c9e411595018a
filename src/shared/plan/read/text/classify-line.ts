import { figureStart } from './masked-figures.ts'
import { isNodeLine } from './node-line.ts'
import { isKnownName } from './node-names.ts'
import type { PlainLine } from './plain-line.ts'
import { nodeLabels } from './properties.ts'
import { groupLabels, isStatementLabel, statementLabels } from './statement-lines.ts'

/** What a line can be by its own text alone. */
export type LineKind =
  /** `->  Seq Scan on t …`. */
  | { readonly kind: 'node'; readonly name: string }
  /** A node without an arrow: a plan begins, or a write names a table. */
  | { readonly kind: 'bareNode'; readonly hasFigures: boolean }
  /** `InitPlan 1 (returns $0)`, if a node follows. */
  | { readonly kind: 'heading' }
  | { readonly kind: 'worker'; readonly number: number; readonly jit: boolean }
  | { readonly kind: 'label'; readonly label: string; readonly place: LabelPlace }
  /** `(7 rows)`, `Time: 3 ms`: a client's words. */
  | { readonly kind: 'chatter' }
  | { readonly kind: 'other' }

export type LabelPlace = 'statement' | 'group' | 'node' | 'unknown'

const arrow = /^->\s*(?=[A-Z?])/
export const heading = /^(?:InitPlan|SubPlan|CTE)(?: \S|$)/
export const worker = /^Worker (\d{1,9}):\s*/
/** As pg_store_plans writes it. */
const bareWorker = /^Worker (\d{1,9}) \((actual [^()]{1,400})\)$/
const workerJit = /^JIT for worker (\d{1,9}):$/
const rowCount = /^\(\d+ [^()]{1,20}\)$/
const chatterLabels: ReadonlySet<string> = new Set([
  'Time',
  'LOG',
  'ERROR',
  'DETAIL',
  'HINT',
  'NOTICE',
  'WARNING',
  'STATEMENT',
  'CONTEXT',
  'INFO',
  'FATAL',
  'PANIC',
  'DEBUG',
])
export const longestLabel = 120

/** A label: text before the first colon that ends a word. */
export function labelOf(text: string): string | undefined {
  const at = text.indexOf(':')
  if (at < 1 || at > longestLabel) return undefined
  const next = text.charCodeAt(at + 1)
  // The end, a space, or a tab.
  if (!Number.isNaN(next) && next !== 32 && next !== 9) return undefined
  const first = text.charCodeAt(0)
  const isLetter = (first >= 65 && first <= 90) || (first >= 97 && first <= 122) || first > 127
  return isLetter ? text.slice(0, at) : undefined
}

/** Thousands of lines have two dozen labels. */
const knownPlaces: ReadonlyMap<string, LabelPlace> = new Map([
  ...nodeLabels.map((label) => [label, 'node'] as const),
  ...[...groupLabels].map((label) => [label, 'group'] as const),
  ...[...statementLabels].map((label) => [label, 'statement'] as const),
])

/** Known labels by their length and first character: hardly two are alike in both. */
const labelsByLook: ReadonlyMap<number, readonly string[]> = Map.groupBy(knownPlaces.keys(), (label) =>
  lookOf(label.length, label.charCodeAt(0)),
)

function lookOf(length: number, first: number): number {
  return length * 0x1_00_00 + first
}

/** The label that takes up this part of a text: a known one itself, which costs no copy and is found at once in maps. */
export function labelAt(text: string, from: number, end: number): string {
  const known = labelsByLook.get(lookOf(end - from, text.charCodeAt(from)))
  if (known !== undefined) for (const label of known) if (text.startsWith(label, from)) return label
  return text.slice(from, end)
}

/** Where a label belongs, as far as the label alone tells. */
export function placeOf(label: string): LabelPlace {
  return knownPlaces.get(label) ?? (isStatementLabel(label) ? 'statement' : 'unknown')
}

/** The node behind an arrow, or undefined; `data -> 'key'` cut by a terminal is none. */
export function textBehindArrow(text: string): string | undefined {
  if (!text.startsWith('->')) return undefined
  // Mail may wrap behind it.
  if (text === '->') return ''
  const match = arrow.exec(text)
  return match === null ? undefined : text.slice(match[0].length)
}

/** Lines that few begin like: what they begin with is looked at first. */
function classifySpecial(text: string): LineKind | undefined {
  switch (text[0]) {
    case 'I':
    case 'S':
    case 'C':
      return heading.test(text) && !figureStart.test(text) ? { kind: 'heading' } : undefined
    case 'W':
    case 'J': {
      const jit = workerJit.exec(text)
      if (jit !== null) return { kind: 'worker', number: Number(jit[1]), jit: true }
      const own = worker.exec(text) ?? bareWorker.exec(text)
      return own === null ? undefined : { kind: 'worker', number: Number(own[1]), jit: false }
    }
    case '(':
      return rowCount.test(text) ? { kind: 'chatter' } : undefined
    default:
      return undefined
  }
}

/** What a worker's line says behind its number. */
export function textOfWorker(text: string): string {
  return bareWorker.exec(text)?.[2] ?? text.slice(text.indexOf(':') + 1).trim()
}

/** Says what a line is, as far as its own text tells. */
export function classifyLine({ text }: PlainLine): LineKind {
  const name = textBehindArrow(text)
  if (name !== undefined) return { kind: 'node', name }
  const special = classifySpecial(text)
  if (special !== undefined) return special
  const label = labelOf(text)
  if (label !== undefined)
    return chatterLabels.has(label) ? { kind: 'chatter' } : { kind: 'label', label, place: placeOf(label) }
  if (isNodeLine(text)) return { kind: 'bareNode', hasFigures: figureStart.test(text) }
  return { kind: 'other' }
}

const tableLine = /^(?:Foreign )?(?:Insert|Update|Delete|Merge) on /

/** Whether a line without an arrow names a table that a write reaches. */
export function isTargetLine(text: string): boolean {
  return tableLine.test(text) && !figureStart.test(text) && isKnownName(text)
}
