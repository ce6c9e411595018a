import type { LineKind } from './classify-line.ts'
import { goesOnLine, joinToLabel } from './cut-labels.ts'
import { sliceLine } from './line-in-plan.ts'
import { balanceOf, closesLiteral, endsOpen, isInLiteral, lastPiece } from './logical-line.ts'
import { figureStart } from './masked-figures.ts'
import type { NextLine, OpenLine } from './open-line.ts'
import { isOwnColumn, type PlanState } from './plan-state.ts'

/** What else tells whether a line was cut. */
export interface Around {
  readonly state: PlanState
  /** The column at which lines were cut, where several tell the same; looked for when first asked. */
  readonly cutWidth: () => number | undefined
}

/** Whether the next line goes on the open one; `undefined` where a rule has nothing to say about it. */
type Rule = (open: OpenLine, next: NextLine, around: Around) => boolean | undefined

/** Whether a line goes on the one before it: the first rule that has something to say decides. */
export function goesOn(open: OpenLine, next: NextLine, around: Around): boolean {
  for (const rule of rules) {
    const verdict = rule(open, next, around)
    if (verdict !== undefined) return verdict
  }
  return false
}

const whenTrue = (isSo: boolean): true | undefined => (isSo ? true : undefined)

/** A known label says what the line is. */
const isKnownLabel = (kind: LineKind): boolean => kind.kind === 'label' && kind.place !== 'unknown'
/** Its own text does not say what it is. */
const isLoose = (kind: LineKind): boolean =>
  kind.kind === 'other' || (kind.kind === 'label' && !isKnownLabel(kind))

/** The text as a whole tells. */
const isPieceOfWrap: Rule = (_open, { isPiece }) => whenTrue(isPiece)

/** Mail wrapped right behind an arrow. */
const behindArrow: Rule = ({ line }, { blanks }) =>
  line.pieces === undefined && line.first.text === '->' ? blanks === 0 : undefined

/** The line that closes a literal may look like anything. */
const closesOpenLiteral: Rule = ({ line }, { plain }) =>
  whenTrue(plain.text.includes("'") && closesLiteral(line, plain.text))

const beginsByItsText: Rule = (_open, { plain, kind }) =>
  kind.kind === 'node' || kind.kind === 'heading' || kind.kind === 'worker' || sliceLine.test(plain.text)
    ? false
    : undefined

/** `Index` | `Cond: (a > 1)`, `Buckets: 1024  Batches: 1  Memory` | `Usage: 9kB`. */
const completesLabel: Rule = ({ line, kind: openKind }, { plain, kind, blanks }) => {
  if (blanks > 0 || (kind.kind !== 'label' && kind.kind !== 'other')) return undefined
  if (openKind.kind === 'label')
    return whenTrue(goesOnLine(line.first.text, lastPiece(line).text, plain.text))
  return whenTrue(openKind.kind === 'other' && joinToLabel(lastPiece(line).text, plain.text))
}

const valueLabels: ReadonlySet<string> = new Set(['Buffers', 'I/O Timings', 'WAL', 'Options', 'Timing'])

/** Mail wrapped behind the colon of a label that the server never writes without a value. */
const bringsValue: Rule = (open, { kind, blanks }) =>
  whenTrue(blanks === 0 && isLoose(kind) && lacksValue(open))

function lacksValue({ kind, line }: OpenLine): boolean {
  const needsValue =
    kind.kind === 'worker' ||
    (kind.kind === 'label' && (kind.place === 'node' || valueLabels.has(kind.label)))
  return needsValue && lastPiece(line).text.endsWith(':')
}

/** The rest of a line that filled its terminal may look like anything: `Rows Removed by` | `Filter: 7`. */
const restOfFullLine: Rule = ({ line }, { plain, kind, blanks }, { state, cutWidth }) => {
  const isStray =
    kind.kind === 'chatter' ||
    (isKnownLabel(kind) &&
      !(kind.kind === 'label' && kind.place === 'statement') &&
      plain.indent <= state.rootIndent + 1)
  return whenTrue(isStray && blanks === 0 && lastPiece(line).width === cutWidth())
}

const saysWhatItIs: Rule = (_open, { kind }) =>
  isKnownLabel(kind) || kind.kind === 'chatter' ? false : undefined

/** A node's name without an arrow: it may be the rest of one that was cut, `->  Bitmap Index` | `Scan on a (cost=…`. */
const namesNode: Rule = (open, { kind, blanks }, { state }) => {
  if (kind.kind !== 'bareNode') return undefined
  if (kind.hasFigures && blanks === 0 && lacksFigures(open, state)) return true
  return kind.hasFigures || balanceOf(open.line).depth === 0 ? false : undefined
}

/** Whether a node's name was cut in a plan whose nodes have figures: what has some is its rest. */
function lacksFigures({ kind, line }: OpenLine, { drafts }: PlanState): boolean {
  const figures = drafts[0]?.figures
  return (
    kind.kind === 'node' &&
    (figures?.cost !== undefined || figures?.actual !== undefined) &&
    !figureStart.test(line.first.text) &&
    !line.pieces?.some(({ plain }) => figureStart.test(plain.text))
  )
}

/** Only a literal holds blank lines. */
const behindBlanks: Rule = ({ line }, { blanks }) => (blanks > 0 ? isInLiteral(line) : undefined)

/** An unknown label inside of parentheses or a literal is none. */
const labelInside: Rule = ({ line }, { kind }) => {
  if (kind.kind !== 'label') return undefined
  const { depth, quote } = balanceOf(line)
  return whenTrue(depth > 0 || quote !== 0)
}

/** Texts that only go on a line: figures without what stands before them. */
const figureWord = /^(?:\((?:cost=|actual |never executed\))|[a-z]+=\d)/
/** Words that only go on an expression or a sort key. */
const keyWord =
  /^(?:(?:NULLS (?:FIRST|LAST)|ASC|DESC|AND|OR|COLLATE|USING|FROM|WHERE|GROUP BY|ORDER BY|RETURNING)\b|= ')/

const restOfExpression: Rule = ({ line }, { plain, kind }) =>
  whenTrue(
    kind.kind === 'other' && (figureWord.test(plain.text) || endsOpen(line) || keyWord.test(plain.text)),
  )

/** The name of a node was cut: here are its figures, or more of its name in a plan whose nodes have figures. */
const restOfNode: Rule = (open, { plain, kind }, { state }) => {
  if (kind.kind !== 'other') return undefined
  if (lacksFigures(open, state)) return true
  return whenTrue(
    open.kind.kind === 'node' && figureStart.test(plain.text) && !figureStart.test(open.line.first.text),
  )
}

/** It stands where the node's own lines begin. */
const inOwnColumn: Rule = (_open, { plain }, { state }) =>
  isOwnColumn(state, plain.indent) ? false : undefined

/** Nothing tells but that the line before it goes to where others were cut; a space at the cut may have got lost. */
const behindFullLine: Rule = ({ line }, _next, { cutWidth }) => {
  const width = cutWidth()
  return width !== undefined && lastPiece(line).width >= width - 1
}

/** In order: what is certain before what is only likely. */
const rules: readonly Rule[] = [
  isPieceOfWrap,
  behindArrow,
  closesOpenLiteral,
  beginsByItsText,
  completesLabel,
  bringsValue,
  restOfFullLine,
  saysWhatItIs,
  namesNode,
  behindBlanks,
  labelInside,
  restOfExpression,
  restOfNode,
  inOwnColumn,
  behindFullLine,
]
