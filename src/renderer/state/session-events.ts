import type { RunSummary, SessionEvent, SessionInfo } from '#shared/session/index.ts'

interface Known {
  readonly session: SessionInfo | undefined
  readonly runs: readonly RunSummary[]
}

/** What is known of a session after `events`; runs stay ordered by their ordinal. */
export function applySessionEvents(known: Known, events: readonly SessionEvent[]): Known {
  if (events.length === 0) return known
  let session = known.session
  const runs = new Map(known.runs.map((run) => [run.runId, run]))
  for (const event of events) {
    if (event.kind === 'run-changed') runs.set(event.run.runId, event.run)
    else if (event.kind === 'run-removed') runs.delete(event.runId)
    else session = event.session
  }
  return { session, runs: [...runs.values()].sort((a, b) => a.ordinal - b.ordinal) }
}
