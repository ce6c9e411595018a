import type { BackendIdentity, BackendSample } from '#shared/activity/index.ts'
import type { LocksAt } from '#shared/contract/index.ts'
import { buildGraphOfEdges, type HeldLock, reduceQueues, type WaitEdge } from '#shared/locks/index.ts'
import type { EpochMs } from '#shared/units/index.ts'
import type { Database } from '../../database.ts'
import { readRow } from '../../row-reader.ts'
import type { LocksAtQuestion } from '../types.ts'
import { activityAt } from './activity-at.ts'
import { pidOf, type RecordedWait, readHolds, readIdentities, readWaits } from './lock-parts.ts'
import { moment } from './span.ts'

/** An older look says nothing about the moment, unless looks came more rarely then. */
const oldestMs = 5_000
const mostPeriods = 3
/** Starts of one process as two readings tell them. */
const sameStartMs = 1_000

const nobody: Omit<LocksAt, 'atMs'> = {
  graph: { edges: [], unexplained: [], roots: [], cycles: [] },
  held: [],
  backends: [],
}

export async function locksAt(
  database: Database,
  { atMs: askedMs, reducesQueues = false }: LocksAtQuestion,
): Promise<LocksAt | undefined> {
  const tick = await lastTick(database, askedMs)
  if (tick === undefined || tick.stateNo === undefined) {
    // Looks at locks are told while somebody waits: elsewhere, looks at activity say that somebody was looking.
    const activity = await activityAt(database, askedMs)
    if (activity === undefined && tick === undefined) return undefined
    return { atMs: Math.max(activity?.atMs ?? 0, tick?.atMs ?? 0), ...nobody }
  }
  const { atMs, stateNo } = tick
  const waits = await readWaits(
    database,
    `wait_no IN (SELECT wait_no FROM lock_states WHERE state_no = ${stateNo})`,
  )
  const held = await readHolds(database, stateNo)
  const identities = await readIdentities(database, numbersIn(waits, held))
  const edges = waits
    .flatMap((wait) => toEdge(wait, atMs, identities) ?? [])
    .toSorted((a, b) => a.waiterPid - b.waiterPid)
  return {
    atMs,
    graph: buildGraphOfEdges(reducesQueues ? reduceQueues(edges) : edges),
    held: held.flatMap((lock) => {
      const pid = pidOf(identities, lock.pid)
      return pid === undefined ? [] : [{ ...lock, pid }]
    }),
    backends: await describeBackends(database, atMs, identities),
  }
}

interface Tick {
  readonly atMs: EpochMs
  /** Absent where nobody waited. */
  readonly stateNo: number | undefined
}

async function lastTick(database: Database, askedMs: EpochMs): Promise<Tick | undefined> {
  const [row] = await database.rows(
    `SELECT epoch_ms(sampled_at)::DOUBLE AS at_ms, period_ms, state_no FROM lock_ticks
     WHERE sampled_at <= ${moment(askedMs)} ORDER BY sampled_at DESC LIMIT 1`,
  )
  if (row === undefined) return undefined
  const reader = readRow(row)
  const atMs = reader.number('at_ms')
  if (askedMs - atMs > Math.max(oldestMs, mostPeriods * reader.number('period_ms'))) return undefined
  return { atMs, stateNo: reader.optionalNumber('state_no') }
}

function* numbersIn(waits: readonly RecordedWait[], held: readonly HeldLock[]): Iterable<number> {
  for (const { edge } of waits) {
    yield edge.waiterPid
    if (edge.leaderPid !== undefined) yield edge.leaderPid
    yield* edge.blockerPids
  }
  for (const { pid } of held) yield pid
}

/** Processes by their ids again, and time waited instead of the beginning. */
function toEdge(
  { edge, startedAtMs }: RecordedWait,
  atMs: EpochMs,
  identities: ReadonlyMap<number, BackendIdentity>,
): WaitEdge | undefined {
  const pids = (numbers: readonly number[]) =>
    numbers.flatMap((number) => pidOf(identities, number) ?? []).toSorted((a, b) => a - b)
  const waiterPid = pidOf(identities, edge.waiterPid)
  if (waiterPid === undefined) return undefined
  const leaderPid = edge.leaderPid === undefined ? undefined : pidOf(identities, edge.leaderPid)
  const { leaderPid: _leader, ...rest } = edge
  return {
    ...rest,
    waiterPid,
    ...(leaderPid === undefined ? {} : { leaderPid }),
    blockerPids: pids(edge.blockerPids),
    hard: pids(edge.hard),
    soft: pids(edge.soft),
    ...(startedAtMs === undefined ? {} : { waitedMs: Math.max(0, Math.round(atMs - startedAtMs)) }),
  }
}

/** What each did then; activity leaves idle ones out, and so who is not in it was idle. */
async function describeBackends(
  database: Database,
  atMs: EpochMs,
  identities: ReadonlyMap<number, BackendIdentity>,
): Promise<readonly BackendSample[]> {
  const activity = await activityAt(database, atMs)
  const samples = new Map(activity?.backends.map((sample) => [sample.pid, sample]))
  const distinct = new Map([...identities.values()].map((identity) => [identity.pid, identity]))
  const inOrder = [...distinct.values()].toSorted((a, b) => a.pid - b.pid)
  return inOrder.map((identity) => {
    const sample = samples.get(identity.pid)
    if (sample !== undefined && Math.abs(sample.startedAtMs - identity.startedAtMs) < sameStartMs)
      return sample
    const isKnown = activity !== undefined && identity.startedAtMs > 0
    return { ...identity, state: isKnown ? 'idle' : 'unknown', waitClass: 'Client' }
  })
}
