import { useEffect, useEffectEvent } from 'react'
import { client } from '#renderer/client/index.ts'
import { setPreference, usePreferences, useSession } from '#renderer/state/index.ts'
import type { Run, RunSummary } from '#shared/session/index.ts'
import { parsePlanLink } from './plan-link.ts'
import { runControl, useShown } from './query-state.ts'

const key = 'query.run'

/**
 * Remembers which run is open, and opens it again in a window that finds nothing open: one that is under way before all.
 * The editor's text is kept apart from it, and stays as it is where there is one.
 */
export function useReopenedRun(onReopened: (run: Run) => void): void {
  const loaded = useSession((store) => store.loaded)
  const shown = useShown()
  const openId = shown.kind === 'finished' ? shown.run.runId : undefined
  const tell = useEffectEvent(onReopened)

  useEffect(() => {
    if (openId !== undefined) setPreference(key, openId)
  }, [openId])

  useEffect(() => {
    if (!loaded) return
    // It is a courtesy: whoever wants it finds it among the runs.
    reopen(tell).catch(() => undefined)
  }, [loaded])
}

const isNothingOpen = (): boolean => runControl.store.getState().shown.kind === 'nothing'

/** One is under way at a time, at the end of the list; of one that a crash left behind the workbench knows nothing. */
async function resumeRunning(
  sessionId: string,
  runs: readonly RunSummary[],
  tell: (run: Run) => void,
): Promise<boolean> {
  const running = runs.findLast(({ state }) => state === 'running')
  if (running === undefined) return false
  const run = await client.session.run({ sessionId, runId: running.runId })
  return isNothingOpen() && (await runControl.resume(run, () => tell(run)))
}

async function reopen(tell: (run: Run) => void): Promise<void> {
  const runId = usePreferences.getState().values?.[key]
  const { session, runs } = useSession.getState()
  // A link leads to another run.
  if (!isNothingOpen() || parsePlanLink(location.hash) !== undefined) return
  if (session === undefined || (await resumeRunning(session.sessionId, runs, tell))) return
  if (runId === undefined || !runs.some((run) => run.runId === runId)) return
  const run = await client.session.run({ sessionId: session.sessionId, runId })
  // Meanwhile something else may have been run or opened.
  if (!isNothingOpen() || useSession.getState().session?.sessionId !== session.sessionId) return
  runControl.open(run)
  tell(run)
}
