import type { Plan } from '#shared/plan/index.ts'
import { formatDuration } from '#shared/units/index.ts'
import { type Figures, readFigures } from '../canvas/figures.ts'
import { buildFlameModel } from './flame-model.ts'
import type { FlameScene } from './paint-flame.ts'

/** By these figures do widths add up; the first that the plan has stands in for one that does not. */
const sizing = ['elapsed', 'work', 'cost', 'buffers'] as const

/** @param figures by the chosen measure */
export function buildFlameScene(plan: Plan, figures: Figures | undefined): FlameScene | undefined {
  if (figures === undefined) return undefined
  const size = chooseSize(plan, figures)
  return size === undefined ? undefined : { plan, model: buildFlameModel(plan, size), size, colour: figures }
}

function chooseSize(plan: Plan, figures: Figures): Figures | undefined {
  if (figures.measure.additive || figures.measure.id === 'cost') return figures
  for (const id of sizing) {
    const size = readFigures(plan, id)
    if (size?.measure.id === id) return size
  }
  return undefined
}

/** What the picture is made of, in a line over it. */
export function describeFlame(scene: FlameScene): string {
  const { model, size, colour } = scene
  const width = `Width: ${size.measure.label.toLowerCase()}, own and what is charged to it`
  const tint =
    size.measure.id === colour.measure.id
      ? ''
      : ` · ${colour.measure.label.toLowerCase()} does not add up: it is told by colour`
  const count = model.neverExecuted
  const left = count === 0 ? '' : ` · ${count.toLocaleString('en-US')} never executed, left out`
  return width + tint + left + describeExcess(scene)
}

/** More than this share of the statement is no rounding. */
const tolerated = 0.01

/** Where nodes report more than what they are in, blocks add up to more than the statement: said, not hidden. */
function describeExcess({ plan, model, size }: FlameScene): string {
  const told = plan.totals.statementMs
  if (size.measure.id !== 'elapsed' || told === undefined || model.total <= told * (1 + tolerated)) return ''
  return ` · blocks add up to ${formatDuration(model.total - told)} more than the statement: nodes report more than what they are in`
}
