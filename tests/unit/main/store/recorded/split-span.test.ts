import { describe, expect, it } from 'vitest'
import { splitSpan } from '#main/store/recorded/ask/split-span.ts'

const minute = 60_000

describe('a span of time', () => {
  it('is read from whole minutes, and from samples at its ends', () => {
    expect(splitSpan({ fromMs: 30_000, toMs: 20.5 * minute }, minute, 100 * minute)).toEqual({
      minutes: { fromMs: minute, toMs: 20 * minute },
      samples: [
        { fromMs: 30_000, toMs: minute },
        { fromMs: 20 * minute, toMs: 20.5 * minute },
      ],
    })
  })

  it('is read from minutes alone where it is made of them', () => {
    expect(splitSpan({ fromMs: 0, toMs: 20 * minute }, 5 * minute, 100 * minute)).toEqual({
      minutes: { fromMs: 0, toMs: 20 * minute },
      samples: [],
    })
  })

  it('is read from samples where minutes are not summed yet', () => {
    expect(splitSpan({ fromMs: 0, toMs: 20 * minute }, minute, 15 * minute)).toEqual({
      minutes: { fromMs: 0, toMs: 15 * minute },
      samples: [{ fromMs: 15 * minute, toMs: 20 * minute }],
    })
  })

  it.each([
    ['finer than a minute', { fromMs: 0, toMs: 100 * minute }, 30_000, 1_000 * minute],
    ['of a few minutes', { fromMs: 0, toMs: 9 * minute }, minute, 1_000 * minute],
    ['of which nothing is summed', { fromMs: 0, toMs: 100 * minute }, minute, 0],
  ])('is read from samples where it is %s', (_what, span, stepMs, untilMs) => {
    expect(splitSpan(span, stepMs, untilMs)).toEqual({ samples: [span] })
  })
})
