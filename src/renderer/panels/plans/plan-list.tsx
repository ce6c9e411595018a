import { Clipboard, FileText, GitCompareArrows, Plus, ScrollText, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { client } from '#renderer/client/index.ts'
import { ConfirmDialog, IconButton, Input } from '#renderer/kit/index.ts'
import { notifyError, useSession } from '#renderer/state/index.ts'
import type { KeptPlanSummary } from '#shared/session/index.ts'
import { compareKept } from './compare-kept.ts'
import { describeKept } from './describe-kept.ts'
import { openKept } from './open-plans.ts'
import { show, useOpened } from './opened.ts'

const icons = { paste: Clipboard, file: FileText, log: ScrollText } as const

/** Every plan that the session keeps, newest first. */
export function PlanList({ plans }: { readonly plans: readonly KeptPlanSummary[] }) {
  const shown = useOpened((store) => store.shown)
  const shownId = shown.kind === 'plans' ? shown.opened.id : shown.kind === 'loading' ? shown.id : undefined
  const [filter, setFilter] = useState('')
  const [removing, setRemoving] = useState<KeptPlanSummary>()
  const wanted = filter.toLowerCase()
  const listed = plans
    .filter((plan) => `${plan.name} ${plan.note} ${plan.statement ?? ''}`.toLowerCase().includes(wanted))
    .toReversed()

  const remove = (plan: KeptPlanSummary): void => {
    setRemoving(undefined)
    const { session } = useSession.getState()
    if (session === undefined) return
    const act = async (): Promise<void> => {
      await client.plans.remove({ sessionId: session.sessionId, planId: plan.planId })
      if (plan.planId === shownId) show({ kind: 'nothing', draft: '' })
    }
    act().catch(notifyError)
  }

  return (
    <nav aria-label="Kept plans" className="flex h-full min-h-0 flex-col border-line border-r bg-surface-1">
      <div className="flex items-center gap-1 border-line border-b p-1.5">
        <Input
          aria-label="Filter plans"
          placeholder="Filter"
          value={filter}
          onChange={setFilter}
          className="flex-1"
        />
        <IconButton
          icon={Plus}
          label="Look at another plan"
          onClick={() => show({ kind: 'nothing', draft: '' })}
        />
      </div>
      <ul className="min-h-0 flex-1 overflow-auto">
        {listed.map((plan) => {
          const Icon = icons[plan.source]
          return (
            <li key={plan.planId} className="group relative border-line/60 border-b">
              <button
                type="button"
                aria-current={plan.planId === shownId ? 'true' : undefined}
                onClick={() => void openKept(plan.planId)}
                title={plan.statement ?? plan.name}
                className="flex w-full flex-col px-2.5 py-1.5 text-left hover:bg-surface-2 focus-visible:-outline-offset-2 aria-[current]:bg-surface-3"
              >
                <span className="flex w-full min-w-0 items-center gap-1.5">
                  <Icon size={13} aria-hidden className="shrink-0 text-ink-3" />
                  <span className="min-w-0 truncate">{plan.name}</span>
                </span>
                <span className="text-ink-3 text-xs">{describeKept(plan)}</span>
              </button>
              <span className="absolute top-1 right-1 rounded-md bg-surface-2 opacity-0 focus-within:opacity-100 group-hover:opacity-100">
                {shown.kind === 'plans' && plan.planId !== shownId && (
                  <IconButton
                    icon={GitCompareArrows}
                    label={`Compare ${plan.name} with the shown plan`}
                    onClick={() => compareKept(plan, shown.opened, shown.index)}
                  />
                )}
                <IconButton icon={Trash2} label={`Remove ${plan.name}`} onClick={() => setRemoving(plan)} />
              </span>
            </li>
          )
        })}
      </ul>
      <ConfirmDialog
        open={removing !== undefined}
        onOpenChange={(open) => (open ? undefined : setRemoving(undefined))}
        title={`Remove ${removing?.name ?? ''}?`}
        consequence="The plan is deleted from the session file. This can't be undone."
        action="Remove the plan"
        onConfirm={() => removing !== undefined && remove(removing)}
      />
    </nav>
  )
}
