import { type StatementFigure, statementFigureNames } from './figures.ts'
import type { StatementFigures } from './model.ts'

/** One entry of `pg_stat_statements` as it stood at one moment: counters since it came into being. */
export interface StatementEntry {
  /** Tells it from all others: user, database, query id, top level. */
  readonly id: string
  readonly counters: StatementFigures
  /** `stats_since`, as the server prints it: changes when the entry began anew (extension 1.11). */
  readonly since?: string
}

export interface StatementReading {
  /** Those that may have changed since the last reading, or all of them. */
  readonly entries: readonly StatementEntry[]
  /** All there are: what is not among them is gone. */
  readonly isWhole: boolean
  /**
   * Entries that were there before may show for the first time (a right was granted): their counters are of no known
   * time, and nothing is told of them but from the next reading on.
   */
  readonly mayShowOld?: boolean
}

export interface StatementGrowth {
  readonly id: string
  /** Never negative; more than zero in at least one figure. */
  readonly figures: StatementFigures
}

export interface ReadingGrowth {
  readonly grown: readonly StatementGrowth[]
  /** Entries whose counters began anew since they were last read. */
  readonly restarted: number
}

/** What is known of a server's entries between two readings of `pg_stat_statements`. */
export interface StatementMemory {
  /**
   * Takes in a reading, and tells what grew since the one before it.
   *
   * The first reading tells nothing: its counters are of times before. From then on an entry that is new has come since
   * the last reading, and all it shows is growth. An entry began anew when `stats_since` says so or any of its counters
   * fell (reset, or evicted and come back): what it shows has come since. Where a server can't tell `stats_since`, an
   * entry that began anew and has overtaken its old counters within one period is taken for one that grew, so that
   * growth may be too small by what it had before, but never too large.
   */
  take(reading: StatementReading): ReadingGrowth
  readonly size: number
  has(id: string): boolean
}

interface Known {
  readonly counters: StatementFigures
  readonly since: string | undefined
}

/** A memory that knows nothing yet; one for each connection. */
export function createStatementMemory(): StatementMemory {
  let known = new Map<string, Known>()
  let isFirst = true

  function take({ entries, isWhole, mayShowOld = false }: StatementReading): ReadingGrowth {
    const grown: StatementGrowth[] = []
    let restarted = 0
    const now = isWhole ? new Map<string, Known>() : known
    for (const { id, counters, since } of entries) {
      const before = known.get(id)
      now.set(id, { counters, since })
      if (isFirst || (before === undefined && mayShowOld)) continue
      const beganAnew = before !== undefined && startsAnew(before, counters, since)
      if (beganAnew) restarted += 1
      const figures = computeGrowth(beganAnew ? undefined : before?.counters, counters)
      if (figures !== undefined) grown.push({ id, figures })
    }
    known = now
    isFirst = false
    return { grown, restarted }
  }

  return {
    take,
    get size() {
      return known.size
    },
    has: (id) => known.has(id),
  }
}

/** Sums of squares are computed from rounded means: they may fall by a rounding, which means nothing. */
const fallsMeanReset = statementFigureNames.filter((name) => name !== 'executionSquares')

function startsAnew(before: Known, counters: StatementFigures, since: string | undefined): boolean {
  if (before.since !== undefined && since !== undefined && before.since !== since) return true
  return fallsMeanReset.some((name) => (counters[name] ?? 0) < (before.counters[name] ?? 0))
}

/** What counters grew by; `undefined` where none did. What is absent stays absent. */
function computeGrowth(
  before: StatementFigures | undefined,
  now: StatementFigures,
): StatementFigures | undefined {
  const growth: Partial<Record<StatementFigure, number>> = {}
  let hasGrown = false
  for (const name of statementFigureNames) {
    const value = now[name]
    if (value === undefined) continue
    const difference = Math.max(0, value - (before?.[name] ?? 0))
    growth[name] = difference
    if (difference > 0 && name !== 'executionSquares') hasGrown = true
  }
  return hasGrown ? (growth as StatementFigures) : undefined
}
