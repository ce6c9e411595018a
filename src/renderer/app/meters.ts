import type { Definition } from '#renderer/kit/index.ts'
import type { ObserverMeter, WorkbenchState } from '#shared/contract/index.ts'
import { formatBytes, formatCount, formatDuration, formatPercent } from '#shared/units/index.ts'

/** `50 Hz · lag 6 ms · observer 0.3 % of a core · 0 skipped`; between runs the figures are those of the last one. */
export function observerLine(meter: ObserverMeter): string {
  const isIdle = meter.hz === 0
  if (isIdle && meter.lagMs === undefined) return 'not observing'
  return [
    isIdle ? 'last run' : `${formatCount(meter.hz)} Hz`,
    meter.lagMs === undefined ? '' : `lag ${formatDuration(meter.lagMs)}`,
    meter.serverShare === undefined ? '' : `observer ${formatPercent(meter.serverShare)} of a core`,
    `${formatCount(meter.skippedTicks)} skipped`,
  ]
    .filter((part) => part !== '')
    .join(' · ')
}

export function observerFacts(meter: ObserverMeter): readonly Definition[] {
  const unknown = 'not measured yet'
  return [
    { term: 'samples a second', value: meter.hz === 0 ? 'none now' : `${formatCount(meter.hz)} Hz` },
    {
      term: 'answer time, p95 of the last ticks',
      value: meter.lagMs === undefined ? unknown : formatDuration(meter.lagMs),
    },
    {
      term: 'time on the server, of one core',
      value: meter.serverShare === undefined ? unknown : formatPercent(meter.serverShare),
    },
    { term: 'ticks skipped because the last was late', value: formatCount(meter.skippedTicks) },
    { term: 'source', value: 'pg_stat_activity, pg_locks', tone: 'quiet' },
  ]
}

/** `workbench 142 MiB` */
export function memoryWords({ residentBytes }: WorkbenchState['memory']): string {
  return `workbench ${formatBytes(residentBytes)}`
}

/** `loop 3 ms` */
export function loopWords({ eventLoopDelayMs }: WorkbenchState['memory']): string {
  return `loop ${formatDuration(eventLoopDelayMs)}`
}

export function workbenchFacts(memory: WorkbenchState['memory']): readonly Definition[] {
  return [
    {
      term: 'resident memory of its main process',
      value: formatBytes(memory.residentBytes),
      title: `${formatCount(memory.residentBytes)} B`,
    },
    { term: 'event-loop delay, p99 of two seconds', value: formatDuration(memory.eventLoopDelayMs) },
    { term: 'source', value: 'process.memoryUsage, monitorEventLoopDelay', tone: 'quiet' },
  ]
}
