import { useDeferredValue, useMemo, useRef, useState } from 'react'
import { Split, SplitHandle, SplitPane } from '#renderer/kit/index.ts'
import { usePreference, useSplitLayout } from '#renderer/state/index.ts'
import type { FindingAction } from '#shared/plan/index.ts'
import { nameDocument, PlanCompare, usePinned } from './compare/index.ts'
import type { PlanDocument } from './document.ts'
import { FindingsPane } from './findings/findings-pane.tsx'
import { settleChange } from './folding.ts'
import type { PlanFact } from './head/plan-facts.ts'
import { PlanHead } from './head/plan-head.tsx'
import { RedactNote, useIsRedacted, useRedactable } from './redact/index.ts'
import { searchPlan } from './search/search-plan.ts'
import { PlanToolbar } from './toolbar/plan-toolbar.tsx'
import { planViewFaces } from './toolbar/view-faces.ts'
import { useBox } from './use-box.ts'
import { usePlanCommands } from './use-plan-commands.ts'
import { changePlanView, type PlanViewState, usePlanView } from './view-state.ts'

export interface PlanViewsProps {
  readonly document: PlanDocument
  /** What the run waited for, where that was sampled. */
  readonly waits?: PlanFact | undefined
  /** Does what a finding offers; without it, findings only advise. */
  readonly onAction?: ((action: FindingAction) => void) | undefined
  /** A link that opens this plan at a node; without it there is none to copy. */
  readonly linkTo?: ((nodeId: number) => string) | undefined
}

const isFlag = (value: unknown): value is boolean => typeof value === 'boolean'

/** Below this there is one line for the facts, and icons instead of words. */
const compactPx = { width: 720, height: 420 }

/** A plan on screen: headline figures, one toolbar, one of the views, and beside it what was found. */
export function PlanViews({ document: given, waits, onAction, linkTo }: PlanViewsProps) {
  const document = useRedactable(given)
  const isRedacted = useIsRedacted(given.id)
  const state = usePlanView(document)
  const [findingsOpen, setFindingsOpen] = usePreference('plan.findings', true, isFlag)
  const layout = useSplitLayout('plan.findings')
  const root = useRef<HTMLElement>(null)
  const searchField = useRef<HTMLInputElement>(null)
  const box = useBox(root)
  const compact = box.width > 0 && (box.width < compactPx.width || box.height < compactPx.height)
  // Typing stays quick on a plan of thousands of nodes.
  const search = useDeferredValue(state.search)
  const matchIds = useMemo(() => searchPlan(document.plan, search), [document, search])

  const onChange = (change: Partial<PlanViewState>) =>
    changePlanView(document.id, settleChange(document.plan, state, change))
  const focusView = () => root.current?.querySelector<HTMLElement>('[data-plan-focus]')?.focus()
  usePlanCommands({
    document,
    state,
    onChange,
    linkTo,
    onSearch: () => searchField.current?.select(),
    findingsOpen,
    onFindings: setFindingsOpen,
  })

  const pinned = usePinned((store) => store.pinned)
  const [comparing, setComparing] = useState<{ readonly swapped: boolean }>()
  if (comparing !== undefined && pinned !== undefined) {
    const own = nameDocument(document)
    const [before, after] = comparing.swapped ? [own, pinned] : [pinned, own]
    return (
      <PlanCompare
        before={before}
        after={after}
        onSwap={() => setComparing({ swapped: !comparing.swapped })}
        onClose={() => setComparing(undefined)}
      />
    )
  }

  const face = planViewFaces.find(({ id }) => id === state.view) ?? planViewFaces[0]
  const props = { document, state, matchIds, onChange }
  return (
    <section ref={root} aria-label="Plan" className="flex h-full min-h-0 min-w-0 flex-col bg-surface-1">
      {isRedacted && <RedactNote document={given} />}
      <PlanHead document={document} waits={waits} compact={compact} />
      <PlanToolbar
        {...props}
        compact={compact}
        searchField={searchField}
        onLeaveSearch={focusView}
        findingsOpen={findingsOpen}
        onFindings={setFindingsOpen}
        linkTo={linkTo}
        onCompare={() => setComparing({ swapped: false })}
      />
      <Split direction="columns" className="flex-1" {...layout}>
        <SplitPane id="view" min={260}>
          {face !== undefined && <face.View key={document.id} {...props} />}
        </SplitPane>
        {findingsOpen && (
          <>
            <SplitHandle label="Width of the findings" />
            <SplitPane id="findings" size={compact ? 240 : 320} min={200} max="40%" fixed>
              <FindingsPane
                key={document.id}
                {...props}
                onAction={onAction}
                onClose={() => setFindingsOpen(false)}
              />
            </SplitPane>
          </>
        )}
      </Split>
    </section>
  )
}
