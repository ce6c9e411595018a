import type { EpochMs } from '#shared/units/index.ts'

/** Index of the moment nearest to `wantedMs`; -1 where there is none. */
export function nearestIndex(atMs: readonly EpochMs[], wantedMs: EpochMs): number {
  let low = 0
  let high = atMs.length - 1
  if (high < 0) return -1
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((atMs[middle] ?? 0) <= wantedMs) low = middle
    else high = middle
  }
  return wantedMs - (atMs[low] ?? 0) <= (atMs[high] ?? 0) - wantedMs ? low : high
}
