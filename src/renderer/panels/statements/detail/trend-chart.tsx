import { useEffect, useMemo, useState } from 'react'
import {
  type ChartPoints,
  type ChartSeries,
  type ChartSpec,
  type Provenance,
  TimeChart,
} from '#renderer/charts/index.ts'
import { sessionActions, sessionRange } from '#renderer/session-charts/index.ts'
import { pointed } from '#renderer/state/index.ts'
import { createAnswerSource } from './answer-source.ts'

interface TrendChartProps {
  readonly label: string
  /** Said in the head beside the label: what it is at the moment, or over the range. */
  readonly figure: string | undefined
  readonly series: readonly ChartSeries[]
  readonly points: ChartPoints
  readonly shape: ChartSpec['shape']
  readonly format: (value: number) => string
  readonly provenance: Provenance
}

/** One figure of the selected statement over the window's time. */
export function TrendChart(props: TrendChartProps) {
  const { label, figure, series, points, shape, format, provenance } = props
  const [source] = useState(createAnswerSource)
  useEffect(() => source.show(points), [source, points])
  const seriesKey = series.map(({ key }) => key).join(' ')
  const spec = useMemo<ChartSpec>(
    () => ({ label, series, source, shape, format, provenance, range: sessionRange, pointer: pointed }),
    // Series that are the same by name are the same.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [label, seriesKey, source, shape],
  )
  return (
    <section className="flex min-w-0 flex-1 basis-0 flex-col border-line not-last:border-r">
      <h2 className="flex shrink-0 items-baseline gap-2 px-3 pt-1.5 text-ink-2 text-xs">
        {label}
        {figure !== undefined && <span className="text-ink">{figure}</span>}
      </h2>
      <TimeChart spec={spec} actions={sessionActions} className="flex-1" />
    </section>
  )
}
