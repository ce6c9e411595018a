import type { ActivityTick } from '#shared/activity/index.ts'
import type { Emission, Marker } from '#shared/session/index.ts'
import type { EpochMs, Milliseconds, Ratio } from '#shared/units/index.ts'
import type { Collecting, CollectingOptions } from '../collecting.ts'
import type { Collector } from '../collector.ts'
import { createAlarm } from './alarm.ts'
import { attend, type Watch } from './attend.ts'
import { comeBack } from './come-back.ts'
import { createGapWatch } from './gaps.ts'
import { describeRestart, type Greeting } from './greeting.ts'
import { createLimits } from './limits.ts'
import { type Link, openLink } from './link.ts'
import { type CoreShare, createMeter } from './meter.ts'
import { budgetFor, createPace, defaultRules, type PaceChange, type PaceRules } from './pace.ts'
import { describePace } from './pace-words.ts'
import { createServerClock } from './server-clock.ts'

export interface Tuning {
  readonly pace: PaceRules
  /** So long an answer may take before the connection is given up. */
  readonly patienceMs: Milliseconds
}

export const defaultTuning: Tuning = { pace: defaultRules, patienceMs: 5_000 }

/** So long `stop` waits for the answer that is under way. */
const farewellMs = 500

/** Runs collectors on one connection, for as long as the recording goes on. */
export async function startRunner(
  options: CollectingOptions,
  collectors: readonly Collector[],
  tuning: Tuning = defaultTuning,
): Promise<Collecting> {
  const { now, onChange } = options
  const alarm = createAlarm()
  const gaps = createGapWatch()
  const limits = createLimits(onChange)
  const clock = createServerClock()
  const pace = createPace(tuning.pace)
  const meter = createMeter(performance.now())
  const activityId = collectors.find(({ isUrgent }) => isUrgent)?.id ?? ''
  const periods = new Map(collectors.map(({ id, everyMs }) => [id, everyMs]))
  let hz = options.hz
  let latestActivity: ActivityTick | undefined
  let slowedBecause: string | undefined
  let awaySinceMs: EpochMs | undefined
  /** The server is known to be back, by another connection. */
  let isHurried = false
  let isStopped = false
  let isMuted = false

  function emit(emission: Emission): void {
    if (isMuted) return
    if (emission.kind === 'activity') latestActivity = emission.tick
    const gap = emission.kind === 'activity' ? gaps.tick(emission.tick) : undefined
    if (gap !== undefined) options.emit({ kind: 'marker', marker: gap })
    options.emit(emission)
  }
  const budget = (): Ratio => budgetFor(tuning.pace, latestActivity?.backends.length ?? 0)
  const mark = (marker: Marker): void => emit({ kind: 'marker', marker })

  /** Those that look as often as activity is looked at, itself among them. */
  const atActivitysPace = new Set(
    collectors.filter((one) => one.isUrgent || one.followsActivity).map(({ id }) => id),
  )
  const askedPeriodOf = (collector: string): Milliseconds =>
    atActivitysPace.has(collector) ? 1_000 / hz : (periods.get(collector) ?? Number.POSITIVE_INFINITY)
  function periodOf(collector: string): Milliseconds {
    const least = atActivitysPace.has(collector) ? pace.slowdownOf(activityId) : 1
    return askedPeriodOf(collector) * Math.max(least, pace.slowdownOf(collector))
  }

  function onPace(change: PaceChange, { share, from }: CoreShare): void {
    const { collector } = change
    const { label, because } = describePace(change, {
      periodMs: askedPeriodOf(collector),
      isActivity: collector === activityId,
      share,
      budget: budget(),
    })
    slowedBecause = collectors.every(({ id }) => pace.slowdownOf(id) === 1) ? undefined : because
    mark({
      kind: 'observer-pace',
      atMs: now(),
      label,
      facts: { collector, share, from, slowdown: change.now },
    })
    alarm.ring()
    onChange()
  }

  const watch: Watch = {
    collectors,
    server: options.server,
    emit,
    now,
    meter,
    pace,
    settleMs: tuning.pace.settleMs,
    budget,
    clock,
    gaps,
    limits,
    alarm,
    periodOf,
    ownTransactions: options.ownTransactions,
    latestActivity: () => latestActivity,
    watches: options.watches ?? noWatches,
    onPace,
    isStopped: () => isStopped,
  }

  async function connect(): Promise<Link> {
    const link = await openLink({ openClient: options.openClient, now, patienceMs: tuning.patienceMs })
    try {
      clock.read(await link.readClock())
      meter.restart(performance.now())
      void link.ended.then(() => alarm.ring())
      return link
    } catch (error) {
      await link.close()
      throw error
    }
  }

  function takeHurry(): boolean {
    const wasHurried = isHurried
    isHurried = false
    return wasHurried
  }

  function tellLoss(cause: Error): void {
    awaySinceMs = now()
    isHurried = false
    gaps.because(cause.message)
    mark({ kind: 'connection-lost', atMs: awaySinceMs, label: cause.message })
    onChange()
  }

  function tellReturn(before: Greeting, after: Greeting): void {
    const atMs = now()
    const awayMs = atMs - (awaySinceMs ?? atMs)
    awaySinceMs = undefined
    const restart = describeRestart(before, after)
    if (restart !== undefined) {
      const startedAtMs = clock.toWorkbenchMs(restart.startedAtMs)
      mark({ kind: 'server-restart', atMs: startedAtMs, label: restart.label })
    }
    const label = `Connected again after ${(awayMs / 1_000).toFixed(1)} s`
    mark({ kind: 'connection-back', atMs, label })
    onChange()
  }

  let current = await connect()
  gaps.begin(now())

  async function live(): Promise<void> {
    let link: Link | undefined = current
    while (link !== undefined) {
      current = link
      while (!watch.isStopped() && !link.isEnded) await attend(watch, link)
      if (isStopped) return
      tellLoss(await link.ended)
      const { greeting } = link
      link = await comeBack({ connect, alarm, takeHurry, isStopped: watch.isStopped })
      if (link !== undefined) tellReturn(greeting, link.greeting)
    }
  }

  const living = live()

  return {
    cost() {
      const atMs = performance.now()
      const lagP95Ms = meter.lagP95Ms(atMs)
      const share = meter.coreShare(atMs, 0)
      return {
        hz,
        actualHz: hz / pace.slowdownOf(activityId),
        ...(lagP95Ms === undefined ? {} : { lagP95Ms }),
        ...(share === undefined ? {} : { coreShare: share.share, coreShareFrom: share.from }),
        skippedTicks: meter.skippedTicks,
        ...(slowedBecause === undefined ? {} : { slowedBecause }),
      }
    },
    limits: limits.list,
    awaySince: () => awaySinceMs,
    setRate(rate) {
      hz = rate
      meter.restart(performance.now())
      alarm.ring()
      onChange()
    },
    tryNow() {
      if (awaySinceMs === undefined) return
      isHurried = true
      alarm.ring()
    },
    async stop() {
      if (isStopped) return
      isStopped = true
      alarm.ring()
      await endedWithin(living, farewellMs)
      const gap = gaps.end(now())
      if (gap !== undefined) mark(gap)
      isMuted = true
      await current.close()
    },
  }
}

const none: readonly never[] = []
const noWatches = (): readonly never[] => none

async function endedWithin(work: Promise<void>, ms: Milliseconds): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  await Promise.race([work, patience])
  clearTimeout(timer)
}
