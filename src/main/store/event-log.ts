import { createFeed } from '#main/tail/index.ts'
import type { SessionEvent, SessionTail } from '#shared/session/index.ts'

/** What happened in the open session, kept in memory for those who follow it. */
export interface EventLog {
  add(event: SessionEvent): void
  tail(after: number, waitMs: number, signal?: AbortSignal): Promise<SessionTail>
}

interface Limits {
  readonly events: number
  /** Statements may be huge; so many characters of them are kept. */
  readonly statementChars: number
}

const defaultLimits: Limits = { events: 1_000, statementChars: 64 * 1_024 * 1_024 }

/**
 * The cursor is the number of the last event. Of a run, as of a kept plan, only its latest event is kept, so a slow reader sees the last
 * state and not every step; a reader from before the oldest kept event is told to start again.
 */
export function createEventLog(limits: Limits = defaultLimits): EventLog {
  const feed = createFeed()
  // In order of their numbers: a key is deleted before it is set again.
  const events = new Map<string, { readonly number: number; readonly event: SessionEvent }>()
  let statementChars = 0
  /** Events up to this number can't be told any more. */
  let forgotten = 0

  function drop(key: string) {
    const entry = events.get(key)
    if (entry === undefined) return undefined
    events.delete(key)
    statementChars -= weightOf(entry.event)
    return entry
  }

  return {
    add(event) {
      const number = feed.version + 1
      if (event.kind === 'session-opened') {
        // Runs of another session are nobody's business any more; those in the file were never told as events.
        events.clear()
        statementChars = 0
        forgotten = number - 1
      }
      const key = keyOf(event)
      drop(key)
      events.set(key, { number, event })
      statementChars += weightOf(event)
      while (events.size > limits.events || (statementChars > limits.statementChars && events.size > 1)) {
        const oldest = events.keys().next().value
        forgotten = Math.max(forgotten, (oldest === undefined ? undefined : drop(oldest))?.number ?? 0)
      }
      feed.changed()
    },
    async tail(after, waitMs, signal) {
      const cameFromElsewhere = after > feed.version
      if (!cameFromElsewhere) await feed.wait(after, waitMs, signal)
      const restart = cameFromElsewhere || after < forgotten
      const from = restart ? 0 : after
      return {
        cursor: feed.version,
        events: [...events.values()].filter(({ number }) => number > from).map(({ event }) => event),
        restart,
      }
    },
  }
}

function keyOf(event: SessionEvent): string {
  if (event.kind === 'session-opened') return 'session'
  if (event.kind === 'run-changed') return `run ${event.run.runId}`
  if (event.kind === 'run-removed') return `run ${event.runId}`
  return `plan ${event.kind === 'plan-changed' ? event.plan.planId : event.planId}`
}

function weightOf(event: SessionEvent): number {
  if (event.kind === 'run-changed') return event.run.statement.length
  return event.kind === 'plan-changed' ? (event.plan.statement?.length ?? 0) : 0
}
