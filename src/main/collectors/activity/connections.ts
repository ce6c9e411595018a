import type { TextValue } from '#main/targets/index.ts'
import type { MetricSample } from '#shared/series/index.ts'
import type { EpochMs, Milliseconds } from '#shared/units/index.ts'
import type { Answer, Source } from '../collector.ts'
import { createCostPace } from '../cost-pace.ts'
import connectionsSql from './connections.sql?raw'
import { columns } from './parse.ts'

/** Counts all connections by state, which costs more than a look at those at work, so it is done more rarely. */
export interface Connections {
  /** Whether it is time to count them. */
  isDue(): boolean
  count(): Promise<void>
  /** Tells them from rows of everybody that were asked for anyway; not before the first count, which tells the limit. */
  tell(rows: Answer['rows'], atMs: EpochMs): void
  /** Processes in a failed transaction, as an array of SQL: nothing but their state tells them from idle ones. */
  readonly failed: string
  /** Of all states; none before the first count. */
  readonly total: number
}

const question = { name: 'connections', sql: connectionsSql }
const everyMs: Milliseconds = 1_000
/** Some hundred idle connections take a millisecond: they are then counted every few seconds. */
const costRules = { shareOfCore: 0.000_5, longestPauseMs: 10_000 }

export function createConnections(source: Pick<Source, 'ask' | 'now' | 'paceMs' | 'emit'>): Connections {
  const seen = new Set<string>()
  const pace = createCostPace(costRules)
  let failed = '{}'
  let total = 0
  let limit: TextValue = null
  let lastMs: EpochMs | undefined

  const periodMs = () => Math.max(everyMs, source.paceMs(), pace.pauseMs())

  function take(rows: Answer['rows'], atMs: EpochMs): void {
    failed = rows.find((row) => row[3] !== null)?.[3] ?? '{}'
    total = rows.reduce((sum, [, count]) => sum + Number(count), 0)
    limit = rows[0]?.[2] ?? limit
    const tick = {
      atMs,
      periodMs: lastMs === undefined ? periodMs() : atMs - lastMs,
      samples: parseConnections(rows, seen),
    }
    lastMs = atMs
    source.emit({ kind: 'metrics', tick })
  }

  return {
    get failed() {
      return failed
    },
    get total() {
      return total
    },
    // Looks come a little early or late: half of one is as near as it gets.
    isDue: () => lastMs === undefined || source.now() - lastMs >= periodMs() - source.paceMs() / 2,
    async count() {
      const { rows, atMs } = await source.ask(question)
      pace.spent(atMs, Number(rows[0]?.[4]))
      take(rows, atMs)
    },
    tell(rows, atMs) {
      // One slow count apart must not keep those at bay that cost nothing.
      pace.spent(atMs, 0)
      take(countConnections(rows, limit), atMs)
    },
  }
}

/** Of rows of everybody, what `connections.sql` would return. */
export function countConnections(rows: Answer['rows'], limit: TextValue): Answer['rows'] {
  const states = Map.groupBy(rows.filter(isClient), (row) =>
    row[columns.application]?.startsWith('barograph') === true
      ? 'barograph'
      : (row[columns.state] ?? 'hidden'),
  )
  return [...states].map(([state, members]) => {
    const pids = members.map((row) => row[columns.pid])
    return [state, String(members.length), limit, state === failedState ? `{${pids.join(',')}}` : null]
  })
}

const failedState = 'idle in transaction (aborted)'

/** Of others, an ordinary role sees whose connection it is and to which database. */
function isClient(row: readonly TextValue[]): boolean {
  const type = row[columns.backendType] ?? null
  if (type !== null) return type === 'client backend'
  return (row[columns.role] ?? null) !== null && (row[columns.database] ?? null) !== null
}

/** @param seen states that were told of before: one that nobody is in any more is told as 0 */
export function parseConnections(rows: Answer['rows'], seen: Set<string>): readonly MetricSample[] {
  const counts = new Map(rows.map(([state, count]) => [state ?? '', Number(count)]))
  for (const state of counts.keys()) seen.add(state)
  return [
    ...[...seen].map(
      (state): MetricSample => ({
        metric: 'connections.state',
        labels: [state],
        value: counts.get(state) ?? 0,
      }),
    ),
    { metric: 'connections.limit', value: Number(rows[0]?.[2]) },
  ]
}
