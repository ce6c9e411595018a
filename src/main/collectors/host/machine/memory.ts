import { growthOf, parseMemory, parseSwap, type SwapReading } from '#shared/host/index.ts'
import type { MetricSample } from '#shared/series/index.ts'
import { fromFile, type Part, sinceLast } from '../part.ts'

export const memory: Part = fromFile('/proc/meminfo', (text) => {
  const reading = text === undefined ? undefined : parseMemory(text)
  if (reading === undefined) return []
  const part = (name: string, value: number): MetricSample => ({
    metric: 'host.memory-bytes',
    labels: [name],
    value,
  })
  return [
    part('total', reading.totalBytes),
    part('available', reading.availableBytes),
    part('free', reading.freeBytes),
    part('cached', reading.cachedBytes),
    part('shared', reading.sharedBytes),
    part('dirty', reading.dirtyBytes),
    part('huge pages', reading.hugePagesBytes),
    part('swap', reading.swapTotalBytes),
    part('swap used', reading.swapUsedBytes),
  ]
})

/** Pages of swap are of the machine's base page; 4 KiB on all but a few ARM and POWER systems. */
const pageBytes = 4_096

export function createSwap(): Part {
  const grown = sinceLast<SwapReading, MetricSample>((before, now) => [
    {
      metric: 'host.swapped-bytes',
      labels: ['in'],
      value: growthOf(before.pagesIn, now.pagesIn) * pageBytes,
    },
    {
      metric: 'host.swapped-bytes',
      labels: ['out'],
      value: growthOf(before.pagesOut, now.pagesOut) * pageBytes,
    },
  ])
  return fromFile('/proc/vmstat', (text) => grown(text === undefined ? undefined : parseSwap(text)))
}
