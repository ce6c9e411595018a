import { type RefObject, useDeferredValue, useEffect, useMemo, useRef } from 'react'
import { flushSync } from 'react-dom'
import { type Box, Split, SplitHandle, SplitPane, useKnownBox } from '#renderer/kit/index.ts'
import { useSplitLayout } from '#renderer/state/index.ts'
import type { FindingAction } from '#shared/plan/index.ts'
import { endComparing, PlanComparing, useComparing } from './compare/index.ts'
import type { PlanDocument } from './document.ts'
import { FindingsPane } from './findings/findings-pane.tsx'
import { useFindingsPlace } from './findings/use-findings-place.ts'
import { settleChange } from './folding.ts'
import type { PlanFact } from './head/plan-facts.ts'
import { PlanHead } from './head/plan-head.tsx'
import { RedactNote, useIsRedacted, useRedactable } from './redact/index.ts'
import { searchPlan } from './search/search-plan.ts'
import { PlanToolbar } from './toolbar/plan-toolbar.tsx'
import { planViewFaces } from './toolbar/view-faces.ts'
import { usePlanCommands } from './use-plan-commands.ts'
import { changePlanView, type PlanViewState, usePlanView } from './view-state.ts'

export interface PlanViewsProps {
  readonly document: PlanDocument
  /** What the session's lists call it: “run 3”. Nothing of the plan itself, since it stands over redacted ones too. */
  readonly label?: string | undefined
  /** What the run waited for, where that was sampled. */
  readonly waits?: PlanFact | undefined
  /** Does what a finding offers; without it, findings only advise. */
  readonly onAction?: ((action: FindingAction) => void) | undefined
  /** A link that opens this plan at a node; without it there is none to copy. */
  readonly linkTo?: ((nodeId: number) => string) | undefined
}

/** Below this there is one line for the facts, and icons instead of words. */
const compactPx = { width: 720, height: 420 }

/** A plan on screen: headline figures, one toolbar, one of the views, and beside it what was found. */
export function PlanViews(props: PlanViewsProps) {
  const root = useRef<HTMLDivElement>(null)
  const box = useKnownBox(root)
  return (
    <div ref={root} className="flex h-full min-h-0 min-w-0 flex-col">
      {box !== undefined && <ViewsInBox {...props} root={root} box={box} />}
    </div>
  )
}

interface ViewsInBoxProps extends PlanViewsProps {
  readonly root: RefObject<HTMLDivElement | null>
  readonly box: Box
}

function ViewsInBox({ document: given, label, waits, onAction, linkTo, root, box }: ViewsInBoxProps) {
  const document = useRedactable(given)
  const isRedacted = useIsRedacted(given.id)
  const state = usePlanView(document)
  const layout = useSplitLayout('plan.findings')
  const searchField = useRef<HTMLInputElement>(null)
  const compact = box.width > 0 && (box.width < compactPx.width || box.height < compactPx.height)
  const findings = useFindingsPlace(document, box.width)
  // Typing stays quick on a plan of thousands of nodes.
  const search = useDeferredValue(state.search)
  const matchIds = useMemo(() => searchPlan(document.plan, search), [document, search])

  const onChange = (change: Partial<PlanViewState>) =>
    changePlanView(document.id, settleChange(document.plan, state, change))
  /** As `onChange`, from outside of the view: what lies over it goes, so that the change is seen. */
  const onGo = (change: Partial<PlanViewState>) => {
    endComparing()
    if (findings.place === 'instead') findings.setOpen(false)
    onChange(change)
  }
  const focusView = () => root.current?.querySelector<HTMLElement>('[data-plan-focus]')?.focus()
  const closeFindings = () => {
    flushSync(() => findings.setOpen(false))
    focusView()
  }
  const shown = { document: given, label }
  usePlanCommands({
    document,
    shown,
    state,
    onChange: onGo,
    linkTo,
    onSearch: () => searchField.current?.select(),
    findingsOpen: findings.open,
    onFindings: findings.setOpen,
  })

  const comparing = useComparing((store) => store.comparing)
  // Whoever opens another plan wants to see that one.
  const isOver = comparing !== undefined && comparing.shownId !== given.id
  useEffect(() => {
    if (isOver) endComparing()
  }, [isOver])
  const face = planViewFaces.find(({ id }) => id === state.view) ?? planViewFaces[0]
  const props = { document, state, matchIds, onChange }
  const pane = (
    <FindingsPane
      key={document.id}
      {...props}
      onAction={onAction}
      onClose={closeFindings}
      {...(findings.place === 'instead' ? { insteadOf: face?.label.toLowerCase() } : {})}
    />
  )
  const views = (
    <section aria-label="Plan" className="flex min-h-0 min-w-0 flex-1 flex-col bg-surface-1">
      {isRedacted && <RedactNote document={given} />}
      <PlanHead document={document} waits={waits} compact={compact} />
      <PlanToolbar
        {...props}
        onChange={onGo}
        shown={shown}
        compact={compact}
        width={box.width}
        searchField={searchField}
        onLeaveSearch={focusView}
        findingsOpen={findings.open}
        onFindings={findings.setOpen}
        linkTo={linkTo}
      />
      {findings.open && findings.place === 'instead' ? (
        pane
      ) : (
        <Split direction="columns" className="flex-1" {...layout}>
          <SplitPane id="view" min={260}>
            {face !== undefined && <face.View key={document.id} {...props} />}
          </SplitPane>
          {findings.open && (
            <>
              <SplitHandle label="Width of the findings" />
              <SplitPane id="findings" size={compact ? 240 : 320} min={200} max="40%" fixed>
                {pane}
              </SplitPane>
            </>
          )}
        </Split>
      )}
    </section>
  )
  return comparing === undefined || isOver ? (
    views
  ) : (
    <PlanComparing
      shown={shown}
      comparing={comparing}
      onSelectNode={(selectedId) => onChange({ selectedId })}
      onClosed={() => requestAnimationFrame(focusView)}
    />
  )
}
