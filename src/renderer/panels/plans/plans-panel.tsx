import { useRef } from 'react'
import { Split, SplitHandle, SplitPane, useNarrower } from '#renderer/kit/index.ts'
import { useSession, useSplitLayout } from '#renderer/state/index.ts'
import { KeptMenu } from './kept-menu.tsx'
import { useOpened } from './opened.ts'
import { PlanList } from './plan-list.tsx'
import { PlansBody } from './plans-body.tsx'
import { useKeptPlanLink } from './use-kept-plan-link.ts'

/** Below this the list would leave the plan no room: it becomes a menu. */
const listedPx = 820

/** Plans from elsewhere: what was pasted, dropped, or found in a log. Needs no server. */
export function PlansPanel() {
  useKeptPlanLink()
  const layout = useSplitLayout('plans.main')
  const plans = useSession((store) => store.plans)
  const shown = useOpened((store) => store.shown)
  const root = useRef<HTMLElement>(null)
  const isNarrow = useNarrower(root, listedPx)
  // A list of one that is on screen anyway would only take its room.
  const isListed = plans.length > 1 || (plans.length === 1 && shown.kind !== 'plans')
  return (
    <section ref={root} aria-label="Plans" className="flex min-h-0 flex-1 flex-col">
      <Split direction="columns" className="flex-1" {...layout}>
        {isListed && !isNarrow && (
          <>
            <SplitPane id="list" size={220} min={160} max={420} fixed>
              <PlanList plans={plans} />
            </SplitPane>
            <SplitHandle label="Width of the list" />
          </>
        )}
        <SplitPane id="plan" min={320}>
          <PlansBody shown={shown} menu={isListed && isNarrow ? <KeptMenu plans={plans} /> : undefined} />
        </SplitPane>
      </Split>
    </section>
  )
}
