import type { MeasureUnit } from '#shared/plan/index.ts'
import {
  formatBytes,
  formatCount,
  formatCountShort,
  formatDuration,
  formatFactor,
} from '#shared/units/index.ts'

/** A figure with its unit, as short as it stands on a card. */
export function formatFigure(unit: MeasureUnit, figure: number): string {
  switch (unit) {
    case 'ms':
      return formatDuration(figure)
    case 'cost':
      return `${formatCountShort(figure)} cost`
    case 'rows':
      return `${formatCountShort(figure)} ${figure === 1 ? 'row' : 'rows'}`
    case 'factor':
      return formatFactor(figure)
    case 'blocks':
      return `${formatCountShort(figure)} ${figure === 1 ? 'block' : 'blocks'}`
    case 'bytes':
      return formatBytes(figure)
  }
}

/** The exact value, for whoever hovers. */
export function formatExactFigure(unit: MeasureUnit, figure: number): string {
  switch (unit) {
    case 'ms':
      return `${formatCount(Math.round(figure * 1e6) / 1e6)} ms`
    case 'cost':
      return formatCount(figure)
    case 'rows':
      return `${formatCount(figure)} rows`
    case 'factor':
      return `${formatCount(figure)}×`
    case 'blocks':
      return `${formatCount(figure)} blocks`
    case 'bytes':
      return `${formatCount(figure)} B`
  }
}
