import { array, assert, integer, property, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { composeLoad, type LoadPoints, othersKey } from '#renderer/session-charts/compose-load.ts'
import { chooseLayers, colourLayers } from '#renderer/session-charts/layers.ts'
import { createLoadFold } from '#renderer/session-charts/load-fold.ts'
import type { LiveTick, LoadSeries } from '#shared/contract/index.ts'

const stepMs = 1_000

/** Ticks ten times a second with the sessions of each second: `[cpu, lock]`. */
function ticksOf(seconds: readonly (readonly [number, number])[], fromMs = 0): readonly LiveTick[] {
  return seconds.flatMap(([cpu, lock], second) =>
    Array.from({ length: 10 }, (_, index) => ({
      atMs: fromMs + second * 1_000 + index * 100,
      periodMs: 100,
      byClass: [
        ['CPU', cpu],
        ['Lock', lock],
      ] as const,
    })),
  )
}

function seriesOf(
  fromMs: number,
  cpu: readonly (number | null)[],
  lock: readonly (number | null)[],
): LoadSeries {
  return {
    buckets: { fromMs, stepMs, count: cpu.length },
    keys: [
      { key: 'CPU', label: 'CPU', values: cpu },
      { key: 'Lock', label: 'Lock', values: lock },
    ],
  }
}

/** The slices of the range, without the one on each side. */
const inside = (lines: readonly string[]) => lines.slice(1, -1)

const points = (): LoadPoints => ({ atMs: [], values: [] })
const layers = ['CPU', 'Lock']

/** Seconds of a composition with their values, one line each: `3 s  CPU 1  Lock 2`. */
function dump({ atMs, values }: LoadPoints): readonly string[] {
  return atMs.map((moment, at) =>
    [
      `${Math.floor(moment / 1_000)} s`,
      ...layers.map((name, layer) => `${name} ${values[layer]?.[at] ?? '–'}`),
    ].join('  '),
  )
}

describe('load from the session and from live ticks', () => {
  it('takes what was answered up to the moment of asking, and ticks from there on', () => {
    const fold = createLoadFold(stepMs, 'waitClass')
    fold.take(
      ticksOf(
        [
          [9, 9],
          [1, 0],
          [2, 1],
          [3, 1],
        ],
        10_000,
      ),
    )
    const into = points()
    const base = { series: seriesOf(9_000, [5, 6, 7, 8], [0, 0, 0, 0]), completeUntilMs: 12_300 }
    composeLoad(into, stepMs, { fromMs: 10_000, toMs: 13_999 }, layers, base, fold)
    expect(inside(dump(into))).toEqual([
      '10 s  CPU 6  Lock 0',
      '11 s  CPU 7  Lock 0',
      '12 s  CPU 2  Lock 1',
      '13 s  CPU 3  Lock 1',
    ])
  })

  it('leaves a second to the answer that was heard of only in part', () => {
    const fold = createLoadFold(stepMs, 'waitClass')
    fold.take(
      ticksOf([
        [4, 0],
        [4, 0],
      ]).slice(7),
    )
    const into = points()
    const base = { series: seriesOf(0, [1, 1], [0, 0]), completeUntilMs: 0 }
    composeLoad(into, stepMs, { fromMs: 0, toMs: 1_999 }, layers, base, fold)
    expect(inside(dump(into))).toEqual(['0 s  CPU 1  Lock 0', '1 s  CPU 4  Lock 0'])
  })

  it('shows a gap as a gap, and an idle server as zero', () => {
    const fold = createLoadFold(stepMs, 'waitClass')
    fold.take([
      ...ticksOf([
        [0, 0],
        [0, 0],
      ]),
      ...ticksOf([[2, 0]], 4_000),
    ])
    const into = points()
    composeLoad(into, stepMs, { fromMs: 1_000, toMs: 4_999 }, layers, undefined, fold)
    expect(inside(dump(into))).toEqual([
      '1 s  CPU 0  Lock 0',
      '2 s  CPU –  Lock –',
      '3 s  CPU –  Lock –',
      '4 s  CPU 2  Lock 0',
    ])
  })

  it('puts what has no layer of its own into the rest', () => {
    const fold = createLoadFold(stepMs, 'waitClass')
    fold.take(
      ticksOf([
        [1, 1],
        [1, 2],
      ]),
    )
    const into = points()
    composeLoad(into, stepMs, { fromMs: 1_000, toMs: 1_999 }, ['CPU', othersKey], undefined, fold)
    expect(into.values.map((row) => row[1])).toEqual([1, 2])
  })

  it('is the same whether ticks come one by one or all at once, and counts none twice', () => {
    const second = record({ cpu: integer({ min: 0, max: 20 }), lock: integer({ min: 0, max: 20 }) })
    assert(
      property(
        array(second, { minLength: 2, maxLength: 8 }),
        integer({ min: 1, max: 9 }),
        (seconds, chunk) => {
          const ticks = ticksOf(seconds.map(({ cpu, lock }) => [cpu, lock] as const))
          const whole = createLoadFold(stepMs, 'waitClass')
          whole.take(ticks)
          const parts = createLoadFold(stepMs, 'waitClass')
          for (let end = chunk; end < ticks.length + chunk; end += chunk) parts.take(ticks.slice(0, end))
          const range = { fromMs: 0, toMs: seconds.length * 1_000 }
          const [a, b] = [points(), points()]
          composeLoad(a, stepMs, range, layers, undefined, whole)
          composeLoad(b, stepMs, range, layers, undefined, parts)
          expect(b).toEqual(a)
          seconds.slice(1).forEach(({ cpu }, at) => expect(a.values[0]?.[at + 2]).toBeCloseTo(cpu))
        },
      ),
    )
  })
})

describe('layers of the load chart', () => {
  const series = (...keys: readonly string[]): LoadSeries => ({
    buckets: { fromMs: 0, stepMs, count: 0 },
    keys: keys.map((key) => ({ key, label: key, values: [] })),
  })

  it('keep their places while they are among the largest', () => {
    const before = chooseLayers('user', series('ann', 'bob', 'eve'), [])
    expect(before).toEqual(['ann', 'bob', 'eve', othersKey])
    expect(chooseLayers('user', series('eve', 'dan', 'ann'), before)).toEqual([
      'ann',
      'dan',
      'eve',
      othersKey,
    ])
  })

  it('give events of one class shades of its colour', () => {
    expect(colourLayers('waitEvent', ['IO:DataFileRead', 'CPU', 'IO:WalSync', othersKey])).toEqual([
      '--wait-io/0',
      '--wait-cpu/0',
      '--wait-io/1',
      '--ink-3',
    ])
  })
})
