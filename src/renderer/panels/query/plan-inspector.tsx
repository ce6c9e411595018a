import { PlanInspector } from '#renderer/plan-views/index.ts'
import { usePlanAction } from './plan-actions.ts'
import { useRunPlan } from './plan-state.ts'
import { useShown } from './query-state.ts'
import { isUnderWay } from './run-control.ts'
import { RunInspector } from './runs/index.ts'
import { useCalmShown } from './use-calm-shown.ts'

/** The inspector beside the panel: the plan node that is selected, and the conditions of the run. */
export function QueryInspector() {
  const calm = useCalmShown(useShown())
  const run = calm.kind === 'finished' ? calm.run : undefined
  const read = useRunPlan(run)
  const onAction = usePlanAction(run)
  // What it will say is on its way: it neither empties nor gives its room away for that long.
  if (isUnderWay(calm)) return <p className="p-3 text-ink-3">Figures come when the run has ended.</p>
  if (run === undefined) return null
  if (read.kind !== 'plan') return <RunInspector run={run} />
  return (
    <>
      <PlanInspector document={read.document} onAction={onAction} />
      <details className="border-line border-t">
        <summary className="cursor-pointer px-3 py-2 text-ink-2 hover:text-ink">
          About this run: server, settings, locks
        </summary>
        <RunInspector run={run} />
      </details>
    </>
  )
}
