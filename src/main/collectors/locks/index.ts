import type { ActivityTick } from '#shared/activity/index.ts'
import {
  buildWaitForGraph,
  followWaits,
  type LockState,
  listHeldLocks,
  nameRowWaits,
} from '#shared/locks/index.ts'
import type { EpochMs } from '#shared/units/index.ts'
import { periodSince } from '../activity/index.ts'
import { type Answer, type Collector, type Look, type Source, sqlFor } from '../collector.ts'
import { createCostPace } from '../cost-pace.ts'
import { withoutRefused } from '../refusals.ts'
import { seenDeadlocksOf } from '../seen-deadlocks.ts'
import { createCensus } from './census.ts'
import { createDeadlockWatch } from './deadlocks.ts'
import { createLastingWaits } from './lasting-waits.ts'
import { parseLockRow, relationsIn, tookMs } from './parse.ts'
import { createParties } from './parties.ts'
import { createRelationNames } from './relation-names.ts'
import waits13 from './waits-13.sql?raw'
import waits14 from './waits-14.sql?raw'

/** Of one core, while somebody waits: a queue of some hundreds is looked at once a second. */
const costRules = { shareOfCore: 0.01, longestPauseMs: 2_000 }
/** While all waits are short: they are sampled a few times a second, each sample for the longer. */
const briefCostRules = { ...costRules, shareOfCore: 0.001 }

/** Who waits for whose locks, while somebody does, and how many locks there are ([README](README.md)). */
export const locks: Collector = { id: 'locks', everyMs: 100, followsActivity: true, begin }

function begin(source: Source): Look | undefined {
  const sql = sqlFor({ 130_000: waits13, 140_000: waits14 }, source.server.versionNum)
  if (sql === undefined) return undefined
  const question = { name: 'lock_waits', sql }
  const census = createCensus(source)
  const names = createRelationNames(source)
  const parties = createParties(source)
  const findDeadlocks = createDeadlockWatch(seenDeadlocksOf(source.recording))
  const paces = { lasting: createCostPace(costRules), brief: createCostPace(briefCostRules) }
  const seeLasting = createLastingWaits()
  let pace = paces.brief
  let before: LockState | undefined
  let lastMs: EpochMs | undefined
  let isWaiting = false

  async function readState(
    activity: ActivityTick | undefined,
  ): Promise<LockState & { readonly atMs: EpochMs }> {
    const { rows, atMs }: Answer = await source.ask(question)
    for (const one of Object.values(paces)) one.spent(atMs, tookMs(rows))
    await names.learn(relationsIn(rows))
    const options = { nameOf: names.nameOf, toWorkbenchMs: source.toWorkbenchMs }
    const read = {
      atMs,
      locks: rows.map((row) => parseLockRow(row, options)),
      activity: activity?.backends ?? [],
    }
    return { ...followWaits(before, read), atMs }
  }

  async function look(): Promise<void> {
    const activity = source.latestActivity()
    const state = await readState(activity)
    const { atMs } = state
    before = state
    const graph = buildWaitForGraph(state)
    const edges = nameRowWaits(
      [...graph.edges, ...graph.unexplained].toSorted((a, b) => a.waiterPid - b.waiterPid),
      state.locks,
    )
    const wasWaiting = isWaiting
    isWaiting = edges.length > 0
    if (!isWaiting && !wasWaiting) return
    const backends = isWaiting ? await parties.find(graph, activity) : []
    const periodMs = wasWaiting
      ? periodSince(lastMs, atMs, Math.max(source.paceMs(), pace.pauseMs()))
      : source.paceMs()
    lastMs = atMs
    source.emit({ kind: 'locks', tick: { atMs, periodMs, edges, held: listHeldLocks(state), backends } })
    for (const marker of findDeadlocks({ cycles: graph.cycles, backends, atMs })) {
      source.emit({ kind: 'marker', marker })
    }
  }

  return withoutRefused(source, 'locks', async () => {
    const nowMs = source.now()
    const counted = census.isDue(nowMs) ? await census.take() : 0
    // Who can't see what others wait for can't tell how long they do.
    const isLasting = !source.seesOthers || seeLasting(source.latestActivity())
    pace = isLasting ? paces.lasting : paces.brief
    const isTold = source.latestActivity()?.backends.some(({ waitClass }) => waitClass === 'Lock') === true
    if (counted === 0 && !isTold && !isWaiting) return
    if (pace.isDue(nowMs)) await look()
  })
}
