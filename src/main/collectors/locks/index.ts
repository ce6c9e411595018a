import type { ActivityTick } from '#shared/activity/index.ts'
import {
  buildWaitForGraph,
  followWaits,
  type LockState,
  listHeldLocks,
  nameRowWaits,
} from '#shared/locks/index.ts'
import type { EpochMs } from '#shared/units/index.ts'
import type { Collector, Look, Source } from '../collector.ts'
import { withoutRefused } from '../refusals.ts'
import { seenDeadlocksOf } from '../seen-deadlocks.ts'
import { createBlindLooks } from './blind-looks.ts'
import { createDeadlockWatch } from './deadlocks.ts'
import { createLastingWaits } from './lasting-waits.ts'
import { createLookTimes, type LookKind } from './look-times.ts'
import ownDatabaseSql from './own-database.sql?raw'
import { parseLockRow, relationsIn } from './parse.ts'
import { createParties } from './parties.ts'
import { type Census, createReadings, type Waits } from './readings.ts'
import { createRelationNames } from './relation-names.ts'

const ownDatabase = { name: 'lock_own_database', sql: ownDatabaseSql }

/** Who waits for whose locks, while somebody does, and how many locks there are ([README](README.md)). */
export const locks: Collector = { id: 'locks', everyMs: 100, followsActivity: true, begin }

function begin(source: Source): Look | undefined {
  const readings = createReadings(source)
  if (readings === undefined) return undefined
  const names = createRelationNames(source)
  const parties = createParties(source)
  const findDeadlocks = createDeadlockWatch(seenDeadlocksOf(source.recording))
  const seeLasting = createLastingWaits()
  const times = createLookTimes({ paceMs: source.paceMs, pauseMs: readings.pauseMs })
  const blind = source.seesOthers ? undefined : createBlindLooks(times)
  let here: string | undefined
  let before: LockState | undefined
  let isWaiting = false

  async function readState(
    { rows, atMs }: Waits,
    activity: ActivityTick | undefined,
  ): Promise<LockState & { readonly atMs: number }> {
    here ??= (await source.ask(ownDatabase)).rows[0]?.[0] ?? ''
    await names.learn(relationsIn(rows, here))
    const options = { here, nameOf: names.nameOf, toWorkbenchMs: source.toWorkbenchMs }
    const read = {
      atMs,
      locks: rows.map((row) => parseLockRow(row, options)),
      activity: activity?.backends ?? [],
    }
    const followed = followWaits(before, read)
    return { ...(source.server.versionNum < 140_000 ? beginAsSeen(followed) : followed), atMs }
  }

  async function look(kind: LookKind, waits: Waits): Promise<void> {
    const activity = source.latestActivity()
    const periodMs = times.looked(kind, waits.atMs)
    const state = await readState(waits, activity)
    const { atMs } = state
    before = state
    const graph = buildWaitForGraph(state)
    const edges = nameRowWaits(
      [...graph.edges, ...graph.unexplained].toSorted((a, b) => a.waiterPid - b.waiterPid),
      state.locks,
    )
    const wasWaiting = isWaiting
    isWaiting = edges.length > 0
    blind?.looked(kind, atMs, isWaiting)
    if (!isWaiting && !wasWaiting) return
    const backends = isWaiting ? await parties.find(graph, activity) : []
    source.emit({ kind: 'locks', tick: { atMs, periodMs, edges, held: listHeldLocks(state), backends } })
    for (const marker of findDeadlocks({ cycles: graph.cycles, backends, atMs })) {
      source.emit({ kind: 'marker', marker })
    }
  }

  function nextLook(nowMs: EpochMs, census: Census | undefined): LookKind | undefined {
    const activity = source.latestActivity()
    const isTold = activity?.backends.some(({ waitClass }) => waitClass === 'Lock') === true
    return times.next({
      nowMs,
      isLasting: seeLasting(activity),
      isSighted: isTold || isWaiting || (census?.waiting ?? 0) > 0,
      isRead: census?.waits !== undefined,
    })
  }

  return withoutRefused(source, 'locks', async () => {
    const nowMs = source.now()
    const census = await readings.count(nowMs)
    const kind = blind === undefined ? nextLook(nowMs, census) : blind.next(nowMs, census !== undefined)
    if (kind === undefined) return
    if (kind === 'sample' && census?.waiting === 0 && census.waits === undefined && !isWaiting) {
      // Counting has shown as much as a look would.
      times.looked(kind, nowMs)
      return
    }
    await look(kind, census?.waits ?? (await readings.readWaits()))
  })
}

/** Version 13 doesn't tell when a wait began: it is told to be as long as it was seen, which is the least. */
function beginAsSeen({ locks, ...state }: LockState): LockState {
  return {
    ...state,
    locks: locks.map((row) =>
      row.seenWaitingAtMs === undefined ? row : { ...row, waitStartedAtMs: row.seenWaitingAtMs },
    ),
  }
}
