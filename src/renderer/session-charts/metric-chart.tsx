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
  /** What the big figure says of the lines' values at a moment or on average; default: the first line, or a stack's total. */
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

/**
 * A small chart with its name and its figure: of the pointed moment, else the newest of a range that is followed, else
 * the average, as all other figures are that answer for a range.
 */
export function MetricChart({ definition, table, className }: MetricChartProps) {
  const { title, lines, needs, missing } = definition
  const section = useRef<HTMLElement>(null)
  const figure = useRef<HTMLSpanElement>(null)
  const asOf = useRef<HTMLSpanElement>(null)
  // A panel may hold many more charts than there is room for.
  const isWorthDrawing = useWasNearSight(section)
  const isThere = useSyncExternalStore(table.subscribe, () => needs.some((metric) => table.has(metric)))
  const isAnswered = useSyncExternalStore(table.subscribe, table.isAnswered)
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
  // Where the range is followed the newest figure is taken for that of now.
  const follows = useRangeChoice().kind === 'follow'
  const isOld = useIsAway() && follows
  const isNew = useHasJustBegun()
  const marks = useGapMarks()
  const spec = useMemo(() => specOf(definition, source, level, marks), [definition, source, level, marks])

  useEffect(() => {
    const tell = () => {
      const atMs = pointed.get()
      const points = source.read()
      const values = atMs === undefined && !follows ? source.average() : valuesAt(points, atMs)
      const words = headlineOf(definition, values, level)
      write(figure.current, words)
      const [ofWhat, why] =
        atMs !== undefined || words === '–' ? ['', ''] : follows ? newestWords(points, isOld) : averageWords
      write(asOf.current, ofWhat)
      if (asOf.current !== null && asOf.current.title !== why) asOf.current.title = why
    }
    const later = () => requestDraw(tell)
    later()
    const stops = [source.subscribe(later), pointed.subscribe(later)]
    return () => {
      for (const stop of stops) stop()
      cancelDraw(tell)
    }
  }, [definition, source, level, isOld, follows])

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
            <span ref={asOf} className="shrink-0 text-ink-3 text-xs" />
          </span>
          {isWorthDrawing && <TimeChart spec={spec} actions={sessionActions} className="flex-1" />}
        </>
      ) : (
        <p className="pt-1 text-ink-3 text-xs">
          {!isAnswered ? 'Reading…' : isNew ? 'Figures come in a moment.' : missing}
        </p>
      )}
    </section>
  )
}

/** The same words written again would be laid out again. */
function write(element: HTMLElement | null, words: string): void {
  if (element !== null && element.textContent !== words) element.textContent = words
}

/** What stands beside the figure, and what that means. */
type FigureWords = readonly [ofWhat: string, why: string]

const averageWords: FigureWords = ['avg', 'Average over the range; point at the chart for a moment']

/** `at 12:07:04`, where that is not now */
function newestWords(points: ChartPoints, isOld: boolean): FigureWords {
  const atMs = points.atMs[newestIndex(points)]
  if (!isOld || atMs === undefined) return ['', '']
  return [`at ${formatClock(atMs, 1_000)}`, 'The server is away: the newest figure is from then']
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

function valuesAt(points: ChartPoints, atMs: number | undefined): readonly ChartValue[] {
  const index = atMs === undefined ? newestIndex(points) : nearestIndex(points.atMs, atMs)
  return points.values.map((row) => row[index] ?? null)
}

function headlineOf(
  definition: MetricChartDefinition,
  values: readonly ChartValue[],
  level: ChartValue,
): string {
  if (definition.headline !== undefined) return definition.headline(values, level)
  const value = definition.shape === 'stack' ? sum(...values) : (values[0] ?? null)
  return value === null ? '–' : definition.format(value)
}
