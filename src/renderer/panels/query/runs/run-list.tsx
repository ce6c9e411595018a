import { client } from '#renderer/client/index.ts'
import { notifyError, useSession } from '#renderer/state/index.ts'
import type { RunListSlotProps } from '../slots.ts'
import { RunTable } from './run-table.tsx'

/** The open session's runs, with what can be done to them. */
export function RunList({ shownRunId, onOpen, onCompare }: RunListSlotProps) {
  const session = useSession((store) => store.session)
  const runs = useSession((store) => store.runs)
  const sessionId = session?.sessionId
  if (sessionId === undefined) return null
  return (
    <RunTable
      runs={runs}
      openedRunId={shownRunId}
      onOpen={onOpen}
      onCompare={onCompare}
      onNote={(runId, note) => void client.session.setNote({ sessionId, runId, note }).catch(notifyError)}
      onRemove={(runId) => void client.session.removeRun({ sessionId, runId }).catch(notifyError)}
    />
  )
}
