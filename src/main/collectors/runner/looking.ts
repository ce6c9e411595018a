import type { Milliseconds } from '#shared/units/index.ts'
import type { Look } from '../collector.ts'
import type { Alarm } from './alarm.ts'
import { nextLook } from './grid.ts'

export interface Looking {
  readonly look: Look
  readonly phaseMs: Milliseconds
  /** May change at any time; ring the alarm then. */
  readonly periodMs: () => Milliseconds
  readonly alarm: Alarm
  /** No further look. */
  readonly isOver: () => boolean
  readonly onMissed: (looks: number) => void
  /** Why looks fail; `undefined` = the last one did not. */
  readonly onOutcome: (failure: unknown) => void
}

/** Who fails is asked half as often each time: errors fill a server's log. */
const mostPatience = 64
/** Who looks by the minute comes back sooner than that after one failure: on a busy server it may just have been slow. */
const soonMs: Milliseconds = 10_000

/** Looks on a fixed grid until it is over. A look that takes longer than a period costs the ones it ran into. */
export async function keepLooking(looking: Looking): Promise<void> {
  const { alarm, isOver } = looking
  let lastMs: Milliseconds | undefined
  let patience = 1
  while (!isOver()) {
    const paceMs = looking.periodMs()
    const periodMs = patience === 1 ? paceMs : Math.min(paceMs, soonMs) * patience
    const { dueMs, missed } = nextLook({ phaseMs: looking.phaseMs, periodMs }, lastMs, performance.now())
    if (missed > 0) {
      looking.onMissed(missed)
      // What was missed is counted once, however often the sleep is broken.
      lastMs = dueMs - periodMs
    }
    await alarm.sleep(dueMs - performance.now())
    if (isOver()) return
    // The alarm rang, for another pace: the grid is another.
    if (performance.now() < dueMs - 1) continue
    lastMs = dueMs
    try {
      await looking.look()
      patience = 1
      looking.onOutcome(undefined)
    } catch (error) {
      if (isOver()) return
      patience = Math.min(mostPatience, patience * 2)
      looking.onOutcome(error)
    }
  }
}
