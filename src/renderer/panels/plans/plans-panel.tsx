import { Split, SplitHandle, SplitPane } from '#renderer/kit/index.ts'
import { useSession, useSplitLayout } from '#renderer/state/index.ts'
import { useOpened } from './opened.ts'
import { PlanList } from './plan-list.tsx'
import { PlansBody } from './plans-body.tsx'

/** Plans from elsewhere: what was pasted, dropped, or found in a log. Needs no server. */
export function PlansPanel() {
  const layout = useSplitLayout('plans.main')
  const plans = useSession((store) => store.plans)
  const shown = useOpened((store) => store.shown)
  // A list of one that is on screen anyway would only take its room.
  const isListed = plans.length > 1 || (plans.length === 1 && shown.kind !== 'plans')
  return (
    <section aria-label="Plans" className="flex min-h-0 flex-1 flex-col">
      <Split direction="columns" className="flex-1" {...layout}>
        {isListed && (
          <>
            <SplitPane id="list" size={220} min={160} max={420} fixed>
              <PlanList plans={plans} />
            </SplitPane>
            <SplitHandle label="Width of the list" />
          </>
        )}
        <SplitPane id="plan" min={320}>
          <PlansBody shown={shown} />
        </SplitPane>
      </Split>
    </section>
  )
}
