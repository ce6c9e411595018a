import type { Milliseconds } from '#shared/units/index.ts'
import type { Collector } from '../collector.ts'

/** By then activity has been answered, unless the server is slow or far away. */
const shortlyMs = 20

/**
 * How long after the connection a collector looks first: in the middle between two ticks of activity at its default
 * pace, and those that look once a second at different tenths of it.
 */
export function staggerMs({ isUrgent, followsActivity }: Collector, index: number): Milliseconds {
  if (followsActivity === true) return shortlyMs
  // 3 and 10 have no common divisor: ten neighbours get ten tenths, the next ten a little later.
  return isUrgent ? 0 : ((index * 300) % 1_000) + 50 + ((Math.floor(index / 10) * 20) % 50)
}
