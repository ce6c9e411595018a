import type { ChartValue, ColourToken } from '#renderer/charts/index.ts'
import type { MetricId } from '#shared/series/index.ts'
import { formatPercent } from '#shared/units/index.ts'
import { formatBytesPerSecond, formatMs, formatPerSecond } from './format-metric.ts'
import type { MetricChartDefinition, MetricLine } from './metric-chart.tsx'
import { type MetricFormula, quotient } from './metric-source.ts'

const everySecond = 'every second'
const growthOverTime = 'growth ÷ time'

const palette: readonly ColourToken[] = [1, 2, 3, 4, 5, 6, 7, 8].map(
  (number) => `--series-${number}` as const,
)

/** What a chart has to say beside what its shape says for it. */
type Said<Known extends keyof MetricChartDefinition> = Omit<MetricChartDefinition, Known | 'rate'> &
  Partial<Pick<MetricChartDefinition, Known | 'rate'>>

/** A chart of what is looked at every second, unless it says otherwise. */
export function chart(said: Said<never>): MetricChartDefinition {
  return { rate: everySecond, ...said }
}

/** A counter, what its growth is called, and its colour where it is not the accent. */
export type Counter = readonly [metric: MetricId, label: string, colour?: ColourToken]

interface GrowthChart extends Said<'lines' | 'shape' | 'format' | 'formula' | 'needs'> {
  readonly counters: readonly Counter[]
}

/** Counters by what they grow in a second; those of one chart add up, unless its shape says otherwise. */
export function growthChart({ counters, ...said }: GrowthChart): MetricChartDefinition {
  return chart({
    lines: counters.map(([metric, label, colour = '--accent']) => ({
      key: metric,
      label,
      colour,
      formula: (at) => at(metric),
    })),
    shape: counters.length === 1 ? 'area' : 'stack',
    format: formatPerSecond,
    formula: growthOverTime,
    needs: counters.map(([metric]) => metric),
    ...said,
  })
}

/** As `growthChart`, of bytes. */
export function bytesChart(said: GrowthChart): MetricChartDefinition {
  return growthChart({ format: formatBytesPerSecond, ...said })
}

interface ShareChart extends Said<'lines' | 'shape' | 'format' | 'most'> {
  readonly line: readonly [label: string, colour: ColourToken]
  readonly part: MetricFormula
  readonly whole: MetricFormula
}

/** A part of a whole, up to 100 %. */
export function shareChart({
  line: [label, colour],
  part,
  whole,
  ...said
}: ShareChart): MetricChartDefinition {
  return chart({
    lines: [{ key: 'share', label, colour, formula: (at) => quotient(part(at), whole(at)) }],
    shape: 'lines',
    most: 1,
    format: formatPercent,
    ...said,
  })
}

/** How long one of something took, a line for each kind. */
export function durationChart(said: Said<'shape' | 'format'>): MetricChartDefinition {
  return chart({ shape: 'lines', format: formatMs, ...said })
}

/** Time ÷ how many it was for. Zero over all of them: the server takes no times. */
export function timeOfOne(timeMs: MetricId, count: MetricId): MetricFormula {
  return (at) => {
    const tookMs = at(timeMs)
    return tookMs === 0 ? null : quotient(tookMs, at(count))
  }
}

/** A line for each name, in the palette's order. */
export function linesOf(
  names: readonly string[],
  formula: (name: string) => MetricFormula,
  labelOf: (name: string) => string = (name) => name,
): readonly MetricLine[] {
  return names.map((name, index) => ({
    key: name,
    label: labelOf(name),
    colour: palette[index % palette.length] ?? '--accent',
    formula: formula(name),
  }))
}

/** Milliseconds a second as a share of the time, or as cores. */
export function perThousand(value: ChartValue): ChartValue {
  return value === null ? null : value / 1_000
}

/** Servers that were built with another block size are rare, and say so nowhere in these views. */
const blockBytes = 8_192

export function blocksAsBytes(blocks: ChartValue): ChartValue {
  return blocks === null ? null : blocks * blockBytes
}
