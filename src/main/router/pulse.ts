import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { WorkbenchState } from '#shared/contract/index.ts'

/** What the workbench itself takes. */
export interface Pulse {
  figures(): WorkbenchState['memory']
  stop(): void
}

/** The figures are refreshed at this pace. */
const pulseMs = 2_000
/** Spacing of the probe that measures how late the event loop is. */
const eventLoopTickMs = 20

/** @param onBeat there are new figures */
export function startPulse(onBeat: () => void): Pulse {
  const eventLoop = monitorEventLoopDelay({ resolution: eventLoopTickMs })
  eventLoop.enable()
  let eventLoopDelayMs = 0
  const timer = setInterval(() => {
    // Nanoseconds between the probe's ticks; what is beyond their spacing is delay.
    eventLoopDelayMs = Math.max(0, eventLoop.percentile(99) / 1e6 - eventLoopTickMs)
    eventLoop.reset()
    onBeat()
  }, pulseMs)
  timer.unref()
  return {
    figures: () => ({ residentBytes: process.memoryUsage.rss(), eventLoopDelayMs }),
    stop() {
      clearInterval(timer)
      eventLoop.disable()
    },
  }
}
