import type { SourceLine } from '../source-line.ts'
import { classifyLine, isTargetLine, type LineKind, labelOf } from './classify-line.ts'
import { joinToLabel } from './cut-labels.ts'
import { figureStart } from './masked-figures.ts'
import type { NextLine } from './open-line.ts'
import type { PlainLine } from './plain-line.ts'
import type { PlanState } from './plan-state.ts'

/** The first line of a plan is a node, with or without an arrow. */
export function classifyRoot(plain: PlainLine): LineKind {
  const kind = classifyLine(plain)
  return kind.kind === 'node' ? kind : { kind: 'bareNode', hasFigures: figureStart.test(plain.text) }
}

/** What a line is where it stands: its own text may look like something that it can't be there. */
export function classifyInPlan(
  plain: PlainLine,
  lines: readonly SourceLine[],
  at: number,
  rootIndent: number,
): LineKind {
  const kind = classifyLine(plain)
  switch (kind.kind) {
    case 'heading':
      return leadsToNode(lines, at) ? kind : asLabel(plain)
    case 'bareNode':
      return joinToLabel(plain.text, lines[at + 1]?.text.trim() ?? '') ? { kind: 'other' } : kind
    case 'chatter':
      // A client's words stand at the margin.
      return plain.indent > rootIndent + 1 ? asLabel(plain) : kind
    default:
      return kind
  }
}

export function asLabel({ text }: Pick<PlainLine, 'text'>): LineKind {
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

/** What Greenplum says of each of its slices, between planning and execution time; a star marks those that spilled. */
export const sliceLine = /^(?:\* ?)?\(slice\d+\)[\s:]/

/** Whether a line cannot be of the plan that is being read. */
export function isForeign(state: PlanState, { plain, kind, blanks }: NextLine): boolean {
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
      if (sliceLine.test(plain.text)) return false
      return !isInside || blanks > 0 || state.isBehind
    case 'heading':
      return state.isBehind
    default:
      return false
  }
}
