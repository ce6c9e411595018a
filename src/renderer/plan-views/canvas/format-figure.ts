import type { MeasureUnit } from '#shared/plan/index.ts'
import { formatMeasure } from '../format-measure.ts'

/** What a bare number would leave open: one of it, and several. */
const nouns: Partial<Record<MeasureUnit, readonly [string, string]>> = {
  cost: ['cost', 'cost'],
  rows: ['row', 'rows'],
  blocks: ['block', 'blocks'],
}

/** A figure with its unit in words, since no heading stands over a card. */
export function formatFigure(unit: MeasureUnit, figure: number): string {
  const noun = nouns[unit]?.[figure === 1 ? 0 : 1]
  const said = formatMeasure(unit, figure)
  return noun === undefined ? said : `${said} ${noun}`
}
