import { PlanTree } from '#renderer/plan-views/index.ts'
import type { Plan } from '#shared/plan/index.ts'
import type { Run } from '#shared/session/index.ts'
import { buildPlanFacts, type PlanFact } from './plan-facts.ts'

interface PlanPaneProps {
  readonly plan: Plan
  readonly run: Run
  readonly blockBytes: number
  readonly selectedId: number
  readonly onSelect: (nodeId: number) => void
}

/** The plan at a glance: headline figures over the tree. */
export function PlanPane({ plan, run, blockBytes, selectedId, onSelect }: PlanPaneProps) {
  return (
    <div className="flex h-full min-h-0 flex-col bg-surface-1">
      <FactRow facts={buildPlanFacts(plan, run, blockBytes)} />
      {plan.warnings
        .filter((warning) => warning.nodeId === undefined)
        .map((warning) => (
          <p key={warning.code} className="border-line border-b px-3 py-1 text-sm text-warn">
            {warning.message}
          </p>
        ))}
      <PlanTree plan={plan} selectedId={selectedId} onSelect={onSelect} />
    </div>
  )
}

const tones = { plain: '', warn: 'text-warn', faint: 'text-ink-3' } as const

function FactRow({ facts }: { readonly facts: readonly PlanFact[] }) {
  return (
    <dl className="flex shrink-0 flex-wrap gap-x-6 gap-y-1 border-line border-b px-3 py-2">
      {facts.map((fact) => (
        <div key={fact.id} title={fact.origin} className="flex flex-col-reverse">
          <dt className="text-ink-3 text-xs">{fact.label}</dt>
          <dd className={`select-text font-semibold text-lg ${tones[fact.tone]}`}>{fact.value}</dd>
        </div>
      ))}
    </dl>
  )
}
