import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react'
import {
  type ChartMark,
  type ChartPoints,
  type ChartSeries,
  type ChartSpec,
  type ChartValue,
  cancelDraw,
  formatClock,
  nearestIndex,
  newestIndex,
  requestDraw,
  TimeChart,
  useWasNearSight,
} from '#renderer/charts/index.ts'
import { classes } from '#renderer/kit/index.ts'
import { pointed, useHasJustBegun, useIsAway, useRangeChoice } from '#renderer/state/index.ts'
import type { MetricId } from '#shared/series/index.ts'
import { createMetricSource, type MetricFormula, sum } from './metric-source.ts'
import type { MetricTable } from './metric-table.ts'
import { sessionActions, sessionRange } from './session-time.ts'
import { useGapMarks } from './use-chart-marks.ts'

export interface MetricLine extends ChartSeries {
  readonly formula: MetricFormula
}

/** A small chart of metrics, once and for all: a constant beside its siblings. */
export interface MetricChartDefinition {
  readonly title: string
  readonly lines: readonly MetricLine[]
  readonly shape: ChartSpec['shape']
  readonly format: (value: number) => string
  /** View and columns. */
  readonly source: string
  readonly formula?: string
  readonly rate?: string
  readonly base?: ChartSpec['base']
  readonly most?: number
  /** A metric whose value is a level to compare with, and what it is called. */
  readonly level?: {
    readonly metric: MetricId
    readonly label: (value: number) => string
    readonly nearShare?: number
  }
  /** What the big figure says of the lines' values at a moment; default: the first line, or a stack's total. */
  readonly headline?: (values: readonly ChartValue[], level: ChartValue) => string
  /** Where none of these was ever told, there is nothing to draw. */
  readonly needs: readonly MetricId[]
  /** Why that may be, and what to do. */
  readonly missing: string
}

export interface MetricChartProps {
  readonly definition: MetricChartDefinition
  readonly table: MetricTable
  readonly className?: string
}

/** A small chart with its name and its figure: of the pointed moment, else the newest. */
export function MetricChart({ definition, table, className }: MetricChartProps) {
  const { title, lines, needs, missing } = definition
  const section = useRef<HTMLElement>(null)
  const figure = useRef<HTMLSpanElement>(null)
  const asOf = useRef<HTMLSpanElement>(null)
  // A panel may hold many more charts than there is room for.
  const isWorthDrawing = useWasNearSight(section)
  const isThere = useSyncExternalStore(table.subscribe, () => needs.some((metric) => table.has(metric)))
  const level = useSyncExternalStore(table.subscribe, () =>
    definition.level === undefined ? null : table.newest(definition.level.metric),
  )
  const source = useMemo(
    () =>
      createMetricSource(
        table,
        needs,
        lines.map(({ formula }) => formula),
      ),
    [table, needs, lines],
  )
  // Of a range in the past the newest figure is what it is; one that is followed is taken for that of now.
  const follows = useRangeChoice().kind === 'follow'
  const isOld = useIsAway() && follows
  const isNew = useHasJustBegun()
  const marks = useGapMarks()
  const spec = useMemo(() => specOf(definition, source, level, marks), [definition, source, level, marks])

  useEffect(() => {
    const tell = () => {
      const points = source.read()
      const words = headlineOf(definition, points, level)
      write(figure.current, words)
      const isDated = isOld && pointed.get() === undefined && words !== '–'
      write(asOf.current, isDated ? describeNewest(points) : '')
    }
    const later = () => requestDraw(tell)
    later()
    const stops = [source.subscribe(later), pointed.subscribe(later)]
    return () => {
      for (const stop of stops) stop()
      cancelDraw(tell)
    }
  }, [definition, source, level, isOld])

  return (
    <section
      ref={section}
      aria-label={title}
      className={`flex min-h-0 min-w-0 flex-col px-2.5 pt-1.5 pb-1 ${className ?? ''}`}
    >
      <h3 className="truncate text-ink-2 text-xs">{title}</h3>
      {isThere ? (
        <>
          <span className="flex h-[21px] items-baseline gap-1.5 whitespace-nowrap">
            <span
              ref={figure}
              className={classes('min-w-0 truncate font-semibold text-lg', isOld && 'text-ink-3')}
            />
            <span
              ref={asOf}
              title="The server is away: the newest figure is from then"
              className="shrink-0 text-ink-3 text-xs"
            />
          </span>
          {isWorthDrawing && <TimeChart spec={spec} actions={sessionActions} className="flex-1" />}
        </>
      ) : (
        <p className="pt-1 text-ink-3 text-xs">{isNew ? 'Figures come in a moment.' : missing}</p>
      )}
    </section>
  )
}

/** The same words written again would be laid out again. */
function write(element: HTMLElement | null, words: string): void {
  if (element !== null && element.textContent !== words) element.textContent = words
}

/** `at 12:07:04` */
function describeNewest(points: ChartPoints): string {
  const atMs = points.atMs[newestIndex(points)]
  return atMs === undefined ? '' : `at ${formatClock(atMs, 1_000)}`
}

function specOf(
  definition: MetricChartDefinition,
  source: ChartSpec['source'],
  level: ChartValue,
  marks: readonly ChartMark[],
): ChartSpec {
  const { title, lines, shape, format, formula, rate, base, most } = definition
  return {
    label: title,
    series: lines,
    source,
    shape,
    format,
    marks,
    range: sessionRange,
    pointer: pointed,
    provenance: {
      source: definition.source,
      ...(formula === undefined ? {} : { formula }),
      ...(rate === undefined ? {} : { rate }),
    },
    ...(base === undefined ? {} : { base }),
    ...(most === undefined ? {} : { most }),
    ...(definition.level === undefined || level === null
      ? {}
      : {
          level: {
            value: level,
            label: definition.level.label(level),
            ...(definition.level.nearShare === undefined ? {} : { nearShare: definition.level.nearShare }),
          },
        }),
    isSmall: true,
  }
}

function headlineOf(definition: MetricChartDefinition, points: ChartPoints, level: ChartValue): string {
  const atMs = pointed.get()
  const index = atMs === undefined ? newestIndex(points) : nearestIndex(points.atMs, atMs)
  const values = points.values.map((row) => row[index] ?? null)
  if (definition.headline !== undefined) return definition.headline(values, level)
  const value = definition.shape === 'stack' ? sum(...values) : (values[0] ?? null)
  return value === null ? '–' : definition.format(value)
}
