import { Workflow } from 'lucide-react'
import { Button, CopyButton } from '#renderer/kit/index.ts'
import type { PlanReference, StatementGroup } from '#shared/logs/index.ts'
import { formatCount, formatDuration } from '#shared/units/index.ts'
import { formatMomentUtc } from './format-span.ts'

interface GroupDetailsProps {
  readonly group: StatementGroup
  readonly onOpen: (plan: PlanReference) => void
}

/** The selected statement: its slowest form, who sent it, and its plans. */
export function GroupDetails({ group, onOpen }: GroupDetailsProps) {
  const who = [...group.databases, ...group.users].join(' · ')
  return (
    <section
      aria-label="Selected statement"
      tabIndex={0}
      className="flex max-h-60 shrink-0 flex-col gap-2 overflow-auto border-line border-t p-3 outline-offset-[-2px]"
    >
      <div className="flex items-start gap-2">
        <pre className="min-w-0 flex-1 select-text whitespace-pre-wrap break-words font-mono text-sm">
          {group.example}
        </pre>
        <CopyButton text={group.example} label="Copy statement" />
      </div>
      <p className="text-ink-3 text-sm">
        {who === '' ? '' : `${who} · `}
        {formatMomentUtc(group.firstMs)} to {formatMomentUtc(group.lastMs)} UTC
        {group.missedMs > 0 &&
          ` · may have taken up to ${formatDuration(group.missedMs)} more before it was counted`}
      </p>
      {group.plans.length === 0 ? (
        <p className="text-ink-2">No plan of it was logged; auto_explain logs them.</p>
      ) : (
        <div className="flex flex-wrap items-center gap-2">
          <span className="text-ink-2">
            {group.planCount === group.plans.length
              ? 'Plans'
              : `The slowest ${group.plans.length} of ${formatCount(group.planCount)} plans`}
          </span>
          {group.plans.map((plan) => (
            <Button
              key={plan.offset}
              icon={Workflow}
              onClick={() => onOpen(plan)}
              title={`line ${plan.line}`}
            >
              {formatDuration(plan.durationMs)}
            </Button>
          ))}
        </div>
      )}
    </section>
  )
}
