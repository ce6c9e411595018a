import type { ObserverMeter } from '#shared/contract/index.ts'
import type { Hertz, Milliseconds } from '#shared/units/index.ts'

/** Figures over so many of the last ticks. */
const kept = 500

/** What watching costs and how far behind it is, over the last run or the one that runs. */
export function createMeter() {
  let hz: Hertz = 0
  let answers: Milliseconds[] = []
  let serverMs = 0
  let skippedTicks = 0
  let startedAt = 0
  let elapsedMs = 0
  let isRunning = false

  return {
    start(runHz: Hertz, at: Milliseconds) {
      hz = runHz
      answers = []
      serverMs = 0
      skippedTicks = 0
      startedAt = at
      isRunning = true
    },
    tick(answerMs: Milliseconds, tickServerMs: Milliseconds) {
      answers.push(answerMs)
      if (answers.length > 2 * kept) answers = answers.slice(-kept)
      serverMs += tickServerMs
    },
    skip(count: number) {
      skippedTicks += count
    },
    end(at: Milliseconds) {
      elapsedMs = at - startedAt
      isRunning = false
    },
    read(at: Milliseconds): ObserverMeter {
      const wallMs = isRunning ? at - startedAt : elapsedMs
      const sorted = answers.slice(-kept).sort((a, b) => a - b)
      const lagMs = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.95))]
      return {
        hz: isRunning ? hz : 0,
        ...(lagMs === undefined ? {} : { lagMs }),
        ...(wallMs > 0 && answers.length > 0 ? { serverShare: serverMs / wallMs } : {}),
        skippedTicks,
      }
    },
  }
}

export type Meter = ReturnType<typeof createMeter>
