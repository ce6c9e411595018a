import type { RawPlan } from '../../raw.ts'
import type { PlanError, PlanErrorCode } from '../parse-json.ts'
import type { SourceLine } from '../source-line.ts'
import type { LineKind } from './classify-line.ts'
import { findCutWidth } from './cut-width.ts'
import { finishPlan } from './finish-plan.ts'
import { goesOn } from './goes-on.ts'
import { classifyInPlan, classifyRoot, isForeign } from './line-in-plan.ts'
import { addPiece, balanceOf, startLine } from './logical-line.ts'
import { isFlat, plantByNeed } from './lost-indent.ts'
import { findCutNode, findGap } from './missing-children.ts'
import type { MutableRecord } from './mutable-record.ts'
import { isNodeLine } from './node-line.ts'
import { isCutNode, type OpenLine, textOf } from './open-line.ts'
import { type PlainLine, toPlainLine } from './plain-line.ts'
import { newState, type PlanState } from './plan-state.ts'
import { readAbove } from './read-above.ts'
import { mayBeStrangeRoot } from './strange-root.ts'
import { takeInBlock } from './take-line.ts'
import { settleKeys } from './take-node.ts'
import { takeWhole } from './take-whole.ts'
import { warnOfDoubt } from './warn-of-doubt.ts'
import { findWrap, isBelowShortLine, type Wrap, widthOf } from './wrap.ts'

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
  const top = readAbove(lines, from, before, state.traits)
  const first = lines[top]
  if (first === undefined) return refuse('empty', 'There is no plan in this text', lines[from])
  if (!isNodeLine(first.text) && !mayBeStrangeRoot(first))
    return refuse('notAPlan', 'A plan begins with a node, and this is none', first)

  state.isFlat = isFlat(lines, top)
  const { end, last } = readTree(lines, top, state, cutWidthOf(lines, from))
  settleKeys(state)
  // Alone with an arrow a tree was copied from its first node on; further in, what stood above it is missing.
  if (state.rootIndent > 2 && /^\s+->/.test(first.text))
    state.warnings.add(
      `What stands above ${state.drafts[0]?.name.kind.nodeType} is missing (line ${first.line}).`,
    )
  if (state.isFlat) {
    plantByNeed(state.drafts)
    state.warnings.add('The indent is lost: the tree was put together by what each node reads.')
  }
  const warnings = listWarnings(state, last)
  const raw = finishPlan(state.drafts, before, state.beside, state.traits)
  if (raw === undefined) return refuse('notAPlan', 'A plan begins with a node, and this is none', first)
  return { ok: true, raw, end, warnings }
}

/** Looked for when it is first asked for: most plans are whole. */
function cutWidthOf(lines: readonly SourceLine[], from: number): () => number | undefined {
  let found: { readonly width: number | undefined } | undefined
  return () => (found ??= { width: findCutWidth(lines, from) }).width
}

interface TreeEnd {
  /** Index behind the last line of the plan. */
  readonly end: number
  /** The line that was read last. */
  readonly last: OpenLine | undefined
}

/** Hands the lines of a plan to `state`, whole, until one comes that can't be of it. */
function readTree(
  lines: readonly SourceLine[],
  top: number,
  state: PlanState,
  cutWidth: () => number | undefined,
): TreeEnd {
  const around = { state, cutWidth }
  let open: OpenLine | undefined
  let last: OpenLine | undefined
  let isWrapped = false
  /** Looked for at the first line that could be a piece of another. */
  let wrap: Wrap | undefined
  let isLookedFor = false
  let above: PlainLine | undefined
  const lookForWrap = (): Wrap | undefined => {
    if (!isLookedFor && !state.isFlat) wrap = findWrap(lines, top)
    isLookedFor = true
    return wrap
  }
  const isPiece = (plain: PlainLine, kind: LineKind, at: number): boolean => {
    if (at === top || plain.indent > state.rootIndent + 1) return false
    if (kind.kind === 'chatter' || (kind.kind === 'label' && kind.place === 'statement')) return false
    if (above === undefined || isBelowShortLine(above, plain)) return false
    return lookForWrap()?.isPiece(at) ?? false
  }
  const flush = (): void => {
    if (open === undefined) return
    const text = textOf(open, cutWidth, state.rootIndent, isWrapped, wrap)
    isWrapped ||= isCutNode(open)
    takeWhole(state, open, text)
    open = undefined
  }

  let blanks = 0
  let lead = 0
  let widest = 0
  let end = top
  for (let at = top; at < lines.length; at += 1) {
    const source = lines[at]
    if (source === undefined) continue
    const own = toPlainLine(source)
    if (own.text === '') {
      if (widthOf(own) > 0 && lookForWrap()?.isLead(own) === true) lead += widthOf(own)
      else blanks += 1
      continue
    }
    const plain = lead === 0 ? own : { ...own, indent: own.indent + lead }
    lead = 0
    const isRoot = open === undefined && state.drafts.length === 0
    const kind = isRoot ? classifyRoot(plain) : classifyInPlan(plain, lines, at, state.rootIndent)
    const next = { plain, kind, blanks, isPiece: isPiece(plain, kind, at) }
    if (state.block !== undefined && takeInBlock(state, plain.text, plain.indent, false)) {
      // Neither whole lines nor pieces are told apart in it.
    } else if (open !== undefined && goesOn(open, next, around)) {
      addPiece(open.line, plain, blanks)
    } else {
      last = open ?? last
      flush()
      const isLoose = kind.kind === 'bareNode' || kind.kind === 'other'
      if (!takeInBlock(state, plain.text, plain.indent, isLoose)) {
        if (state.drafts.length > 0 && isForeign(state, next)) {
          if (last !== undefined) warnOfDoubt(state, last, next, source, widest)
          break
        }
        open = { line: startLine(plain), kind, source }
      }
    }
    blanks = 0
    above = plain
    widest = Math.max(widest, widthOf(plain))
    end = at + 1
  }
  last = open
  flush()
  return { end, last }
}

function refuse(code: PlanErrorCode, message: string, line: SourceLine | undefined): TextReading {
  const column =
    line === undefined ? undefined : line.column + (line.text.length - line.text.trimStart().length)
  const where = line === undefined ? '' : ` (line ${line.line}, column ${column})`
  return { ok: false, error: { code, message: `${message}${where}.`, line: line?.line, column } }
}

function listWarnings(state: PlanState, last: OpenLine | undefined): readonly string[] {
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
