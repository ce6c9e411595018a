import { formatClock } from '#renderer/charts/index.ts'
import type {
  CountedRows,
  IndexCandidate,
  IndexReading,
  IndexTrouble,
  TableReading,
} from '#shared/schema/index.ts'
import { quoteIdentifier } from '#shared/statements/index.ts'
import { formatDuration, type Milliseconds } from '#shared/units/index.ts'
import type { SchemaRows } from './build-rows.ts'

const roundTo = (step: Milliseconds, ms: Milliseconds) => formatDuration(Math.round(ms / step) * step)

/** What the figures are over, and when they were read: readings come about once a minute. */
export function describeSpan({
  spanMs,
  atMs,
  countedSinceMs,
}: Pick<SchemaRows, 'spanMs' | 'atMs' | 'countedSinceMs'>): string {
  const read = `read at ${formatClock(atMs, 1_000)}`
  if (spanMs > 0) return `Scans and changes over ${roundTo(1_000, spanMs)}, ${read}.`
  const since =
    countedSinceMs === undefined ? '' : `, which began ${roundTo(60_000, atMs - countedSinceMs)} before`
  return `One reading over this range, ${read}: scans and changes are all that the server’s counters hold${since}.`
}

/** A short word for a badge. */
export const troubleWords = {
  invalid: 'invalid',
  unused: 'unused',
  duplicate: 'duplicate',
  covered: 'covered',
} as const satisfies Record<IndexTrouble['kind'], string>

/** The worst first. */
export const troubleKinds: readonly IndexTrouble['kind'][] = ['invalid', 'duplicate', 'unused', 'covered']

/** What is wrong, why it matters, and when not to act on it. */
export function explainTrouble(trouble: IndexTrouble): string {
  switch (trouble.kind) {
    case 'invalid':
      return 'It is not valid: building it failed or is under way. It costs every write and serves no search. If nobody is building it (see Activity), drop it and build it again.'
    case 'unused':
      return 'Its table was searched many times since the counters began, and never by way of it. It costs every write and room in the cache. Look at standbys before dropping it, whose scans are counted there, and at jobs that run once a month or year.'
    case 'duplicate':
      return `It is the same as ${trouble.of}: same columns, order, classes and condition. One of them is enough.`
    case 'covered':
      return `${trouble.by} begins with the same columns and can serve the same searches, a little more slowly because it is wider. Drop this one if writes matter more.`
  }
}

/** The statement that removes an index without stopping anybody; `undefined` where a constraint hangs on it. */
export function dropStatement(index: IndexReading): string | undefined {
  if (index.isConstraint || index.isPrimary) return undefined
  return `DROP INDEX CONCURRENTLY ${quoteIdentifier(index.schema)}.${quoteIdentifier(index.name)};`
}

export function explainCandidate(candidate: IndexCandidate): string {
  if (candidate.kind === 'seq-scans') {
    return 'The table was read from end to end again and again. Look in Statements for those that scan it: their conditions say which index would serve, their plans whether it pays. Reports that need most of its rows are better off without one.'
  }
  return 'Deleting or changing a row that is referred to, and joining from there, reads this table from end to end. The index costs every write to the table; if referenced rows never change, leave it.'
}

/** Where a table's number of rows comes from, or why there is none. */
export function explainRows({ rows, isFromCatalogue }: CountedRows, { kind }: TableReading): string {
  if (rows !== undefined) {
    if (!isFromCatalogue) return 'n_live_tup: by the counters'
    return kind === 'p'
      ? 'pg_class.reltuples: of its partitions, when it was last analysed'
      : 'pg_class.reltuples: when it was last vacuumed or analysed; the counters were lost since'
  }
  return kind === 'p'
    ? 'A partitioned table’s own number is counted by ANALYZE alone, which nobody has run'
    : 'Never vacuumed or analysed since the counters began, and these have seen none of its rows: ANALYZE counts them'
}
