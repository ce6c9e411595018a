import type { Exactness, Interval, Plan, PlanNode } from '#shared/plan/index.ts'
import { formatCount, formatDuration, formatFactor, formatPercent } from '#shared/units/index.ts'
import { explainExactness, markExactness } from '../exactness.ts'
import { tellRemovedShare } from '../rows-removed.ts'
import { type Figures, shareOf } from './figures.ts'
import { formatFigure } from './format-figure.ts'

/** One figure as the hover card tells it. */
export interface HoverFact {
  readonly label: string
  readonly value: string
  readonly formula: string
  /** How far to trust it, in words; undefined = exact. */
  readonly trust: string | undefined
}

/** More would not fit a card; the inspector has them all. */
const mostWorkers = 6

const count = (rows: number): string => formatCount(Math.round(rows * 100) / 100)

/** The figures that a pointer asks for: the chosen measure first, then time and rows. */
export function buildHoverFacts(
  plan: Plan,
  node: PlanNode,
  figures: Figures | undefined,
): readonly HoverFact[] {
  if (node.neverExecuted) {
    return [{ label: 'executed', value: 'never', formula: 'Actual Loops = 0', trust: undefined }]
  }
  const { exactness } = node
  return [
    ...measureFacts(node, figures),
    ...(figures?.measure.id === 'elapsed'
      ? []
      : [
          fact(
            'elapsed, own',
            node.exclusiveMs,
            formatDuration,
            'wall clock less what ran inside it',
            exactness.exclusiveMs,
          ),
        ]),
    ...(figures?.measure.id === 'work' || (node.processes ?? 1) === 1
      ? []
      : [
          fact(
            'work, own',
            node.exclusiveWorkMs,
            formatDuration,
            'summed over processes',
            exactness.exclusiveWorkMs,
          ),
        ]),
    fact(
      'rows',
      node.totalRows,
      count,
      'Actual Rows × loops',
      exactness.totalRows,
      node.totalRowsRange,
      count,
    ),
    plan.analyzed && node.planRows !== undefined && (node.loops ?? 1) > 1
      ? fact('rows expected', node.planRows, count, 'Plan Rows, per loop and process', undefined)
      : fact('rows expected', node.planRows, count, 'Plan Rows', undefined),
    node.misestimate === undefined || node.misestimate.direction === 'none'
      ? undefined
      : fact(
          'misestimate',
          node.misestimate.factor,
          (factor) => `${formatFactor(factor)} ${node.misestimate?.direction}`,
          'actual against planned rows on the same footing',
          node.misestimate.exactness,
        ),
    (node.loops ?? 1) > 1
      ? fact('loops', node.loops, formatCount, 'Actual Loops, over all processes', undefined)
      : undefined,
    ...workerFacts(node),
    ...node.rowsRemoved
      .filter(({ totalRows }) => totalRows > 0)
      .map((removed) => {
        const share = tellRemovedShare(node, removed)
        return fact(
          'thrown away',
          removed.totalRows,
          (rows) => count(rows) + share.text,
          share.origin,
          removed.exactness,
          removed.totalRowsRange,
          count,
        )
      }),
  ].filter((entry) => entry !== undefined)
}

/** How each worker did: told by VERBOSE. */
function workerFacts(node: PlanNode): readonly (HoverFact | undefined)[] {
  return node.workers
    .slice(0, mostWorkers)
    .map((worker) =>
      fact(
        `worker ${worker.workerNumber}`,
        worker.workMs,
        (ms) => `${formatDuration(ms)} · ${count((worker.actualRows ?? 0) * (worker.loops ?? 1))} rows`,
        `${formatCount(worker.loops ?? 1)} ${worker.loops === 1 ? 'loop' : 'loops'}, with everything below`,
        undefined,
      ),
    )
}

function measureFacts(node: PlanNode, figures: Figures | undefined): readonly (HoverFact | undefined)[] {
  if (figures === undefined) return []
  const { measure } = figures
  const format = (figure: number): string => {
    const share = shareOf(figures, figure)
    return `${formatFigure(measure.unit, figure)}${share === undefined ? '' : ` · ${formatPercent(share)}`}`
  }
  const [own, inclusive] = [measure.exclusive(node), measure.inclusive(node)]
  const trust = trustOf(node, figures)
  const label = measure.label.toLowerCase()
  if (measure.id === 'rows' || measure.id === 'misestimate') return []
  const range = measure.id === 'elapsed' ? node.inclusiveMsRange : undefined
  return [
    fact(`${label}, own`, own, format, measure.formula, trust.own),
    node.childIds.length === 0
      ? undefined
      : fact(
          `${label}, all below`,
          inclusive,
          format,
          'with what ran inside it',
          trust.inclusive,
          range,
          formatDuration,
        ),
  ]
}

function trustOf(
  { exactness }: PlanNode,
  { measure }: Figures,
): { readonly own: Exactness | undefined; readonly inclusive: Exactness | undefined } {
  switch (measure.id) {
    case 'elapsed':
      return { own: exactness.exclusiveMs, inclusive: exactness.inclusiveMs }
    case 'work':
      return { own: exactness.exclusiveWorkMs, inclusive: exactness.workMs }
    case 'buffers':
    case 'io':
    case 'temp':
    case 'wal':
      return { own: exactness.buffersExclusive, inclusive: undefined }
    default:
      return { own: undefined, inclusive: undefined }
  }
}

function fact(
  label: string,
  figure: number | undefined,
  format: (figure: number) => string,
  formula: string,
  exactness: Exactness | undefined,
  range?: Interval,
  formatEnd: (figure: number) => string = format,
): HoverFact | undefined {
  if (figure === undefined || !Number.isFinite(figure)) return undefined

  const trust =
    range !== undefined && range.high > range.low
      ? `between ${formatEnd(range.low)} and ${formatEnd(range.high)}`
      : explainExactness(exactness)
  return { label, value: markExactness(format(figure), exactness), formula, trust }
}
