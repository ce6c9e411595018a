import { ArrowLeft, ClipboardPaste } from 'lucide-react'
import type { ReactNode } from 'react'
import { Badge, Button, Select } from '#renderer/kit/index.ts'
import {
  namePlan,
  type PlanDocument,
  PlanViews,
  useIsRedacted,
  useRedactable,
} from '#renderer/plan-views/index.ts'
import { useSession } from '#renderer/state/index.ts'
import { formatDuration } from '#shared/units/index.ts'
import { labelKept } from './compare-kept.ts'
import { useFindingAction } from './finding-action.ts'
import { type OpenedText, show } from './opened.ts'
import { useShownDocument } from './plan-documents.ts'
import { linkToKeptNode } from './plan-link.ts'

const formatNames = { json: 'JSON', text: 'text', yaml: 'YAML', xml: 'XML' } as const

interface OpenedPlansProps {
  readonly opened: OpenedText
  readonly index: number
  /** To the other plans, where there is no list of them. */
  readonly menu: ReactNode | undefined
}

/** The plans of one text: which it is, what the reader has to say of it, and the views. */
export function OpenedPlans({ opened, index, menu }: OpenedPlansProps) {
  const document = useShownDocument()
  const isRedacted = useIsRedacted(document?.id ?? '')
  const plans = useSession((store) => store.plans)
  const onAction = useFindingAction()
  const found = opened.found[index]
  if (document === undefined || found === undefined) return null
  const isKept = plans.some((plan) => plan.planId === opened.id)
  const { log } = opened
  const durationMs = found.durationMs ?? opened.durationMs
  const warnings = [...opened.warnings, ...found.warnings]
  return (
    <div className="flex h-full min-h-0 flex-col">
      <header className="flex min-w-0 items-center gap-2 border-line border-b bg-surface-1 px-3 py-1.5">
        {menu}
        {log !== undefined && (
          <Button variant="quiet" icon={ArrowLeft} onClick={() => show({ kind: 'log', file: log })}>
            {log.name}
          </Button>
        )}
        <PlanTitle document={document} name={opened.name} />
        <Badge>{formatNames[found.format]}</Badge>
        {durationMs !== undefined && (
          <span className="shrink-0 text-ink-2">took {formatDuration(durationMs)}</span>
        )}
        {opened.found.length > 1 && (
          <Select
            label="Plan of this text"
            value={String(index)}
            onChange={(value) => show({ kind: 'plans', opened, index: Number(value) })}
            options={opened.found.map((plan, at) => ({
              value: String(at),
              label: `${at + 1} of ${opened.found.length}${isRedacted ? '' : `: ${namePlan(plan.raw, plan.statement)}`}`,
            }))}
          />
        )}
        <span className="ml-auto shrink-0">
          <Button variant="quiet" icon={ClipboardPaste} onClick={() => show({ kind: 'nothing', draft: '' })}>
            Open another…
          </Button>
        </span>
      </header>
      {opened.unkept !== undefined && (
        <p role="status" className="border-line border-b px-3 py-1 text-sm text-warn">
          Not kept in the session: {opened.unkept}
        </p>
      )}
      {warnings.length > 0 && (
        <ul className="max-h-24 shrink-0 overflow-auto border-line border-b px-3 py-1 text-sm text-warn">
          {warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
      <PlanViews
        key={document.id}
        document={document}
        label={labelKept(opened.id, plans)}
        onAction={onAction}
        {...(isKept
          ? { linkTo: (nodeId: number) => linkToKeptNode({ planId: opened.id, index, nodeId }) }
          : {})}
      />
    </div>
  )
}

/** What the plan is called; by its words where names are redacted, since a list's name is made of names. */
function PlanTitle({ document, name }: { readonly document: PlanDocument; readonly name: string }) {
  const seen = useRedactable(document)
  const title = seen === document ? name : namePlan(seen.raw, seen.statement)
  return (
    <h2 className="min-w-0 truncate font-semibold" title={seen.statement ?? title}>
      {title}
    </h2>
  )
}
