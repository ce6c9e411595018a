import type { EpochMs, Milliseconds } from '#shared/units/index.ts'
import type { Alarm } from './alarm.ts'
import type { Link } from './link.ts'
import type { CoreShare, Meter } from './meter.ts'
import type { Pace } from './pace.ts'
import { findProcessorTime } from './processor-time.ts'
import type { ServerClock } from './server-clock.ts'

export interface Minding {
  readonly link: Link
  readonly meter: Meter
  readonly pace: Pace
  readonly clock: ServerClock
  readonly alarm: Alarm
  readonly now: () => EpochMs
  readonly settleMs: Milliseconds
  /** Whose looks become rarer as the pace slows down. */
  readonly paced: string
  readonly isOver: () => boolean
  readonly onPace: (share: CoreShare, before: number) => void
}

const everyMs = 1_000
/** Connecting and planning is no part of what watching costs. */
const warmUpMs = 2_000
/** Where answers' time is all there is to go by, the way there and back has to be known. */
const pingEveryMs = 5_000
const clockEveryMs = 60_000

/** Meters the observer on one connection, and reviews its pace by it; reads the server's clock now and then. */
export async function mind(minding: Minding): Promise<void> {
  const { link, meter, pace, clock, alarm, now, isOver } = minding
  const { client, greeting } = link
  const processorTime = client.throughPooler
    ? undefined
    : await findProcessorTime(client.backendPid, clock.toWorkbenchMs(greeting.backendStartedAtMs), now)
  const clockPeriodMs = processorTime === undefined ? pingEveryMs : clockEveryMs
  let clockReadMs = Number.NEGATIVE_INFINITY
  await alarm.sleep(warmUpMs)
  meter.restart(performance.now())

  while (!isOver()) {
    const atMs = performance.now()
    if (atMs - clockReadMs >= clockPeriodMs) {
      clockReadMs = atMs
      const reading = await link.readClock()
      meter.pinged(reading.tookMs)
      clock.read(reading)
    }
    const usedMs = processorTime?.()
    if (usedMs !== undefined) meter.processor(usedMs, atMs)
    const cost = meter.coreShare(atMs, minding.settleMs)
    if (cost !== undefined) {
      const before = pace.slowdown
      if (pace.review({ share: cost.share, pacedPart: cost.partOf(minding.paced), atMs })) {
        meter.restart(atMs)
        minding.onPace(cost, before)
      }
    }
    await alarm.sleep(everyMs)
  }
}
