import type { WaitSample, WaitShare } from './model.ts'

/**
 * Shares of all samples by wait event, largest first; ties in the order of name. Shares add up to 1.
 *
 * Every process counts: a run with two workers on a processor is all `CPU` while the leader waits for neither.
 *
 * @param limit only so many lines; the rest is left out, so that shares then add up to less
 */
export function summariseWaits(
  samples: readonly Pick<WaitSample, 'waitClass' | 'waitEvent'>[],
  limit = Number.POSITIVE_INFINITY,
): readonly WaitShare[] {
  const counts = new Map<string, { sample: Pick<WaitSample, 'waitClass' | 'waitEvent'>; samples: number }>()
  for (const sample of samples) {
    const key = `${sample.waitClass}\n${sample.waitEvent ?? ''}`
    const line = counts.get(key)
    if (line === undefined) counts.set(key, { sample, samples: 1 })
    else line.samples += 1
  }
  return [...counts]
    .sort(([keyA, a], [keyB, b]) => b.samples - a.samples || (keyA < keyB ? -1 : 1))
    .slice(0, limit)
    .map(([, { sample, samples: count }]) => ({
      waitClass: sample.waitClass,
      ...(sample.waitEvent === undefined ? {} : { waitEvent: sample.waitEvent }),
      samples: count,
      share: count / samples.length,
    }))
}
