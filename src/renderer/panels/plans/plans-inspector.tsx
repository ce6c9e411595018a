import { PlanInspector } from '#renderer/plan-views/index.ts'
import { useFindingAction } from './finding-action.ts'
import { useShownDocument } from './plan-documents.ts'

/** The inspector beside the panel: the node that is selected in the plan on screen. */
export function PlansInspector() {
  const document = useShownDocument()
  const onAction = useFindingAction()
  return document === undefined ? null : <PlanInspector document={document} onAction={onAction} />
}
