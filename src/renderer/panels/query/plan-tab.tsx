import { BrokenPlan, PlanViews } from '#renderer/plan-views/index.ts'
import type { Run } from '#shared/session/index.ts'
import { nameRun } from './compare-runs.ts'
import { usePlanAction } from './plan-actions.ts'
import { linkToNode } from './plan-link.ts'
import { useRunPlan } from './plan-state.ts'
import { buildWaitFact } from './plan-waits.ts'

/** A run's plan in all its views; one that can't be read says why and shows its text. */
export function PlanTab({ run }: { readonly run: Run }) {
  const read = useRunPlan(run)
  const onAction = usePlanAction(run)
  if (read.kind === 'none') return null
  if (read.kind === 'broken') return <BrokenPlan message={read.message} text={read.text} />
  return (
    <PlanViews
      document={read.document}
      label={nameRun(run)}
      waits={buildWaitFact(run)}
      onAction={onAction}
      linkTo={(nodeId) => linkToNode(run.runId, nodeId)}
    />
  )
}
