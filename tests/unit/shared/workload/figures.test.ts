import { array, assert, double, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addFigures, deviationMs, meanExecutionMs, type StatementFigures } from '#shared/workload/index.ts'
import { sampleFigures } from '#tests/support/sample-statements.ts'

const figuresOf = (times: readonly number[]): StatementFigures =>
  sampleFigures({
    calls: times.length,
    executionMs: times.reduce((sum, ms) => sum + ms, 0),
    executionSquares: times.reduce((sum, ms) => sum + ms * ms, 0),
    sharedHitBlocks: 1,
  })

describe('a statement’s mean and deviation', () => {
  it('are those of its calls', () => {
    const figures = figuresOf([1, 3, 5, 7])
    expect(meanExecutionMs(figures)).toBe(4)
    expect(deviationMs(figures)).toBeCloseTo(Math.sqrt(5), 12)
  })

  it('are absent where there is nothing to tell them from', () => {
    expect(meanExecutionMs(figuresOf([]))).toBeUndefined()
    expect(deviationMs(figuresOf([3]))).toBeUndefined()
  })

  it('can be told of any split of the calls, from sums alone', () => {
    const times = array(double({ min: 0.01, max: 1_000, noNaN: true }), { minLength: 2, maxLength: 20 })
    assert(
      property(times, times, (first, second) => {
        const sum = addFigures([figuresOf(first), figuresOf(second)])
        const together = figuresOf([...first, ...second])
        expect(sum && deviationMs(sum)).toBeCloseTo(deviationMs(together) ?? Number.NaN, 6)
      }),
    )
  })
})

describe('a sum of figures', () => {
  it('keeps absent what nobody has', () => {
    const sum = addFigures([figuresOf([1]), { ...figuresOf([2]), jitMs: 4 }])
    expect(sum).toMatchObject({ calls: 2, executionMs: 3, sharedHitBlocks: 2, jitMs: 4 })
    expect(sum).not.toHaveProperty('plans')
    expect(addFigures([])).toBeUndefined()
  })
})
