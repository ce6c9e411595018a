import { classifyLine, textOfWorker } from './classify-line.ts'
import { sliceLine } from './line-in-plan.ts'
import type { OpenLine } from './open-line.ts'
import type { PlanState } from './plan-state.ts'
import { takeExtra, takeLabel, takeSlice, takeWorker } from './take-line.ts'
import { takeHeading, takeNode, takeTarget } from './take-node.ts'

/** Hands a whole line to the plan, as what it is. */
export function takeWhole(state: PlanState, { line, kind, source }: OpenLine, text: string): void {
  const { indent } = line.first
  const valueOf = (label: string): string => text.slice(label.length + 1).trim()
  switch (kind.kind) {
    case 'node':
      takeNode(state, text.replace(/^->\s*/, ''), true, indent, source.line)
      return
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
      takeLabel(state, kind.label, valueOf(kind.label), kind.place, indent)
      return
    case 'other': {
      // Cut within the label, or the arrow: what it is shows only when it is whole.
      if (sliceLine.test(text)) {
        takeSlice(state, text, indent)
        return
      }
      const whole = line.pieces === undefined ? kind : classifyLine({ ...line.first, text })
      if (whole.kind === 'other' || (whole.kind === 'label' && whole.place === 'unknown'))
        takeExtra(state, text, indent)
      else takeWhole(state, { line: { ...line, pieces: undefined }, kind: whole, source }, text)
      return
    }
    default:
      takeExtra(state, text, indent)
  }
}
