import { assert, double, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  formatBytes,
  formatCount,
  formatCountShort,
  formatDuration,
  formatFactor,
  formatFigure,
  formatFigureAligned,
  formatPercent,
  formatPercentAligned,
} from '#shared/units/index.ts'

describe('a duration', () => {
  it.each([
    [0, '0 ms'],
    [0.0123, '12.3 µs'],
    [0.812, '812 µs'],
    [0.9996, '1.00 ms'],
    [1.24, '1.24 ms'],
    [999.4, '999 ms'],
    [999.6, '1.00 s'],
    [1_240, '1.24 s'],
    [59_940, '59.9 s'],
    [59_999, '1 min'],
    [7_200_000, '2 h'],
    [190_000, '3 min 10 s'],
    [7_500_000, '2 h 5 min'],
    [-5, '−5 ms'],
    [Number.NaN, '–'],
  ])('of %s ms reads %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text)
  })

  it('never carries more than three significant digits below a minute', () => {
    assert(
      property(double({ min: 1e-6, max: 59_000, noNaN: true }), (ms) => {
        const digits = formatDuration(ms)
          .replace(/[^\d.]/g, '')
          .replace('.', '')
          .replace(/^0+/, '')
        expect(digits.length).toBeLessThanOrEqual(3)
      }),
    )
  })
})

describe('a size', () => {
  it.each([
    [0, '0 B'],
    [812, '812 B'],
    [1_023, '1,023 B'],
    [4_404_019, '4.20 MiB'],
    [1_536, '1.5 KiB'],
    [3 * 1_024 ** 4, '3 TiB'],
    [-2_048, '−2 KiB'],
  ])('of %s bytes reads %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text)
  })
})

describe('counts, shares and factors', () => {
  it('groups thousands and keeps two decimals of a mean', () => {
    expect(formatCount(1_981_598)).toBe('1,981,598')
    expect(formatCount(0.333)).toBe('0.33')
  })

  it('shortens large counts by SI steps', () => {
    expect(formatCountShort(9_999)).toBe('9,999')
    expect(formatCountShort(12_345)).toBe('12.3 k')
    expect(formatCountShort(1_500_000)).toBe('1.5 M')
  })

  it('writes a ratio as a percentage and says when it is tiny', () => {
    expect(formatPercent(0.3842)).toBe('38.4 %')
    expect(formatPercent(1)).toBe('100 %')
    expect(formatPercent(0.9996)).toBe('100 %')
    expect(formatPercent(0.0004)).toBe('< 0.1 %')
    expect(formatPercent(0)).toBe('0 %')
  })

  it('writes how many times', () => {
    expect(formatFactor(11.52)).toBe('11.5×')
    expect(formatFactor(Number.POSITIVE_INFINITY)).toBe('∞×')
  })
})

describe('averages and rates', () => {
  it('have three digits, and steps where they are large', () => {
    expect([0, 0.004, 0.345, 3.412, 402.4, 1_843, 2_500_000].map(formatFigure)).toEqual([
      '0',
      '< 0.01',
      '0.35',
      '3.41',
      '402',
      '1.84 k',
      '2.5 M',
    ])
  })
})

describe('figures of a column', () => {
  it('keep their decimals, so that points stand below each other', () => {
    expect([0, 0.004, 0.3, 4, 12.345, 402.4, 1_843].map(formatFigureAligned)).toEqual([
      '0.00',
      '< 0.01',
      '0.30',
      '4.00',
      '12.35',
      '402',
      '1.84 k',
    ])
    expect([0, 0.0004, 0.04, 0.3842, 0.9996, 1].map(formatPercentAligned)).toEqual([
      '0.0 %',
      '< 0.1 %',
      '4.0 %',
      '38.4 %',
      '100.0 %',
      '100.0 %',
    ])
  })
})
