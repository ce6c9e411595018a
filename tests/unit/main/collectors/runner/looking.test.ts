import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createAlarm } from '#main/collectors/runner/alarm.ts'
import { keepLooking } from '#main/collectors/runner/looking.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** When looks were taken within so long a time, in seconds since its start; the first few of them fail. */
async function lookFor(forMs: number, periodMs: number, failures: number): Promise<readonly number[]> {
  const startMs = performance.now()
  const taken: number[] = []
  let isOver = false
  const alarm = createAlarm()
  const looking = keepLooking({
    async look() {
      taken.push(Math.round((performance.now() - startMs) / 100) / 10)
      if (taken.length <= failures) throw new Error('too slow')
    },
    phaseMs: startMs,
    periodMs: () => periodMs,
    alarm,
    isOver: () => isOver,
    onMissed: () => {},
    onOutcome: () => {},
  })
  await vi.advanceTimersByTimeAsync(forMs)
  isOver = true
  alarm.ring()
  await looking
  return taken
}

describe('looking', () => {
  it('keeps to its grid', async () => {
    expect(await lookFor(3_500, 1_000, 0)).toEqual([0, 1, 2, 3])
  })

  it('is half as often after each failure', async () => {
    expect(await lookFor(10_000, 1_000, 2)).toEqual([0, 2, 4, 5, 6, 7, 8, 9, 10])
  })

  it('comes back soon to a look by the minute that failed, and less often while it goes on failing', async () => {
    expect(await lookFor(59_000, 60_000, 1)).toEqual([0, 20])
    expect(await lookFor(170_000, 60_000, 99)).toEqual([0, 20, 40, 80, 160])
  })
})
