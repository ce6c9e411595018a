import { describe, expect, it } from 'vitest'
import { createPace, defaultRules } from '#main/collectors/runner/pace.ts'
import { describePace } from '#main/collectors/runner/pace-words.ts'

/** Reviews once a second with what watching costs at full pace; answers slowdown by second where it changed. */
function follow(
  pace: ReturnType<typeof createPace>,
  seconds: number,
  costAtFullPace: (second: number) => number,
  fromSecond = 0,
): string {
  const changes: string[] = []
  let lastChange = fromSecond
  for (let second = fromSecond; second < fromSecond + seconds; second += 1) {
    if (second - lastChange < defaultRules.settleMs / 1_000) continue
    const share = costAtFullPace(second) / pace.slowdown
    if (!pace.review({ share, pacedPart: 1, atMs: second * 1_000 })) continue
    lastChange = second
    changes.push(`${second}: ${pace.slowdown}`)
  }
  return changes.join(', ')
}

describe('the pace', () => {
  it('stays while watching is within its budget', () => {
    expect(follow(createPace(defaultRules), 600, () => 0.0099)).toBe('')
  })

  it('halves until watching is within its budget', () => {
    expect(follow(createPace(defaultRules), 600, () => 0.05)).toBe('5: 2, 10: 4, 15: 8')
  })

  it('goes back once that is cheap', () => {
    expect(follow(createPace(defaultRules), 600, (second) => (second < 20 ? 0.03 : 0.002))).toBe(
      '5: 2, 10: 4, 35: 2, 55: 1',
    )
  })

  it('does not swing around a cost that is near the budget', () => {
    expect(follow(createPace(defaultRules), 3_600, () => 0.012)).toBe('5: 2')
  })

  it('waits longer and longer where going back was a mistake', () => {
    const pace = createPace(defaultRules)
    // Cheap only while it is slow: the estimate is wrong each time.
    const seconds = follow(pace, 1_000, () => (pace.slowdown === 1 ? 0.02 : 0.002))
      .split(', ')
      .filter((change) => change.endsWith(': 1'))
      .map((change) => Number(change.split(':')[0]))
    const waits = seconds.slice(1).map((second, index) => second - (seconds[index] ?? 0))
    expect(waits).toEqual(waits.toSorted((a, b) => a - b))
    expect(waits.at(-1)).toBeGreaterThan(200)
  })

  it('has an end', () => {
    const pace = createPace(defaultRules)
    follow(pace, 600, () => 100)
    expect(pace.slowdown).toBe(defaultRules.mostSlowdown)
  })

  it('is told in words', () => {
    const budget = 0.01
    expect(describePace({ hz: 10, slowdownBefore: 1, slowdown: 2, share: 0.0142, budget })).toEqual({
      label: '10 → 5 Hz: watching took 1.4 % of a core, more than 1 %',
      slowedBecause: 'At 10 Hz watching took 1.4 % of a core, more than 1 %.',
    })
    expect(describePace({ hz: 10, slowdownBefore: 4, slowdown: 2, share: 0.001, budget })).toEqual({
      label: '2.5 → 5 Hz: watching is cheap again, 0.1 % of a core',
      slowedBecause: 'It goes back to 10 Hz step by step.',
    })
    expect(describePace({ hz: 10, slowdownBefore: 2, slowdown: 1, share: 0.001, budget }).slowedBecause).toBe(
      undefined,
    )
  })
})
