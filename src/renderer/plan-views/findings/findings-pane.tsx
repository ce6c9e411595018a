import { ArrowLeft, PanelRightClose, SearchCheck } from 'lucide-react'
import { useState } from 'react'
import { Button, EmptyState, IconButton } from '#renderer/kit/index.ts'
import type { FindingAction } from '#shared/plan/index.ts'
import { formatCount } from '#shared/units/index.ts'
import type { PlanViewProps } from '../view-state.ts'
import { FindingCard } from './finding-card.tsx'

interface FindingsPaneProps extends Pick<PlanViewProps, 'document' | 'state' | 'onChange'> {
  readonly onAction: ((action: FindingAction) => void) | undefined
  readonly onClose: () => void
  /** The view that they stand in the place of, where there is no room for both. */
  readonly insteadOf?: string | undefined
}

/** What deserves attention in this plan, most time at stake first. */
export function FindingsPane({ document, onChange, onAction, onClose, insteadOf }: FindingsPaneProps) {
  const { plan, findings } = document
  // The first is what people came for; the others are a click away.
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set([0]))
  return (
    <section
      aria-label="Findings"
      className="flex min-h-0 flex-1 flex-col bg-surface-2"
      onKeyDown={(event) => {
        if (insteadOf === undefined || event.key !== 'Escape' || event.defaultPrevented) return
        event.preventDefault()
        event.stopPropagation()
        onClose()
      }}
    >
      <header className="flex h-8 shrink-0 items-center gap-2 border-line border-b pr-1 pl-3">
        <h2 className="font-semibold">Findings</h2>
        {findings.length > 1 && (
          <span className="truncate text-ink-3 text-xs" title="The same time may be at stake in two findings">
            by time at stake
          </span>
        )}
        <span className="ml-auto">
          {insteadOf === undefined ? (
            <IconButton icon={PanelRightClose} label="Hide the findings" onClick={onClose} />
          ) : (
            <Button variant="quiet" icon={ArrowLeft} keys="escape" onClick={onClose}>
              Back to the {insteadOf}
            </Button>
          )}
        </span>
      </header>
      {findings.length === 0 ? (
        <EmptyState
          icon={SearchCheck}
          title={plan.timed ? 'Nothing stands out' : 'Nothing to say without times'}
        >
          {plan.timed
            ? `No rule found a part of this plan that is worth changing. Its ${formatCount(plan.nodes.length)} nodes were judged by their own times, rows and blocks; what no rule looks for may still be slow.`
            : plan.analyzed
              ? 'The nodes of this plan were not timed, so that little can be said of what costs time. Analyse it with timing.'
              : 'This plan was not executed: only the planner’s guesses can be judged. Analyse it to see what costs time.'}
        </EmptyState>
      ) : (
        <div
          tabIndex={0}
          role="group"
          aria-label="List of findings"
          className="min-h-0 flex-1 overflow-auto p-2 outline-offset-[-2px]"
        >
          <ul className="flex flex-col gap-2">
            {findings.map((finding, at) => (
              // Findings of a plan never change: their place is who they are.
              // oxlint-disable-next-line react/no-array-index-key
              <li key={at}>
                <FindingCard
                  finding={finding}
                  plan={plan}
                  open={open.has(at)}
                  onOpen={(shown) => setOpen((before) => withPlace(before, at, shown))}
                  onSelectNode={(selectedId) => onChange({ selectedId })}
                  onAction={onAction}
                />
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  )
}

function withPlace(before: ReadonlySet<number>, at: number, shown: boolean): ReadonlySet<number> {
  const after = new Set(before)
  if (shown) after.add(at)
  else after.delete(at)
  return after
}
