import type { MeasureUnit } from '#shared/plan/index.ts'
import {
  formatBytes,
  formatCount,
  formatCountShort,
  formatDuration,
  formatFactor,
} from '#shared/units/index.ts'

const formats: Readonly<Record<MeasureUnit, (figure: number) => string>> = {
  ms: formatDuration,
  cost: formatCountShort,
  rows: (rows) => formatCountShort(Math.round(rows)),
  factor: formatFactor,
  blocks: formatCountShort,
  bytes: formatBytes,
}

const exactFormats: Readonly<Record<MeasureUnit, (figure: number) => string>> = {
  ms: (ms) => `${ms} ms`,
  cost: (cost) => `${formatCount(cost)} in units of seq_page_cost`,
  rows: (rows) => `${formatCount(rows)} rows`,
  factor: (factor) => `${formatCount(factor)}×`,
  blocks: (blocks) => `${formatCount(blocks)} blocks`,
  bytes: (bytes) => `${formatCount(bytes)} bytes`,
}

/** A measure's figure as people read it. */
export function formatMeasure(unit: MeasureUnit, figure: number): string {
  return formats[unit](figure)
}

/** The same without rounding, for whoever hovers it. */
export function formatMeasureExactly(unit: MeasureUnit, figure: number): string {
  return exactFormats[unit](figure)
}
