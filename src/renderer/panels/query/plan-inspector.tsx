import { PlanInspector } from '#renderer/plan-views/index.ts'
import { usePlanAction } from './plan-actions.ts'
import { useFinishedRun, useRunPlan } from './plan-state.ts'
import { RunInspector } from './runs/index.ts'

/** The inspector beside the panel: the plan node that is selected, and the conditions of the run. */
export function QueryInspector() {
  const run = useFinishedRun()
  const read = useRunPlan(run)
  const onAction = usePlanAction(run)
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
