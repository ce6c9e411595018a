import type { EpochMs } from '#shared/units/index.ts'
import type { ChartPoints, ChartSpec, ChartValue } from './model.ts'
import { nearestIndex } from './nearest.ts'
import { totalAt } from './stack.ts'
import { formatClock } from './time-labels.ts'

export interface MomentLine {
  readonly key: string
  readonly label: string
  readonly colour: ChartSpec['series'][number]['colour']
  readonly value: ChartValue
}

/** What a chart shows at a moment. */
export interface Moment {
  readonly atMs: EpochMs
  /** In the order in which they are seen: the top of a stack first. */
  readonly lines: readonly MomentLine[]
  /** Of a stack. */
  readonly total?: ChartValue
}

/** The figures nearest to a moment; undefined where there are none at all. */
export function momentAt(spec: ChartSpec, wantedMs: EpochMs): Moment | undefined {
  const points = spec.source.read()
  const index = nearestIndex(points.atMs, wantedMs)
  const atMs = points.atMs[index]
  if (atMs === undefined) return undefined
  const lines = spec.series.map(({ key, label, colour }, at) => ({
    key,
    label,
    colour,
    value: points.values[at]?.[index] ?? null,
  }))
  if (spec.shape !== 'stack') return { atMs, lines }
  return { atMs, lines: lines.toReversed(), total: totalAt(points.values, index) }
}

/** The same as a sentence, for those who don't see it. */
export function describeMoment(spec: ChartSpec, wantedMs: EpochMs): string {
  const moment = momentAt(spec, wantedMs)
  if (moment === undefined) return 'nothing recorded'
  const say = (value: ChartValue) => (value === null ? 'not sampled' : spec.format(value))
  const parts = moment.lines
    .filter(({ value }) => value !== null && (value !== 0 || spec.shape !== 'stack'))
    .map(({ label, value }) => `${label} ${say(value)}`)
  const total = moment.total === undefined ? [] : [sayTotal(spec, moment.total)]
  return `${formatClock(moment.atMs)}: ${[...total, ...parts].join(', ') || 'not sampled'}`
}

/** With the unit of figures that don't say it themselves. */
export function sayTotal({ format, unit }: ChartSpec, total: ChartValue): string {
  if (total === null) return 'not sampled'
  return unit === undefined ? format(total) : `${format(total)} ${unit[total === 1 ? 0 : 1]}`
}

/** The last index that has a value in any series; -1 where none has. */
export function newestIndex(points: ChartPoints): number {
  for (let index = points.atMs.length - 1; index >= 0; index -= 1) {
    if (points.values.some((row) => typeof row[index] === 'number')) return index
  }
  return -1
}
