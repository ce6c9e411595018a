import { Button } from '#renderer/kit/index.ts'
import {
  notifyError,
  startRecording,
  useHasEnded,
  useRecordedOverview,
  useRecordingState,
  useServer,
  useSession,
  useWorkbench,
} from '#renderer/state/index.ts'
import type { News } from './banner-news.tsx'
import { describePast } from './past-words.ts'
import { createSession, openSession } from './session/session-actions.ts'

/** What a session shows whose time has come to an end: of which server and when, and the way to what goes on now. */
export function usePastNews(): News | undefined {
  const hasEnded = useHasEnded()
  const overview = useRecordedOverview()
  const recording = useRecordingState()
  const connection = useWorkbench((store) => store.state?.connection)
  const hasServer = useServer() !== undefined
  const isReadOnly = useSession((store) => store.session?.readOnly === true)
  if (!hasEnded || overview === undefined) return undefined
  const words = describePast(overview.recordings, overview.range?.toMs)
  if (words === undefined) return undefined
  const pausedIn = recording.status === 'off' ? recording.pausedIn : undefined
  const name = hasServer && connection?.status === 'connected' ? connection.name : undefined
  const isSame = overview.recordings.every(({ target }) => target.name === name)
  return {
    tone: 'neutral',
    ...words,
    more: 'Its panels show the past.',
    actions:
      pausedIn !== undefined ? (
        <Button onClick={() => void openSession(pausedIn.path).catch(notifyError)}>
          Back to {pausedIn.name}
        </Button>
      ) : name === undefined ? null : isSame && !isReadOnly ? (
        <Button onClick={startRecording}>Record on</Button>
      ) : (
        <Button onClick={() => void recordAnew().catch(notifyError)}>Record {name} in a new session</Button>
      ),
  }
}

async function recordAnew(): Promise<void> {
  await createSession('', '')
  startRecording()
}
