const wrapsAt = 2 ** 32

/**
 * What a counter of the kernel grew by between two readings; never negative.
 *
 * Times of disks are counted in 32 bits even on 64-bit kernels, and all counters of 32-bit kernels are: one that fell
 * from the upper half of that range into the lower has gone over its edge. Any other fall is a device that came anew,
 * and what it shows has come since.
 *
 * @source Documentation/admin-guide/iostats.rst: "they may wrap"
 */
export function growthOf(before: number, now: number): number {
  if (now >= before) return now - before
  const isOverTheEdge = before < wrapsAt && before >= wrapsAt / 2 && now < wrapsAt / 2
  return isOverTheEdge ? now + wrapsAt - before : now
}
