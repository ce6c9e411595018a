import type { RawPlan } from '../../raw.ts'
import type { PlanError, PlanErrorCode } from '../parse-json.ts'
import type { SourceLine } from '../source-line.ts'
import { classifyLine, isTargetLine, type LineKind, labelOf, placeOf, textOfWorker } from './classify-line.ts'
import { goesOnLine, joinToLabel } from './cut-labels.ts'
import { findCutWidth } from './cut-width.ts'
import { finishPlan } from './finish-plan.ts'
import {
  addPiece,
  balanceOf,
  closesLiteral,
  endsOpen,
  joinLine,
  type LogicalLine,
  lastPiece,
  startLine,
} from './logical-line.ts'
import { isFlat, plantByNeed } from './lost-indent.ts'
import { figureStart } from './masked-figures.ts'
import { findCutNode, findGap } from './missing-children.ts'
import type { MutableRecord } from './mutable-record.ts'
import { isNodeLine, readNodeLine } from './node-line.ts'
import { type PlainLine, toPlainLine } from './plain-line.ts'
import { isOwnColumn, newState, type PlanState } from './plan-state.ts'
import { readStatementLine } from './statement-lines.ts'
import { takeExtra, takeInBlock, takeLabel, takeWorker } from './take-line.ts'
import { settleKeys, takeHeading, takeNode, takeTarget } from './take-node.ts'

export { isNodeLine }

/** A plan read from EXPLAIN's text form. */
export type TextReading =
  | {
      readonly ok: true
      readonly raw: RawPlan
      /** Index behind the last line it took. */
      readonly end: number
      readonly warnings: readonly string[]
    }
  | { readonly ok: false; readonly error: PlanError }

/** The line that is being read: of the server, perhaps in pieces. */
interface Current {
  readonly line: LogicalLine
  readonly kind: LineKind
  readonly source: SourceLine
}

function refuse(code: PlanErrorCode, message: string, line: SourceLine | undefined): TextReading {
  const column =
    line === undefined ? undefined : line.column + (line.text.length - line.text.trimStart().length)
  const where = line === undefined ? '' : ` (line ${line.line}, column ${column})`
  return { ok: false, error: { code, message: `${message}${where}.`, line: line?.line, column } }
}

/** Texts that only go on a line: figures without what stands before them. */
const figureWord = /^(?:\((?:cost=|actual |never executed\))|[a-z]+=\d)/

const valueLabels: ReadonlySet<string> = new Set(['Buffers', 'I/O Timings', 'WAL', 'Options', 'Timing'])

/** Whether mail wrapped behind the colon of a label that the server never writes without a value. */
const lacksValue = ({ kind, line }: Current): boolean =>
  (kind.kind === 'worker' ||
    (kind.kind === 'label' && (kind.place === 'node' || valueLabels.has(kind.label)))) &&
  lastPiece(line).text.endsWith(':')

/** Words that only go on an expression or a sort key. */
const keyWord = /^(?:NULLS (?:FIRST|LAST)|DESC|AND|OR|COLLATE|USING)\b/

/** Whether a node's name was cut, `->  Bitmap Index`, in a plan whose nodes have figures: what has some is its rest. */
function lacksFigures({ kind, line }: Current, { drafts }: PlanState): boolean {
  const figures = drafts[0]?.figures
  return (
    kind.kind === 'node' &&
    (figures?.cost !== undefined || figures?.actual !== undefined) &&
    !figureStart.test(line.first.text) &&
    !line.pieces?.some(({ plain }) => figureStart.test(plain.text))
  )
}

/** Whether a line goes on the one before it. */
function goesOn(
  current: Current,
  plain: PlainLine,
  kind: LineKind,
  blanks: number,
  state: PlanState,
  cutWidth: () => number | undefined,
): boolean {
  const { line } = current
  if (line.pieces === undefined && line.first.text === '->') return blanks === 0
  // The line that closes a literal may look like anything.
  if (plain.text.includes("'") && closesLiteral(line, plain.text)) return true
  if (kind.kind === 'node' || kind.kind === 'heading' || kind.kind === 'worker') return false
  if (blanks === 0 && (kind.kind === 'label' || kind.kind === 'other')) {
    if (current.kind.kind === 'label' && goesOnLine(line.first.text, lastPiece(line).text, plain.text))
      return true
    if (current.kind.kind === 'other' && joinToLabel(lastPiece(line).text, plain.text)) return true
  }
  const isKnown = kind.kind === 'label' && kind.place !== 'unknown'
  const isLoose = kind.kind === 'other' || (kind.kind === 'label' && !isKnown)
  if (isLoose && blanks === 0 && lacksValue(current)) return true
  const isStray =
    kind.kind === 'chatter' || (isKnown && kind.place !== 'statement' && plain.indent <= state.rootIndent + 1)
  // The rest of a line that filled its terminal may look like anything: `Rows Removed by` | `Filter: 7`.
  if (isStray && blanks === 0 && lastPiece(line).width === cutWidth()) return true
  if (isKnown || kind.kind === 'chatter') return false
  const balance = balanceOf(line)
  if (kind.kind === 'bareNode' && kind.hasFigures && blanks === 0 && lacksFigures(current, state)) return true
  if (kind.kind === 'bareNode' && (kind.hasFigures || balance.depth === 0)) return false
  if (blanks > 0) return balance.quote === 39
  if (kind.kind === 'label' && (balance.depth > 0 || balance.quote !== 0)) return true
  if (kind.kind === 'other') {
    if (figureWord.test(plain.text) || endsOpen(line) || keyWord.test(plain.text)) return true
    if (lacksFigures(current, state)) return true
    if (isOwnColumn(state, plain.indent) && current.kind.kind !== 'node') return false
    // The name of a node was cut, in a plan whose nodes have figures.
    if (current.kind.kind === 'node' && figureStart.test(plain.text) && !figureStart.test(line.first.text))
      return true
  }
  if (isOwnColumn(state, plain.indent)) return false
  const width = cutWidth()
  return width !== undefined && lastPiece(line).width >= width - 1
}

/** Whether the figures of a node read to their end. */
function isWhole(text: string): boolean {
  const { isCut, rest } = readNodeLine(text)
  return !isCut && rest === ''
}

/** Hands a whole line to the plan; false if the plan has ended before it. */
function take(state: PlanState, current: Current, text: string): void {
  const { kind, source } = current
  const { indent } = current.line.first
  switch (kind.kind) {
    case 'node':
      takeNode(state, text.replace(/^->\s*/, ''), true, indent, source.line)
      return
    case 'other': {
      // Cut within the label: what it is shows only when it is whole.
      const whole = current.line.pieces === undefined ? kind : asLabel({ ...current.line.first, text })
      if (whole.kind === 'label' && placeOf(whole.label) === 'node')
        takeLabel(state, whole.label, text.slice(whole.label.length + 1).trim(), 'node', indent)
      else takeExtra(state, text, indent)
      return
    }
    case 'bareNode':
      if (state.drafts.length === 0) takeNode(state, text, false, indent, source.line)
      else if (!takeTarget(state, text, indent)) takeExtra(state, text, indent)
      return
    case 'heading':
      takeHeading(state, text, indent, source.line)
      return
    case 'worker':
      takeWorker(state, kind.number, kind.jit, textOfWorker(text), indent)
      return
    case 'label':
      takeLabel(state, kind.label, text.slice(kind.label.length + 1).trim(), kind.place, indent)
      return
    default:
      takeExtra(state, text, indent)
  }
}

/** What Greenplum says of each of its slices, between planning and execution time. */
const sliceLine = /^\(slice\d+\)\s/

/** Whether a line cannot be of the plan that is being read. */
function isForeign(state: PlanState, plain: PlainLine, kind: LineKind, blanks: number): boolean {
  const isInside = plain.indent > state.rootIndent
  switch (kind.kind) {
    case 'chatter':
      return true
    case 'node':
      // Behind the tree, or of a plan of which only a piece further in was read.
      return state.isBehind || (state.hasArrow && plain.indent <= state.rootIndent && state.rootIndent > 0)
    case 'bareNode':
      return kind.hasFigures || !isInside || !isTargetLine(plain.text)
    case 'label':
      return kind.place === 'unknown' && !isInside && blanks > 0
    case 'other':
      if (state.isBehind && sliceLine.test(plain.text)) return false
      return !isInside || blanks > 0 || state.isBehind
    default:
      return state.isBehind && kind.kind === 'heading'
  }
}

/** Lines above the tree that auto_explain writes; the statement goes on until the first node with its costs. */
function readAbove(
  lines: readonly SourceLine[],
  from: number,
  before: MutableRecord,
  state: PlanState,
): number {
  let at = from
  let key: string | undefined
  let texts: string[] = []
  const settle = (): void => {
    if (key !== undefined) readStatementLine(before, key, texts.join('\n').trim(), state.traits)
  }
  for (; at < lines.length; at += 1) {
    const text = lines[at]?.text ?? ''
    const trimmed = text.trim()
    if (key === undefined && trimmed === '') continue
    const label = /^(Query Text|Query Parameters):/.exec(trimmed)?.[1]
    if (label !== undefined) {
      settle()
      key = label
      texts = [trimmed.slice(label.length + 1)]
    } else if (key === undefined || (isNodeLine(trimmed) && figureStart.test(trimmed))) break
    else texts.push(text.trimEnd())
  }
  settle()
  return at
}

/**
 * Reads one plan in EXPLAIN's text form, with the keys, types and nesting of JSON.
 *
 * Lines that something cut are joined again where they cannot be anything else; labels that the server does not know
 * (extensions) are kept under their own name on the node, lines without a label under `Extra Lines`. Never throws and
 * never recurses; time is linear.
 *
 * @param lines freed from what a client put around them
 * @param from where the plan begins: `Query Text:` or the root
 * @returns the plan and where it ended, or why there is none, with line and column
 */
export function parsePlanText(lines: readonly SourceLine[], from: number): TextReading {
  const state = newState()
  const before: MutableRecord = {}
  let at = readAbove(lines, from, before, state)
  const first = lines[at]
  if (first === undefined) return refuse('empty', 'There is no plan in this text', lines[from])
  if (!isNodeLine(first.text)) return refuse('notAPlan', 'A plan begins with a node, and this is none', first)

  state.isFlat = isFlat(lines, at)

  let cut: number | undefined
  let isCutKnown = false
  let isWrapped = false
  const cutWidth = (): number | undefined => {
    if (!isCutKnown) cut = findCutWidth(lines, from)
    isCutKnown = true
    return cut
  }
  let current: Current | undefined
  const flush = (): void => {
    if (current === undefined) return
    const { line, kind } = current
    let text =
      line.pieces === undefined
        ? line.first.text
        : joinLine(line, cutWidth(), state.rootIndent, isWrapped && cutWidth() === undefined)
    if (line.pieces !== undefined && (kind.kind === 'node' || kind.kind === 'bareNode')) {
      isWrapped = true
      // Cut once, inside a word: nothing tells but that the figures read whole without a space.
      if (!isWhole(text)) {
        const tight = joinLine(line, 0)
        if (isWhole(tight)) text = tight
      }
    }
    take(state, current, text)
    current = undefined
  }

  let blanks = 0
  let end = at
  for (; at < lines.length; at += 1) {
    const source = lines[at]
    if (source === undefined) continue
    const plain = toPlainLine(source)
    if (plain.text === '') {
      blanks += 1
      continue
    }
    let kind = classifyLine(plain)
    const isFirst = current === undefined && state.drafts.length === 0
    if (isFirst && kind.kind !== 'node') kind = { kind: 'bareNode', hasFigures: figureStart.test(plain.text) }
    else if (kind.kind === 'heading' && !leadsToNode(lines, at)) kind = asLabel(plain)
    else if (kind.kind === 'bareNode' && joinToLabel(plain.text, lines[at + 1]?.text.trim() ?? ''))
      kind = { kind: 'other' }
    // A client's words stand at the margin.
    else if (kind.kind === 'chatter' && plain.indent > state.rootIndent + 1) kind = asLabel(plain)
    if (state.block !== undefined && takeInBlock(state, plain.text, plain.indent, false)) {
      // Neither whole lines nor pieces are told apart in it.
    } else if (current !== undefined && goesOn(current, plain, kind, blanks, state, cutWidth)) {
      addPiece(current.line, plain, blanks)
    } else {
      flush()
      const isLoose = kind.kind === 'bareNode' || kind.kind === 'other'
      if (!takeInBlock(state, plain.text, plain.indent, isLoose)) {
        if (state.drafts.length > 0 && isForeign(state, plain, kind, blanks)) break
        current = { line: startLine(plain), kind, source }
      }
    }
    blanks = 0
    end = at + 1
  }
  const last = current
  flush()
  settleKeys(state)
  // Alone with an arrow a tree was copied from its first node on; further in, what stood above it is missing.
  if (state.rootIndent > 2 && first !== undefined && /^\s+->/.test(first.text))
    state.warnings.add(`What stands above ${state.drafts[0]?.name.nodeType} is missing (line ${first.line}).`)
  if (state.isFlat) {
    plantByNeed(state.drafts)
    state.warnings.add('The indent is lost: the tree was put together by what each node reads.')
  }
  const warnings = listWarnings(state, last)
  const raw = finishPlan(state.drafts, before, state.beside, state.traits)
  if (raw === undefined) return refuse('notAPlan', 'A plan begins with a node, and this is none', first)
  return { ok: true, raw, end, warnings }
}

function asLabel({ text }: PlainLine): LineKind {
  const label = labelOf(text)
  return label === undefined ? { kind: 'other' } : { kind: 'label', label, place: 'unknown' }
}

/** A heading stands above a node; the same words elsewhere are something else. */
function leadsToNode(lines: readonly SourceLine[], at: number): boolean {
  for (let next = at + 1; next < lines.length; next += 1) {
    const text = lines[next]?.text.trim() ?? ''
    if (text !== '') return text.startsWith('->')
  }
  // The text was cut behind it, unless it says something itself.
  return labelOf(lines[at]?.text.trim() ?? '') === undefined
}

function listWarnings(state: PlanState, last: Current | undefined): readonly string[] {
  const { warnings, heading } = state
  if (heading !== undefined) warnings.add(`The text ends behind "${heading.text}" (line ${heading.line}).`)
  if (last !== undefined && last.kind.kind === 'label' && balanceOf(last.line).depth > 0)
    warnings.add(`The text ends in the middle of "${last.kind.label}" (line ${last.source.line}).`)
  const gap = findGap(state.drafts)
  if (gap !== undefined) warnings.add(gap)
  const cut = warnings.size === 0 ? findCutNode(state.drafts) : undefined
  if (cut !== undefined) warnings.add(cut)
  return [...warnings]
}
