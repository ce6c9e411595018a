import { createFingerprinter } from '#shared/statements/index.ts'
import type { EpochMs } from '#shared/units/index.ts'
import type { LogEntry } from '../log-entry.ts'

/** One process of a deadlock, with what it was at; `undefined` where the log does not tell. */
export interface DeadlockParty {
  readonly pid: number
  readonly statement: string | undefined
}

/** Deadlocks among statements of the same shapes. */
export interface DeadlockGroup {
  /** Shapes of the statements that stood in each other's way, one a process, sorted. Empty: the log does not tell. */
  readonly texts: readonly string[]
  readonly count: number
  readonly firstMs: EpochMs | undefined
  readonly lastMs: EpochMs | undefined
  /** Of the last one. Line it begins on, from 1. */
  readonly line: number
  /** Of the last one, in the server's order: each waits for the next, the last for the first. */
  readonly parties: readonly DeadlockParty[]
}

export interface DeadlockTally {
  add(entry: LogEntry): void
  /** Most frequent first. */
  groups(): readonly DeadlockGroup[]
}

/** Shapes of deadlocks that are told apart; more are counted among the entries' kinds alone. */
const mostGroups = 100
const longestStatement = 10_000

/** Deadlocks of a log by the statements in them; bounded, however many there are. */
export function createDeadlockTally(): DeadlockTally {
  const groups = new Map<string, DeadlockGroup>()
  const shapeOf = createFingerprinter()
  return {
    add: (entry) => {
      const parties = readParties(entry)
      const texts = parties
        .flatMap(({ statement }) => (statement === undefined ? [] : [shapeOf(statement).text]))
        .toSorted()
      const key = texts.join('\n')
      const known = groups.get(key)
      if (known === undefined && groups.size >= mostGroups) return
      const { timeMs, line } = entry
      groups.set(key, {
        texts,
        count: (known?.count ?? 0) + 1,
        firstMs: known?.firstMs ?? timeMs,
        lastMs: timeMs ?? known?.lastMs,
        line,
        parties,
      })
    },
    groups: () => [...groups.values()].toSorted((a, b) => b.count - a.count || a.line - b.line),
  }
}

/**
 * The detail names who waits for whom, then what each was at, perhaps in several lines. Without it the statement beside
 * the message is that of the process that had to give up; that much is also told where the server doesn't speak English.
 *
 * @source src/backend/storage/lmgr/deadlock.c, `DeadLockReport`
 */
function readParties({ detail, statement, pid }: LogEntry): readonly DeadlockParty[] {
  const waiting: number[] = []
  const statements = new Map<number, string>()
  let at: number | undefined
  for (const line of detail?.split('\n') ?? []) {
    const [, waits, does, text = ''] = /^Process (?:(\d+) waits for |(\d+): (.*))/.exec(line) ?? []
    if (waits !== undefined && statements.size === 0) waiting.push(Number(waits))
    else if (does !== undefined && waiting.includes(Number(does))) {
      at = Number(does)
      statements.set(at, text)
    } else if (at !== undefined) statements.set(at, `${statements.get(at) ?? ''}\n${line}`)
  }
  const pids = waiting.length > 0 ? waiting : pid === undefined ? [] : [pid]
  return pids.map((party) => ({
    pid: party,
    statement: (statements.get(party) ?? (party === pid ? statement : undefined))?.slice(0, longestStatement),
  }))
}
