import { describe, expect, it } from 'vitest'
import { createSilenceWatch, type SilenceLook } from '#renderer/state/silence.ts'

interface Step {
  readonly atMs: number
  /** Answers so far. */
  readonly answers: number
  readonly toldAtMs?: number
  /** The newest look at the server. */
  readonly newestMs?: number
  readonly periodMs?: number | undefined
}

function watch(steps: readonly Step[]): readonly string[] {
  const { look } = createSilenceWatch()
  return steps.map(({ atMs, answers, newestMs, toldAtMs, ...rest }) => {
    const periodMs = 'periodMs' in rest ? rest.periodMs : 100
    const seen: SilenceLook = { nowMs: atMs, answers, answeredAtMs: 1_000, toldAtMs, newestMs, periodMs }
    const silence = look(seen)
    return silence === undefined ? '' : `${silence.of} since ${silence.sinceMs}`
  })
}

/** Looks every half second. */
const every = (count: number, step: (atMs: number, index: number) => Omit<Step, 'atMs'>): readonly Step[] =>
  Array.from({ length: count }, (_, index) => ({ atMs: index * 500, ...step(index * 500, index) }))

describe('silence', () => {
  it('of a server is told within three seconds, with when it was seen last', () => {
    const told = watch(every(7, (atMs, answers) => ({ answers, toldAtMs: atMs, newestMs: 100 })))
    expect(told).toEqual(['', '', '', '', '', '', 'server since 100'])
  })

  it('of the workbench is told first: nobody knows then what the server does', () => {
    const told = watch(every(9, () => ({ answers: 5, toldAtMs: 700, newestMs: 700 })))
    expect(told.filter((words) => words !== '')).toEqual(Array(4).fill('workbench since 1000'))
  })

  it('ends with the first news', () => {
    const steps = every(8, (atMs, answers) => ({
      answers,
      toldAtMs: atMs,
      newestMs: answers < 7 ? 100 : 3_400,
    }))
    expect(watch(steps).slice(-2)).toEqual(['server since 100', ''])
  })

  it('is none where this window was held up itself, asked late, or expects nothing', () => {
    const late: readonly Step[] = [0, 4_000, 8_000].map((atMs) => ({ atMs, answers: 1, newestMs: 700 }))
    expect(watch(late)).toEqual(['', '', ''])
    // Other answers came; what was recorded has not been asked for since.
    expect(watch(every(12, (_, answers) => ({ answers, toldAtMs: 0, newestMs: 0 }))).join('')).toBe('')
    const idle = every(12, (atMs, answers) => ({ answers, toldAtMs: atMs, periodMs: undefined }))
    expect(watch(idle).join('')).toBe('')
  })

  it('of a server that is looked at once a second, or whose recording begins, takes its time', () => {
    const slow = every(9, (atMs, answers) => ({ answers, toldAtMs: atMs, newestMs: 0, periodMs: 1_000 }))
    expect(watch(slow).findIndex((words) => words !== '')).toBe(7)
    const begun = every(9, (atMs, answers) => ({ answers, toldAtMs: 60_000 + atMs, newestMs: 0 }))
    expect(watch(begun).findIndex((words) => words !== '')).toBe(5)
  })
})
