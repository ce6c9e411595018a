import { NodeInspector } from '#renderer/plan-views/index.ts'
import { useBlockBytes, useFinishedRun, useRunPlan, useSelectedNode } from './plan-state.ts'
import { RunInspector } from './runs/index.ts'

/** The inspector beside the panel: the plan node that is selected, and the conditions of the run. */
export function QueryInspector() {
  const run = useFinishedRun()
  const read = useRunPlan(run)
  const nodeId = useSelectedNode(run?.runId ?? '', read)
  const blockBytes = useBlockBytes()
  if (run === undefined) return null
  if (read.kind !== 'plan') return <RunInspector run={run} />
  return (
    <>
      <NodeInspector plan={read.plan} nodeId={nodeId} blockBytes={blockBytes} />
      <details className="border-line border-t">
        <summary className="cursor-pointer px-3 py-2 text-ink-2 hover:text-ink">
          About this run: server, settings, locks
        </summary>
        <RunInspector run={run} />
      </details>
    </>
  )
}
