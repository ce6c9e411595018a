import { describe, expect, it } from 'vitest'
import { createTakeOff } from '#main/collectors/database/take-off.ts'

/** Readings a second apart. `handedIn`: of what the workbench had added, what the server counted in that second. */
function play(
  seconds: readonly { readonly own: number; readonly handedIn: number; readonly others: number }[],
) {
  const takeOff = createTakeOff()
  takeOff.begin(0)
  let total = 0
  return seconds.map(({ own, handedIn, others }, second) => {
    total += own
    return takeOff.fromOthers(handedIn + others, total, second * 1_000)
  })
}

const repeat = <Value>(value: Value, count: number): readonly Value[] =>
  Array.from({ length: count }, () => value)
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

describe('what the workbench adds to a counter', () => {
  it('is taken off whenever the server hands it in, so that nothing is left of an idle one', () => {
    const late = [
      { own: 20, handedIn: 8, others: 0 },
      { own: 20, handedIn: 0, others: 0 },
      { own: 20, handedIn: 52, others: 0 },
    ]
    expect(play([...late, ...late, ...late])).toEqual(repeat(0, 9))
  })

  it('is no more than that: over some seconds what others added is told in full, and never below nothing', () => {
    const calm = { own: 20, handedIn: 0, others: 5 }
    const figures = play(repeat([calm, { ...calm, handedIn: 40 }], 50).flat())
    // All but what is owed at the end, and what a connection begins with.
    expect(sum(figures)).toBeGreaterThanOrEqual(500 - 60)
    expect(sum(figures)).toBeLessThanOrEqual(500)
    expect(Math.min(...figures)).toBeGreaterThanOrEqual(0)
    expect(play(repeat({ own: 20, handedIn: 20, others: 1_000 }, 10)).slice(3)).toEqual(repeat(1_000, 7))
  })

  it('is not owed for longer than a session may keep it', () => {
    const uncounted = repeat({ own: 20, handedIn: 0, others: 0 }, 100)
    const figures = play([...uncounted, ...repeat({ own: 20, handedIn: 20, others: 100 }, 10)])
    expect(sum(figures.slice(100))).toBeGreaterThanOrEqual(1_000 - 11 * 20)
  })
})
