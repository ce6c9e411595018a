import { type Measure, type MeasureId, measuresOf, type Plan, wholeOf } from '#shared/plan/index.ts'
import { weigh } from '../grid/shares.ts'
import type { Weight } from './palette.ts'

/** A plan's figures by one measure, by node id; what cards, blocks and their order are drawn from. */
export interface Figures {
  readonly measure: Measure
  /** What shares are told against. */
  readonly whole: number
  /** The node's own part; NaN where the plan does not tell it, 0 for a node that never ran. */
  readonly own: Float64Array
  /** With everything below it. */
  readonly inclusive: Float64Array
  /** How long the bar of the own part is, 0–1. */
  readonly bar: Float32Array
  /** How the figure stands among all the plan's, 0–1: tells apart even what is a trifle of the whole. */
  readonly rank: Float32Array
  readonly weightOf: (nodeId: number) => Weight
}

/** As in the inspector: from these factors on a misestimate does. */
const warmFactor = 4
const hotFactor = 20
/** A ten-thousandth of the largest is nothing to look at; a thousandth is still told from a hundredth. */
const rankedDigits = 4

/** The figures by the chosen measure, or by the first that the plan has. */
export function readFigures(plan: Plan, measureId: MeasureId): Figures | undefined {
  const measures = measuresOf(plan)
  const measure = measures.find(({ id }) => id === measureId) ?? measures[0]
  if (measure === undefined) return undefined
  const count = plan.nodes.length
  const whole = wholeOf(plan, measure)
  const own = new Float64Array(count).fill(Number.NaN)
  const inclusive = new Float64Array(count).fill(Number.NaN)
  const bar = new Float32Array(count)
  const factor = measure.unit === 'factor'
  for (const node of plan.nodes) {
    own[node.id] = node.neverExecuted ? 0 : (measure.exclusive(node) ?? Number.NaN)
    inclusive[node.id] = node.neverExecuted ? 0 : (measure.inclusive(node) ?? Number.NaN)
    bar[node.id] = barLength(own[node.id] ?? 0, whole, factor)
  }
  const largest = own.reduce((most, figure) => (figure > most ? figure : most), 0)
  const rank = Float32Array.from(own, (figure) => (figure > 0 ? rankOf(figure / largest) : 0))
  const weightOf = (nodeId: number): Weight => {
    const figure = own[nodeId] ?? 0
    if (factor) return figure >= hotFactor ? 'hot' : figure >= warmFactor ? 'warm' : 'quiet'
    // Many rows are no trouble in themselves.
    if (measure.unit === 'rows' || whole <= 0) return 'quiet'
    return weigh(figure / whole)
  }
  return { measure, whole, own, inclusive, bar, rank, weightOf }
}

function rankOf(part: number): number {
  return Math.max(0, 1 + Math.log10(part) / rankedDigits) ** 3
}

/** Factors span orders of magnitude: their bars grow by digits. */
function barLength(figure: number, whole: number, factor: boolean): number {
  if (!(figure > 0) || whole <= 0) return 0
  const part = factor ? Math.log(Math.max(1, figure)) / Math.log(Math.max(2, whole)) : figure / whole
  return Math.min(1, Math.max(0, part))
}

/** A share of the whole by an additive measure; undefined where shares mean nothing. */
export function shareOf(figures: Figures, figure: number): number | undefined {
  const meaningful = figures.measure.additive || figures.measure.id === 'cost'
  return meaningful && figures.whole > 0 && Number.isFinite(figure) ? figure / figures.whole : undefined
}
