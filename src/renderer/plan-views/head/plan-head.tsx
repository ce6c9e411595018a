import type { PlanDocument } from '../document.ts'
import { AccountBar } from './account-bar.tsx'
import { buildPlanFacts, type PlanFact } from './plan-facts.ts'

interface PlanHeadProps {
  readonly document: PlanDocument
  readonly waits: PlanFact | undefined
  /** Little room: one line for the facts. */
  readonly compact: boolean
}

const tones = { plain: '', warn: 'text-warn', faint: 'text-ink-3' } as const

/** The plan at a glance: headline figures, and where the statement's time went. */
export function PlanHead({ document, waits, compact }: PlanHeadProps) {
  const { plan, blockBytes } = document
  const facts = buildPlanFacts(plan, blockBytes, waits)
  const warnings = plan.warnings.filter((warning) => warning.nodeId === undefined)
  if (facts.length === 0 && warnings.length === 0 && plan.totals.statementMs === undefined) return null
  return (
    <header
      className={`flex shrink-0 flex-wrap items-center gap-x-8 gap-y-1 border-line border-b px-3 ${compact ? 'py-1' : 'py-2'}`}
    >
      <dl className={`flex flex-wrap gap-y-0.5 ${compact ? 'gap-x-4' : 'gap-x-6'}`}>
        {facts.map((fact) => (
          <div
            key={fact.id}
            title={fact.origin}
            className={compact ? 'flex flex-row-reverse items-baseline gap-1.5' : 'flex flex-col-reverse'}
          >
            <dt className="text-ink-3 text-xs">{fact.label}</dt>
            <dd className={`select-text font-semibold ${compact ? '' : 'text-lg'} ${tones[fact.tone]}`}>
              {fact.value}
            </dd>
          </div>
        ))}
      </dl>
      <AccountBar plan={plan} compact={compact} />
      {warnings.map((warning) => (
        <p key={warning.code} className="w-full text-sm text-warn">
          {warning.message}
        </p>
      ))}
    </header>
  )
}
