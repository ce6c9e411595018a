import type { Emission, Marker } from '#shared/session/index.ts'
import type { EpochMs, Hertz, Milliseconds } from '#shared/units/index.ts'
import type { Collecting, CollectingOptions } from '../collecting.ts'
import type { Collector, Source } from '../collector.ts'
import { createAlarm } from './alarm.ts'
import { delayBefore } from './back-off.ts'
import { createGapWatch } from './gaps.ts'
import { describeRestart, type Greeting } from './greeting.ts'
import { createLimits } from './limits.ts'
import { type Link, openLink } from './link.ts'
import { keepLooking } from './looking.ts'
import { type CoreShare, createMeter } from './meter.ts'
import { mind } from './minding.ts'
import { createPace, defaultRules, type PaceRules } from './pace.ts'
import { createServerClock } from './server-clock.ts'
import { staggerMs } from './stagger.ts'

export interface Tuning {
  readonly pace: PaceRules
  /** So long an answer may take before the connection is given up. */
  readonly patienceMs: Milliseconds
}

export const defaultTuning: Tuning = { pace: defaultRules, patienceMs: 5_000 }

/** So long `stop` waits for the answer that is under way. */
const farewellMs = 500
/** While activity is looked at more rarely than this, everybody else slows down too. */
const slowestAloneMs = 1_000

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
  const paced = collectors.find(({ isUrgent }) => isUrgent)?.id ?? ''
  let hz = options.hz
  let slowedBecause: string | undefined
  let awaySinceMs: EpochMs | undefined
  let isStopped = false
  let isMuted = false

  function emit(emission: Emission): void {
    if (isMuted) return
    const gap = emission.kind === 'activity' ? gaps.tick(emission.tick) : undefined
    if (gap !== undefined) options.emit({ kind: 'marker', marker: gap })
    options.emit(emission)
  }
  const mark = (marker: Marker): void => emit({ kind: 'marker', marker })

  function periodOf(collector: Collector): Milliseconds {
    const activityMs = (1_000 / hz) * pace.slowdown
    if (collector.id === paced) return activityMs
    return pace.slowdown === 1
      ? collector.everyMs
      : collector.everyMs * Math.max(1, activityMs / slowestAloneMs)
  }

  /** Until the connection ends or the recording does. */
  async function attend(link: Link): Promise<void> {
    const isOver = (): boolean => isStopped || link.isEnded
    const fromMs = performance.now()
    const looking = collectors.map(async (collector, index) => {
      const look = begin(collector, link)
      if (look === undefined) return
      await keepLooking({
        look,
        phaseMs: fromMs + staggerMs(collector, index),
        periodMs: () => periodOf(collector),
        alarm,
        isOver,
        onMissed(looks) {
          if (collector.id === paced) meter.skipped(looks)
        },
        onOutcome: (failure) => tellFailure(collector, failure),
      })
    })
    const minded = mind({
      link,
      meter,
      pace,
      clock,
      alarm,
      now,
      isOver,
      paced,
      settleMs: tuning.pace.settleMs,
      onPace: changePace,
    }).catch(() => {
      // It asks nothing that could fail but for the loss of the connection, which `ended` tells.
    })
    void link.ended.then(() => alarm.ring())
    await Promise.all([...looking, minded])
  }

  function begin(collector: Collector, link: Link) {
    const source: Source = {
      server: { ...options.server(), versionNum: link.client.versionNum },
      seesOthers: link.greeting.seesOthers,
      async ask(question, parameters) {
        const answer = await link.ask(question, parameters, collector.isUrgent)
        meter.answered(collector.id, question.name, answer.tookMs, performance.now())
        if (answer.tookMs > slowestAloneMs) {
          gaps.because(`The server took ${(answer.tookMs / 1_000).toFixed(1)} s to answer`)
        }
        return answer
      },
      emit,
      paceMs: () => periodOf(collector),
      toWorkbenchMs: clock.toWorkbenchMs,
      toServerMs: clock.toServerMs,
      watches: options.watches ?? noWatches,
      limit: (limit) => limits.add({ collector: collector.id, ...limit }),
      now,
    }
    try {
      return collector.begin(source)
    } catch (error) {
      tellFailure(collector, error)
      return undefined
    }
  }

  function tellFailure(collector: Collector, failure: unknown): void {
    const reason = failure instanceof Error ? failure.message : String(failure)
    limits.setFailure(collector.id, failure === undefined ? undefined : `It could not look: ${reason}`)
  }

  function changePace({ share, from }: CoreShare, before: number): void {
    const rates = `${formatHz(hz / before)} → ${formatHz(hz / pace.slowdown)} Hz`
    const measured = `${(share * 100).toFixed(2)} % of a core`
    const isSlower = pace.slowdown > before
    const budget = `${tuning.pace.budget * 100} %`
    slowedBecause =
      pace.slowdown === 1 ? undefined : `Watching took ${measured}, of ${budget} that it may take.`
    mark({
      kind: 'observer-pace',
      atMs: now(),
      label: isSlower ? `${rates}: watching took ${measured}` : `${rates}: watching is cheap again`,
      facts: { share, from, slowdown: pace.slowdown },
    })
    alarm.ring()
    onChange()
  }

  async function connect(): Promise<Link> {
    const link = await openLink({ openClient: options.openClient, now, patienceMs: tuning.patienceMs })
    try {
      clock.read(await link.readClock())
      meter.restart(performance.now())
      return link
    } catch (error) {
      await link.close()
      throw error
    }
  }

  /** Tries until the server is back; `undefined` when the recording ends before that. */
  async function comeBack(before: Greeting): Promise<Link | undefined> {
    let lastError: unknown
    for (let attempt = 1; ; attempt += 1) {
      await alarm.sleep(delayBefore(attempt, lastError))
      if (isStopped) return undefined
      try {
        const link = await connect()
        if (isStopped) {
          await link.close()
          return undefined
        }
        tellReturn(before, link.greeting)
        return link
      } catch (error) {
        lastError = error
      }
    }
  }

  function tellLoss(cause: Error): void {
    awaySinceMs = now()
    gaps.because(cause.message)
    limits.clear()
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
    mark({
      kind: 'connection-back',
      atMs,
      label: `Connected again after ${(awayMs / 1_000).toFixed(1)} s`,
    })
    onChange()
  }

  async function live(first: Link): Promise<void> {
    let link: Link | undefined = first
    while (link !== undefined) {
      current = link
      await attend(link)
      if (isStopped) return
      tellLoss(await link.ended)
      link = await comeBack(link.greeting)
    }
  }

  let current = await connect()
  const living = live(current)

  return {
    cost() {
      const atMs = performance.now()
      const lagP95Ms = meter.lagP95Ms(atMs)
      const share = meter.coreShare(atMs, 0)
      return {
        hz,
        actualHz: hz / pace.slowdown,
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
    async stop() {
      if (isStopped) return
      const gap = gaps.end(now())
      if (gap !== undefined) emit({ kind: 'marker', marker: gap })
      isStopped = true
      alarm.ring()
      await endedWithin(living, farewellMs)
      isMuted = true
      await current.close()
    },
  }
}

const none: readonly never[] = []
const noWatches = () => none

function formatHz(hz: Hertz): string {
  return hz.toFixed(hz < 10 && !Number.isInteger(hz) ? 1 : 0)
}

async function endedWithin(work: Promise<void>, ms: Milliseconds): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  await Promise.race([work, patience])
  clearTimeout(timer)
}
