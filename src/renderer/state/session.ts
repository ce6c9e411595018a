import { create } from 'zustand'
import { client, connection } from '#renderer/client/index.ts'
import type { KeptPlanSummary, RunSummary, SessionInfo, SessionTail } from '#shared/session/index.ts'
import { applySessionEvents } from './session-events.ts'
import { startTailLoop, tailWaitMs } from './tail-loop.ts'

interface SessionStore {
  readonly session: SessionInfo | undefined
  /** Runs of the open session, oldest first. */
  readonly runs: readonly RunSummary[]
  /** Plans from elsewhere that the session keeps, oldest first. */
  readonly plans: readonly KeptPlanSummary[]
  /** The lists have been read at least once. */
  readonly loaded: boolean
}

const nothingRead = { runs: [], plans: [], loaded: false } as const

/** The open session, its runs and its plans. */
export const useSession = create<SessionStore>(() => ({ session: undefined, ...nothingRead }))

/** Shows a session that was just opened, without waiting for the tail to tell. */
export function showSession(session: SessionInfo): void {
  const known = useSession.getState().session
  if (session.sessionId !== known?.sessionId) useSession.setState({ session, ...nothingRead })
}

/** The open session, as soon as this window knows it. */
export function whenSession(): Promise<SessionInfo> {
  return new Promise((resolve) => {
    const take = ({ session }: SessionStore): void => {
      if (session === undefined) return
      stop()
      resolve(session)
    }
    const stop = useSession.subscribe(take)
    take(useSession.getState())
  })
}

/** Starts following the open session; once per window. */
export function watchSession(): () => void {
  let cursor = 0
  const loop = startTailLoop(connection, async (reset, signal) => {
    const known = useSession.getState().session
    const session = await client.session.current(undefined, { signal })
    if (session.sessionId !== known?.sessionId) {
      useSession.setState({ session, ...nothingRead })
    } else if (session.fileBytes !== known.fileBytes) {
      // A recording lets the file grow without an event of its own.
      useSession.setState({ session })
    }
    if (reset || !useSession.getState().loaded) cursor = await readAll(session.sessionId, signal)

    const tail = await client.session.tail(
      { sessionId: session.sessionId, after: cursor, waitMs: tailWaitMs },
      { signal },
    )
    // Another session was opened meanwhile: these are the old one's events.
    if (useSession.getState().session?.sessionId !== session.sessionId) return
    if (tail.restart) cursor = await readAll(session.sessionId, signal)
    else cursor = takeIn(tail)
  })
  return () => loop.stop()
}

/** Reads the lists anew. The cursor is taken first: what happens meanwhile is then told twice rather than never. */
async function readAll(sessionId: string, signal: AbortSignal): Promise<number> {
  const { cursor } = await client.session.tail({ sessionId, after: 0, waitMs: 0 }, { signal })
  const [session, runs, plans] = await Promise.all([
    client.session.current(undefined, { signal }),
    client.session.runs({ sessionId }, { signal }),
    client.plans.list({ sessionId }, { signal }),
  ])
  if (session.sessionId === sessionId) useSession.setState({ session, runs, plans, loaded: true })
  return cursor
}

function takeIn(tail: SessionTail): number {
  useSession.setState((store) => {
    const next = applySessionEvents(store, tail.events)
    const switched = next.session?.sessionId !== store.session?.sessionId
    return switched ? { session: next.session, ...nothingRead } : next
  })
  return tail.cursor
}
