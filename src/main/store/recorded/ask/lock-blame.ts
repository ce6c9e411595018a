import type { BackendIdentity, BackendSample } from '#shared/activity/index.ts'
import type { RecordedBlame, RecordedBlocker } from '#shared/contract/index.ts'
import { type BlameTick, computeBlame } from '#shared/locks/index.ts'
import type { TimeRange } from '#shared/series/index.ts'
import { type WaitClass, waitClasses } from '#shared/waits/index.ts'
import type { Database } from '../../database.ts'
import { present, readRow } from '../../row-reader.ts'
import { readStatementTexts } from './labels.ts'
import { preparedNo, readIdentities, readWaits } from './lock-parts.ts'
import { within } from './span.ts'

/** Of more states than these, every second, third … stands for all. */
const mostStates = 20_000
/** Waits in states, all in all: a state of a thousand waiters is as much work as a hundred of ten. */
const mostWaits = 400_000
const mostBlockers = 200
const mostObjects = 200

export async function lockBlame(database: Database, range: TimeRange): Promise<RecordedBlame> {
  const { ticks, countedEvery } = await readTicks(database, range)
  const { waitedMs, blockers, objects } = computeBlame(ticks)
  const shown = blockers.slice(0, mostBlockers)
  const backends = await describeBlockers(
    database,
    range,
    shown.map(({ pid }) => pid),
  )
  return {
    waitedMs,
    blockers: shown.map((row): RecordedBlocker => {
      const backend = backends.get(row.pid)
      return { ...row, pid: backend?.pid ?? 0, ...present({ backend }) }
    }),
    more: blockers.length - shown.length,
    objects: objects.slice(0, mostObjects),
    countedEvery,
  }
}

interface CountedTicks {
  readonly ticks: readonly BlameTick[]
  readonly countedEvery: number
}

/** One tick a state, which stands for all looks that saw it. `pid` means the number of a process here. */
async function readTicks(database: Database, { fromMs, toMs }: TimeRange): Promise<CountedTicks> {
  const inRange = within('sampled_at', fromMs, toMs)
  const [size] = await database.rows(
    `SELECT count(DISTINCT state_no)::DOUBLE AS states, coalesce(sum(waiters), 0)::DOUBLE AS waits
     FROM (SELECT state_no, any_value(waiters) AS waiters FROM lock_ticks
           WHERE state_no IS NOT NULL AND ${inRange} GROUP BY state_no)`,
  )
  const { states, waits: allWaits } = readSize(size ?? {})
  if (states === 0) return { ticks: [], countedEvery: 1 }
  const countedEvery = Math.max(1, Math.ceil(states / mostStates), Math.ceil(allWaits / mostWaits))
  const chosen = `
    WITH seen AS (
      SELECT state_no, epoch_ms(min(sampled_at))::DOUBLE AS at_ms, sum(period_ms)::DOUBLE AS period_ms
      FROM lock_ticks WHERE state_no IS NOT NULL AND ${inRange} GROUP BY state_no),
    ranked AS (SELECT *, (row_number() OVER (ORDER BY at_ms, state_no) - 1) // ${countedEvery} AS part FROM seen),
    chosen AS (
      SELECT arg_min(state_no, at_ms) AS state_no, min(at_ms) AS at_ms, sum(period_ms) AS period_ms
      FROM ranked GROUP BY part)`
  const rows = await database.rows(
    `${chosen} SELECT state_no, at_ms, period_ms, string_agg(wait_no, ' ') AS wait_nos
     FROM chosen JOIN lock_states USING (state_no) WHERE wait_no IS NOT NULL GROUP BY ALL ORDER BY at_ms`,
  )
  const waits = await readWaits(
    database,
    `wait_no IN (${chosen} SELECT wait_no FROM chosen JOIN lock_states USING (state_no))`,
  )
  const canonical = await unifyNumbers(
    database,
    waits.flatMap(({ edge }) => [edge.waiterPid, ...edge.blockerPids]),
  )
  const numberOf = (number: number) => canonical.get(number) ?? number
  const edges = new Map(
    waits.map(({ waitNo, edge }) => [
      waitNo,
      {
        ...edge,
        waiterPid: numberOf(edge.waiterPid),
        ...(edge.leaderPid === undefined ? {} : { leaderPid: numberOf(edge.leaderPid) }),
        blockerPids: [...new Set(edge.blockerPids.map(numberOf))],
      },
    ]),
  )
  const ticks = rows.map(readRow).map((row) => ({
    atMs: row.number('at_ms'),
    periodMs: row.number('period_ms'),
    edges: row
      .text('wait_nos')
      .split(' ')
      .flatMap((number) => edges.get(Number(number)) ?? []),
  }))
  return { ticks, countedEvery }
}

function readSize(row: Parameters<typeof readRow>[0]) {
  const reader = readRow(row)
  return { states: reader.number('states'), waits: reader.number('waits') }
}

/** A process that has changed its application's name goes on under another number: it is still one who blocks. */
async function unifyNumbers(
  database: Database,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const identities = await readIdentities(database, numbers)
  const first = new Map<string, number>()
  const unified = new Map<number, number>()
  for (const [number, { pid, startedAtMs }] of [...identities].toSorted(([a], [b]) => b - a)) {
    // Starts are told by a clock that is compared with the server's now and then.
    const key = `${pid} ${Math.round(startedAtMs / 1_000)}`
    if (!first.has(key)) first.set(key, number)
    unified.set(number, first.get(key) ?? number)
  }
  return unified
}

/** Blockers as they were seen last within a range. */
async function describeBlockers(
  database: Database,
  { fromMs, toMs }: TimeRange,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, BackendSample>> {
  const identities = await readIdentities(database, numbers)
  const list = numbers.filter((number) => number !== preparedNo)
  if (list.length === 0) return new Map()
  const rows = await database.rows(
    `WITH seen AS (
       SELECT backend_no, arg_max(doing_no, sampled_at) AS doing_no, arg_max(statement_no, sampled_at) AS statement_no
       FROM activity_samples WHERE backend_no IN (${list.join(', ')}) AND ${within('sampled_at', fromMs, toMs)}
       GROUP BY backend_no)
     SELECT backend_no, state, wait_class, wait_event, query_id, statements.text AS text
     FROM seen JOIN doings USING (doing_no) LEFT JOIN statements USING (statement_no)`,
  )
  const readers = rows.map(readRow)
  const texts = await readStatementTexts(database, [
    ...new Set(readers.flatMap((row) => row.optionalText('query_id') ?? [])),
  ])
  const seen = new Map(readers.map((row) => [row.number('backend_no'), row]))
  return new Map(
    [...identities].map(([number, identity]): [number, BackendSample] => {
      const row = seen.get(number)
      if (row === undefined) return [number, describeUnseen(identity)]
      const queryId = row.optionalText('query_id')
      return [
        number,
        {
          ...identity,
          state: row.text('state'),
          waitClass: row.oneOf<WaitClass>('wait_class', waitClasses),
          ...present({
            waitEvent: row.optionalText('wait_event'),
            queryId,
            statement: row.optionalText('text') ?? (queryId === undefined ? undefined : texts.get(queryId)),
          }),
        },
      ]
    }),
  )
}

/** Activity leaves idle processes out. */
function describeUnseen(identity: BackendIdentity): BackendSample {
  return { ...identity, state: identity.startedAtMs > 0 ? 'idle' : 'unknown', waitClass: 'Client' }
}
