import { Circle, type LucideIcon } from 'lucide-react'
import { Button, EmptyState } from '#renderer/kit/index.ts'
import { runCommand, startRecording, useServer, useSession, useWorkbench } from '#renderer/state/index.ts'

export interface NothingRecordedProps {
  readonly icon: LucideIcon
  /** What stands here once a server is recorded, behind "to see": "who waits for whose locks". */
  readonly shows: string
}

/** In the place of a panel of the server, while nothing was recorded of any: what it will show, and what brings it. */
export function NothingRecorded({ icon, shows }: NothingRecordedProps) {
  const isConnected = useServer() !== undefined
  const isDemoStarting = useWorkbench(({ state }) => state?.demo.status === 'starting')
  const isReadOnly = useSession((store) => store.session?.readOnly === true)
  if (isReadOnly) {
    return (
      <EmptyState icon={icon} title="Nothing was recorded in this session">
        The session can only be read, so nothing can be recorded into it. Open a new session to record.
      </EmptyState>
    )
  }
  if (isConnected) {
    return (
      <EmptyState
        icon={icon}
        title="Nothing recorded yet"
        actions={
          <Button icon={Circle} variant="primary" onClick={() => startRecording()}>
            Start recording
          </Button>
        }
      >
        Record the server to see {shows}. That costs it about 0.3 % of a core.
      </EmptyState>
    )
  }
  if (isDemoStarting) {
    return (
      <EmptyState icon={icon} title="The demo server is starting">
        It is recorded as soon as it is up, to see {shows}.
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={icon}
      title="Nothing recorded yet"
      actions={
        <>
          <Button variant="primary" onClick={() => runCommand('target.connect')}>
            Connect to a server…
          </Button>
          <Button onClick={() => runCommand('session.open')}>Open a session…</Button>
        </>
      }
    >
      Connect to a server to see {shows}, or open a session that holds a recording.
    </EmptyState>
  )
}
