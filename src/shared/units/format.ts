import type { Bytes, Milliseconds, Ratio } from './quantities.ts'

/** Made once: `toLocaleString` makes one for each number, and a plan shows thousands. */
const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 })

/**
 * Three significant digits without exponent: 1234 → "1,234" (integers above 999 stay whole). Zeros at the end are left
 * out where they say nothing, of 1.5; of 1.502 they are what was measured, and keep figures of a column in line.
 */
function threeDigits(value: number): string {
  const size = Math.abs(value)
  if (size >= 100) return grouped.format(Math.round(value))
  const text = value.toPrecision(3)
  const isExact = Math.abs(Number(text) - value) <= size * 1e-9
  return isExact && text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

/**
 * A duration as people read it: `812 µs`, `1.24 s`, `3 min 10 s`, `2 h 5 min`.
 * @param ms milliseconds; negative durations keep their sign
 */
export function formatDuration(ms: Milliseconds): string {
  if (!Number.isFinite(ms)) return '–'
  if (ms < 0) return `−${formatDuration(Math.abs(ms))}`
  if (ms === 0) return '0 ms'
  if (ms < 0.9995) return `${threeDigits(ms * 1_000)} µs`
  if (ms < 999.5) return `${threeDigits(ms)} ms`
  if (ms < 59_950) return `${threeDigits(ms / 1_000)} s`
  const seconds = Math.round(ms / 1_000)
  if (seconds < 3_600) return withRest(Math.floor(seconds / 60), 'min', seconds % 60, 's')
  const minutes = Math.round(ms / 60_000)
  return withRest(Math.floor(minutes / 60), 'h', minutes % 60, 'min')
}

/** `3 min 10 s`, `3 min` */
function withRest(many: number, unit: string, rest: number, restUnit: string): string {
  return rest === 0 ? `${many} ${unit}` : `${many} ${unit} ${rest} ${restUnit}`
}

const byteUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const

/** A size in binary units: `812 B`, `4.2 MiB`. */
export function formatBytes(bytes: Bytes): string {
  if (!Number.isFinite(bytes)) return '–'
  if (bytes < 0) return `−${formatBytes(Math.abs(bytes))}`
  let value: number = bytes
  let unit = 0
  while (value >= 1_023.5 && unit < byteUnits.length - 1) {
    value /= 1_024
    unit += 1
  }
  return `${threeDigits(value)} ${byteUnits[unit]}`
}

/** A count of things, grouped by thousands; fractions (rows per loop since PostgreSQL 18) keep two decimals. */
export function formatCount(count: number): string {
  if (!Number.isFinite(count)) return '–'
  return grouped.format(count)
}

/** A count where space is short, in SI steps: `1.23 M`. */
export function formatCountShort(count: number): string {
  if (!Number.isFinite(count)) return '–'
  const size = Math.abs(count)
  if (size < 9_999.5) return formatCount(Math.round(count * 100) / 100)
  if (size < 999_500) return `${threeDigits(count / 1e3)} k`
  if (size < 999_500_000) return `${threeDigits(count / 1e6)} M`
  if (size < 999_500_000_000) return `${threeDigits(count / 1e9)} G`
  return `${threeDigits(count / 1e12)} T`
}

/** A ratio 0–1 as a percentage with at most three digits: 0.384 → `38.4 %`; tiny shares say `< 0.1 %`. */
export function formatPercent(ratio: Ratio): string {
  if (!Number.isFinite(ratio)) return '–'
  if (ratio > 0 && ratio < 0.001) return '< 0.1 %'
  const percent = ratio * 100
  return `${percent >= 99.95 ? Math.round(percent) : threeDigits(Math.round(percent * 10) / 10)} %`
}

/** As `formatPercent`, for columns: always one decimal, so that the points stand below each other: `4.0 %`, `38.4 %`. */
export function formatPercentAligned(ratio: Ratio): string {
  if (!Number.isFinite(ratio)) return '–'
  return ratio > 0 && ratio < 0.001 ? '< 0.1 %' : `${(ratio * 100).toFixed(1)} %`
}

/** How many times: `11.5×`. */
export function formatFactor(factor: number): string {
  return Number.isFinite(factor) ? `${threeDigits(factor)}×` : '∞×'
}

/** An average or a rate, in three digits and SI steps where it is large: `3.41`, `402`, `1.84 k`; tiny ones say `< 0.01`. */
export function formatFigure(value: number): string {
  if (!Number.isFinite(value)) return '–'
  const size = Math.abs(value)
  if (size === 0) return '0'
  if (size < 0.01) return value > 0 ? '< 0.01' : '> −0.01'
  if (size < 1) return threeDigits(Math.round(value * 100) / 100)
  if (size < 999.5) return threeDigits(value)
  if (size < 999_500) return `${threeDigits(value / 1e3)} k`
  return size < 999_500_000 ? `${threeDigits(value / 1e6)} M` : `${threeDigits(value / 1e9)} G`
}

/** As `formatFigure`, for columns: always two decimals below a hundred, so that the points stand below each other. */
export function formatFigureAligned(value: number): string {
  const size = Math.abs(value)
  return size === 0 || (size >= 0.01 && size < 99.995) ? value.toFixed(2) : formatFigure(value)
}
