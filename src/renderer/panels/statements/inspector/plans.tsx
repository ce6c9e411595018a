import { client } from '#renderer/client/index.ts'
import { useAsked } from '#renderer/state/index.ts'
import type { StatementPlan } from '#shared/contract/index.ts'
import { formatDuration } from '#shared/units/index.ts'
import { Section } from './section.tsx'

/** Plans of this statement that the session holds: of runs, and kept ones. */
export function Plans({ text }: { readonly text: string }) {
  const { answer: plans = [] } = useAsked(
    ({ sessionId }, signal) => client.workload.plans({ sessionId, text }, { signal }),
    [text],
    { news: [] },
  )
  if (plans.length === 0) return null
  return (
    <Section title="Plans in this session">
      <ul className="flex flex-col">
        {plans.map((plan) => (
          <li key={`${plan.kind} ${plan.id}`}>
            <PlanLine plan={plan} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

function PlanLine({ plan }: { readonly plan: StatementPlan }) {
  const { name, durationMs } = plan
  return (
    <a
      href={
        plan.kind === 'run' ? `#run=${encodeURIComponent(plan.id)}` : `#plan=${encodeURIComponent(plan.id)}`
      }
      className="flex items-baseline justify-between gap-3 rounded-sm px-1 py-0.5 text-accent hover:bg-surface-3"
    >
      <span className="min-w-0 truncate">{name}</span>
      <span className="shrink-0 text-ink-2">
        {durationMs === undefined ? '' : formatDuration(durationMs)}
      </span>
    </a>
  )
}
