import { array, assert, constant, float, integer, oneof, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bridgeShortGaps } from '#renderer/charts/bridge-gaps.ts'
import type { ChartMark } from '#renderer/charts/model.ts'
import { nearestIndex } from '#renderer/charts/nearest.ts'
import { type PlotValue, stackInto, totalAt } from '#renderer/charts/stack.ts'

const stack = (layers: readonly (readonly (number | null)[])[]) => {
  const into: PlotValue[][] = layers.map(() => [])
  stackInto(into, layers, layers[0]?.length ?? 0)
  return into
}

describe('a stack', () => {
  it('adds layers up from the bottom', () => {
    expect(
      stack([
        [1, 2],
        [3, 4],
        [5, 6],
      ]),
    ).toEqual([
      [1, 2],
      [4, 6],
      [9, 12],
    ])
  })

  it('has a gap where no layer was sampled, and none where one was', () => {
    expect(
      stack([
        [1, null, null],
        [null, null, 2],
      ]),
    ).toEqual([
      [1, null, 0],
      [1, null, 2],
    ])
  })

  it('ends with the total, whatever it is made of, and never falls on the way up', () => {
    const layer = array(oneof(constant(null), float({ min: 0, max: 1_000, noNaN: true })), {
      minLength: 5,
      maxLength: 5,
    })
    assert(
      property(array(layer, { minLength: 1, maxLength: 6 }), integer({ min: 0, max: 4 }), (layers, index) => {
        const into = stack(layers)
        const reached = into.map((row) => row[index])
        const total = totalAt(layers, index)
        const sampled = reached.filter((value) => value !== null)
        expect(sampled).toHaveLength(total === null ? 0 : layers.length)
        expect(sampled.at(-1) ?? 0).toBeCloseTo(total ?? 0)
        expect(sampled).toEqual([...sampled].sort((a, b) => (a ?? 0) - (b ?? 0)))
      }),
    )
  })
})

describe('gaps of a line', () => {
  const bridge = (atMs: readonly number[], values: PlotValue[], marks: readonly ChartMark[] = []) => {
    bridgeShortGaps(atMs, values, marks)
    return values
  }
  const every = (ms: number, count: number) => Array.from({ length: count }, (_, index) => index * ms)

  it('are bridged where they are only the pace of sampling', () => {
    const values = [1, null, null, 2, null, null, 3]
    expect(bridge(every(1_000, 7), values)).toEqual([1, undefined, undefined, 2, undefined, undefined, 3])
  })

  it('stay where nobody looked for longer than two and a half periods', () => {
    const values = [1, 2, 3, null, null, null, 7, 8]
    expect(bridge(every(1_000, 8), values)).toEqual([1, 2, 3, null, null, null, 7, 8])
  })

  it('stay where the server was out of sight for half the pace of sampling, or began anew', () => {
    const everySecondSecond = () => [1, null, 2, null, 3]
    const atMs = every(1_000, 5)
    const gap = (fromMs: number, toMs: number): ChartMark => ({
      atMs: fromMs,
      endedAtMs: toMs,
      label: 'nobody looked',
      tone: 'gap',
    })
    expect(bridge(atMs, everySecondSecond(), [gap(300, 900)])).toEqual([1, undefined, 2, undefined, 3])
    expect(bridge(atMs, everySecondSecond(), [gap(300, 1_400)])).toEqual([1, null, 2, undefined, 3])
    const restart: ChartMark = { atMs: 3_100, label: 'restarted', tone: 'bad', isBreak: true }
    expect(bridge(atMs, everySecondSecond(), [restart])).toEqual([1, undefined, 2, null, 3])
    const open: ChartMark = { atMs: 1_500, label: 'still away', tone: 'gap' }
    expect(bridge(atMs, everySecondSecond(), [open])).toEqual([1, null, 2, null, 3])
  })

  it('stay at both ends', () => {
    expect(bridge(every(1_000, 5), [null, 1, 2, 3, null])).toEqual([null, 1, 2, 3, null])
  })
})

describe('the point nearest to a moment', () => {
  it('is found between two, before the first and after the last', () => {
    const atMs = [0, 10, 20]
    expect([-5, 4, 6, 15, 99].map((moment) => nearestIndex(atMs, moment))).toEqual([0, 0, 1, 1, 2])
    expect(nearestIndex([], 5)).toBe(-1)
  })
})
