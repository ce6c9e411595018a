import type { EndedTransactions } from '#main/targets/index.ts'
import type { ActivityTick } from '#shared/activity/index.ts'
import type { ProcessWatch } from '#shared/host/index.ts'
import type { Emission, ServerFacts } from '#shared/session/index.ts'
import type { EpochMs, Milliseconds, Ratio } from '#shared/units/index.ts'
import type { Collector, Look, Source } from '../collector.ts'
import type { Alarm } from './alarm.ts'
import type { GapWatch } from './gaps.ts'
import type { Limits } from './limits.ts'
import type { Link } from './link.ts'
import { keepLooking } from './looking.ts'
import type { CoreShare, Meter } from './meter.ts'
import { mind } from './minding.ts'
import type { Pace, PaceChange } from './pace.ts'
import type { ServerClock } from './server-clock.ts'
import { staggerMs } from './stagger.ts'

/** What lasts for a whole recording, whatever becomes of its connections. */
export interface Watch {
  readonly collectors: readonly Collector[]
  readonly server: () => ServerFacts
  readonly emit: (emission: Emission) => void
  readonly now: () => EpochMs
  readonly meter: Meter
  readonly pace: Pace
  readonly settleMs: Milliseconds
  /** What watching may cost at the moment. */
  readonly budget: () => Ratio
  readonly clock: ServerClock
  readonly gaps: GapWatch
  readonly limits: Limits
  readonly alarm: Alarm
  /** The time between two looks of a collector, at the moment. */
  readonly periodOf: (collector: string) => Milliseconds
  /** Transactions that the workbench itself has ended so far. */
  readonly ownTransactions: () => EndedTransactions
  readonly latestActivity: () => ActivityTick | undefined
  /** Processes of the workbench's machine that the user wants to see. */
  readonly watches: () => readonly ProcessWatch[]
  readonly onPace: (change: PaceChange, cost: CoreShare) => void
  readonly isStopped: () => boolean
}

/** An answer that took so long is why activity has a gap. */
const longAnswerMs = 1_000

/** Lets all collectors look over one connection, until it ends, the recording stops, or privileges have changed. */
export async function attend(watch: Watch, link: Link): Promise<void> {
  const { meter, alarm } = watch
  let isOld = false
  const isOver = (): boolean => watch.isStopped() || link.isEnded || isOld
  const fromMs = performance.now()
  watch.limits.clear()

  const looking = watch.collectors.map(async (collector, index) => {
    const look = begin(watch, link, collector)
    if (look === undefined) return
    await keepLooking({
      look,
      phaseMs: fromMs + staggerMs(collector, index),
      periodMs: () => watch.periodOf(collector.id),
      alarm,
      isOver,
      onMissed(looks) {
        if (collector.isUrgent) meter.skipped(looks)
      },
      onOutcome: (failure) => tellFailure(watch, collector, failure),
    })
  })
  const minding = mind({
    ...watch,
    link,
    isOver,
    onPrivileges() {
      isOld = true
      alarm.ring()
    },
  })
  await Promise.all([...looking, minding])
}

function begin(watch: Watch, link: Link, collector: Collector): Look | undefined {
  const { meter, gaps, clock } = watch
  const source: Source = {
    server: { ...watch.server(), versionNum: link.client.versionNum },
    seesOthers: link.greeting.seesOthers,
    async ask(question, parameters) {
      const answer = await link.ask(question, parameters, collector.isUrgent)
      meter.answered(collector.id, question.name, answer.tookMs, performance.now())
      if (answer.tookMs > longAnswerMs) {
        gaps.because(`The server took ${(answer.tookMs / 1_000).toFixed(1)} s to answer`)
      }
      return answer
    },
    emit: watch.emit,
    paceMs: () => watch.periodOf(collector.id),
    toWorkbenchMs: clock.toWorkbenchMs,
    toServerMs: clock.toServerMs,
    ownTransactions: watch.ownTransactions,
    latestActivity: watch.latestActivity,
    watches: watch.watches,
    recording: watch,
    limit: (limit) => watch.limits.add({ collector: collector.id, ...limit }),
    liftLimits: () => watch.limits.lift(collector.id),
    now: watch.now,
  }
  try {
    return collector.begin(source)
  } catch (error) {
    tellFailure(watch, collector, error)
    return undefined
  }
}

function tellFailure({ limits }: Watch, { id }: Collector, failure: unknown): void {
  const reason = failure instanceof Error ? failure.message : String(failure)
  limits.setFailure(id, failure === undefined ? undefined : `It could not look: ${reason}`)
}
