import { NodeInspector } from './plan/index.ts'
import { useBlockBytes, useFinishedRun, useRunPlan, useSelectedNode } from './plan-state.ts'

/** The inspector beside the panel: the plan node that is selected. */
export function QueryInspector() {
  const run = useFinishedRun()
  const read = useRunPlan(run)
  const nodeId = useSelectedNode(run?.runId ?? '', read)
  const blockBytes = useBlockBytes()
  if (read.kind !== 'plan') return null
  return <NodeInspector plan={read.plan} nodeId={nodeId} blockBytes={blockBytes} />
}
