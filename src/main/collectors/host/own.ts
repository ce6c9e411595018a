import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { MetricSample } from '#shared/series/index.ts'
import type { Part } from './part.ts'

/** Spacing of the probe that measures how late the event loop is. */
const tickMs = 20

/** What the workbench itself takes of the machine it runs on: its cost is part of the picture. */
export function createOwn(): Part {
  const eventLoop = monitorEventLoopDelay({ resolution: tickMs })
  eventLoop.enable()
  let before = process.cpuUsage()

  return {
    paths: () => [],
    take(): readonly MetricSample[] {
      const spent = process.cpuUsage(before)
      before = process.cpuUsage()
      // Nanoseconds between the probe's ticks; what is beyond their spacing is delay.
      const delayMs = Math.max(0, eventLoop.percentile(99) / 1e6 - tickMs)
      eventLoop.reset()
      return [
        { metric: 'workbench.cpu-ms', value: (spent.user + spent.system) / 1_000 },
        { metric: 'workbench.resident-bytes', value: process.memoryUsage.rss() },
        { metric: 'workbench.event-loop-delay-ms', value: delayMs },
      ]
    },
  }
}
