import type { Milliseconds, Ratio } from '#shared/units/index.ts'
import type { Alarm } from './alarm.ts'
import type { Link } from './link.ts'
import type { CoreShare, Meter } from './meter.ts'
import type { Costs, Pace, PaceChange } from './pace.ts'
import { findProcessorTime } from './processor-time.ts'
import type { ServerClock } from './server-clock.ts'

export interface Minding {
  readonly link: Link
  readonly meter: Meter
  readonly pace: Pace
  readonly clock: ServerClock
  readonly alarm: Alarm
  /** So long a pace is kept before it is judged. */
  readonly settleMs: Milliseconds
  /** What watching may cost at the moment. */
  readonly budget: () => Ratio
  readonly isOver: () => boolean
  /** The time between two looks of a collector, at the moment. */
  readonly periodOf: (collector: string) => Milliseconds
  readonly onPace: (change: PaceChange, cost: CoreShare) => void
  /** Others can be seen now, or no longer. */
  readonly onPrivileges: () => void
}

const everyMs = 1_000
/** Connecting and planning is no part of what watching costs. */
const warmUpMs = 2_000
const greetEveryMs = 5_000
const clockEveryMs = 60_000
/** Where answers' time is all there is to go by, the way there and back has to be known. */
const pingEveryMs = 2_000

/** Meters the observer on one connection and reviews its pace; now and then it asks for clock and privileges anew. */
export async function mind(minding: Minding): Promise<void> {
  const { link, meter, pace, clock, alarm, isOver } = minding
  const { client, greeting } = link
  const processorTime = client.throughPooler
    ? undefined
    : await findProcessorTime(client.backendPid, clock.toWorkbenchMs(greeting.backendStartedAtMs))

  meter.measureBy(processorTime === undefined ? 'answers' : 'schedstat')

  const readClock = every(processorTime === undefined ? pingEveryMs : clockEveryMs, async () => {
    const reading = await link.readClock()
    meter.pinged(reading.tookMs, performance.now())
    clock.read(reading)
  })
  const readPrivileges = every(greetEveryMs, async () => {
    const before = link.greeting.seesOthers
    if ((await link.greet()).seesOthers !== before) minding.onPrivileges()
  })

  function review(atMs: Milliseconds): void {
    const usedMs = processorTime?.()
    if (usedMs !== undefined) meter.processor(usedMs, atMs)
    const cost = meter.coreShare(atMs, minding.settleMs)
    if (cost === undefined) return
    const change = pace.review(costsOf(cost, minding.periodOf), minding.budget(), atMs)
    if (change === undefined) return
    meter.restart(atMs)
    minding.onPace(change, cost)
  }

  await alarm.sleep(warmUpMs)
  meter.restart(performance.now())
  while (!isOver()) {
    const atMs = performance.now()
    await readClock(atMs)
    if (!link.greeting.seesOthers) await readPrivileges(atMs)
    review(performance.now())
    await alarm.sleep(everyMs)
  }
}

/** A look by the minute is spread over its minute, or it would slow down whoever looks at the same time. */
function costsOf({ share, parts, spanMs }: CoreShare, periodOf: Minding['periodOf']): Costs {
  return new Map(
    [...parts].map(([collector, part]) => [
      collector,
      share * part * Math.min(1, spanMs / periodOf(collector)),
    ]),
  )
}

/** Does something at most so often. That a question fails is no reason to stop asking. */
function every(periodMs: Milliseconds, work: () => Promise<void>): (atMs: Milliseconds) => Promise<void> {
  let lastMs = Number.NEGATIVE_INFINITY
  return async (atMs) => {
    if (atMs - lastMs < periodMs) return
    lastMs = atMs
    await work().catch(() => {})
  }
}
