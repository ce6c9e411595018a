import type { Milliseconds } from '#shared/units/index.ts'
import type { Collector } from '../collector.ts'

/** By then activity has been answered, unless the server is slow or far away. */
const shortlyMs = 10
/** The first tick is all there is to show: nothing goes before its second question. */
const oneTickMs = 100
/** Enough for an order: the next one waits for the answer anyway. */
const nextMs = 0.5

/**
 * How long after the connection a collector looks first: shortly after a tick of activity, one collector right after
 * the other. A process that has just answered is still awake and finds its memory in the processor's caches, so that
 * the next answer costs it half of what it would cost alone; by the next tick all have been answered.
 */
export function staggerMs({ isUrgent, followsActivity }: Collector, index: number): Milliseconds {
  if (isUrgent) return 0
  return followsActivity ? shortlyMs : oneTickMs + shortlyMs + (index + 1) * nextMs
}
