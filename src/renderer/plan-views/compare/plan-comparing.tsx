import { namePlan } from '../name-plan.ts'
import { redactDocument, useIsRedacted } from '../redact/index.ts'
import { type Comparing, comparePlan, endComparing } from './comparing.ts'
import type { ComparedPlan } from './pinned.ts'
import { PlanCompare } from './plan-compare.tsx'

interface PlanComparingProps {
  readonly shown: ComparedPlan
  readonly comparing: Comparing
  /** The inspector goes along with what is selected in the shown plan. */
  readonly onSelectNode: (nodeId: number) => void
  /** Where the keyboard goes when the plan is back. */
  readonly onClosed: () => void
}

/** The plan on screen and the other, in their order; redacted both where either is. */
export function PlanComparing({ shown, comparing, onSelectNode, onClosed }: PlanComparingProps) {
  const { other, swapped } = comparing
  const redacted = [useIsRedacted(shown.document.id), useIsRedacted(other.document.id)].includes(true)
  const named = ({ document, label }: ComparedPlan) => {
    const seen = redacted ? redactDocument(document) : document
    const name = namePlan(seen.raw, seen.statement)
    return { document: seen, name: label === undefined ? name : `${label} · ${name}` }
  }
  const [before, after] = swapped ? [shown, other] : [other, shown]
  return (
    <PlanCompare
      before={named(before)}
      after={named(after)}
      redacted={redacted}
      onSelect={(ids) => {
        const nodeId = swapped ? ids.before : ids.after
        if (nodeId !== undefined) onSelectNode(nodeId)
      }}
      onSwap={() => comparePlan({ ...comparing, swapped: !swapped })}
      onClose={() => {
        endComparing()
        onClosed()
      }}
    />
  )
}
