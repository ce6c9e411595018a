import { describe, expect, it } from 'vitest'
import { budgetFor, createPace, defaultRules, type Pace } from '#main/collectors/runner/pace.ts'
import { describePace } from '#main/collectors/runner/pace-words.ts'

/** Reviews once a second with what each collector costs at full pace; tells each change with its second. */
function follow(
  pace: Pace,
  seconds: number,
  costsAtFullPace: (second: number) => Readonly<Record<string, number>>,
): readonly string[] {
  const changes: string[] = []
  let lastChange = 0
  for (let second = 0; second < seconds; second += 1) {
    if (second - lastChange < defaultRules.settleMs / 1_000) continue
    const costs = Object.entries(costsAtFullPace(second)).map(
      ([collector, cost]) => [collector, cost / pace.slowdownOf(collector)] as const,
    )
    const change = pace.review(new Map(costs), defaultRules.budget, second * 1_000)
    if (change === undefined) continue
    lastChange = second
    changes.push(`${second} s: ${change.collector} /${change.now}`)
  }
  return changes
}

describe('the pace', () => {
  it('stays while watching is within its budget', () => {
    expect(follow(createPace(defaultRules), 600, () => ({ activity: 0.006, io: 0.003_9 }))).toEqual([])
  })

  it('halves until watching is within its budget, at once while it is far above', () => {
    expect(follow(createPace(defaultRules), 600, () => ({ activity: 0.1, io: 0.001 }))).toEqual([
      '5 s: activity /2',
      '10 s: activity /4',
      '27 s: activity /8',
      '44 s: activity /16',
    ])
  })

  it('does not mind a bad moment, however often it comes', () => {
    const costs = (second: number) => ({ activity: second % 30 < 11 ? 0.02 : 0.008 })
    expect(follow(createPace(defaultRules), 600, costs)).toEqual([])
  })

  it('slows down whoever costs most', () => {
    expect(follow(createPace(defaultRules), 600, () => ({ activity: 0.002, database: 0.02 }))).toEqual([
      '17 s: database /2',
      '34 s: database /4',
    ])
  })

  it('goes back once that is cheap', () => {
    const costs = (second: number) => ({ activity: second < 20 ? 0.07 : 0.002, io: 0.001 })
    expect(follow(createPace(defaultRules), 600, costs)).toEqual([
      '5 s: activity /2',
      '10 s: activity /4',
      '35 s: activity /2',
      '55 s: activity /1',
    ])
  })

  it('does not swing around a cost that is near the budget', () => {
    expect(follow(createPace(defaultRules), 3_600, () => ({ activity: 0.012 }))).toEqual([
      '17 s: activity /2',
    ])
  })

  it('waits longer and longer where going back was a mistake', () => {
    const pace = createPace(defaultRules)
    // Cheap only while it is slow: the estimate is wrong each time.
    const seconds = follow(pace, 1_000, () => ({
      activity: pace.slowdownOf('activity') === 1 ? 0.02 : 0.002,
    }))
      .filter((change) => change.endsWith('/1'))
      .map((change) => Number(change.split(' ')[0]))
    const waits = seconds.slice(1).map((second, index) => second - (seconds[index] ?? 0))
    expect(waits).toEqual(waits.toSorted((a, b) => a - b))
    expect(waits.at(-1)).toBeGreaterThan(200)
  })

  it('does not wait long for each step back once one of them has held', () => {
    const pace = createPace(defaultRules)
    // A machine that is overloaded in waves for ten minutes.
    const changes = follow(pace, 1_200, (second) => ({
      activity: second < 600 && second % 45 < 25 ? 0.6 : 0.002,
    }))
    expect(pace.slowdownOf('activity')).toBe(1)
    const back = Number(changes.at(-1)?.split(' ')[0])
    expect(back).toBeLessThan(600 + 8 * 60)
  })

  it('may cost more where many are at work, up to a limit', () => {
    expect([0, 8, 50, 80, 100, 1_000].map((atWork) => budgetFor(defaultRules, atWork))).toEqual([
      0.01, 0.01, 0.01, 0.016, 0.02, 0.02,
    ])
  })

  it('has an end', () => {
    const pace = createPace(defaultRules)
    follow(pace, 600, () => ({ activity: 100 }))
    expect(pace.slowdownOf('activity')).toBe(defaultRules.mostSlowdown)
  })
})

describe('a change of pace in words', () => {
  const facts = { periodMs: 100, isActivity: true, share: 0.014_2, budget: 0.01 }

  it('tells rates of activity, and what watching took', () => {
    expect(describePace({ collector: 'activity', before: 1, now: 2 }, facts)).toEqual({
      label: '10 → 5 Hz: watching took 1.4 % of a core, more than 1 %',
      because: 'At 10 Hz watching took 1.4 % of a core, more than 1 %.',
    })
    expect(describePace({ collector: 'activity', before: 4, now: 2 }, { ...facts, share: 0.001 })).toEqual({
      label: '2.5 → 5 Hz: watching is cheap again, 0.1 % of a core',
      because: 'Watching is cheap again: it goes back to its pace step by step.',
    })
    expect(describePace({ collector: 'activity', before: 2, now: 1 }, facts).because).toBeUndefined()
  })

  it('tells periods of everything else', () => {
    const others = { ...facts, periodMs: 1_000, isActivity: false }
    expect(describePace({ collector: 'database', before: 1, now: 2 }, others)).toEqual({
      label: 'database every 1 → 2 s: watching took 1.4 % of a core, more than 1 %',
      because: 'With database read every 1 s watching took 1.4 % of a core, more than 1 %.',
    })
  })
})
