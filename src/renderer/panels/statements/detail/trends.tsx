import { useMemo } from 'react'
import type { ChartSeries } from '#renderer/charts/index.ts'
import { waitClassToken } from '#renderer/theme/index.ts'
import type { StatementDetail } from '#shared/contract/index.ts'
import { formatCount, formatCountShort, formatDuration } from '#shared/units/index.ts'
import { formatMean } from '../columns.tsx'
import { pointsOf } from './answer-source.ts'
import { TrendChart } from './trend-chart.tsx'

const calls: readonly ChartSeries[] = [{ key: 'calls', label: 'Calls', colour: '--accent' }]
const mean: readonly ChartSeries[] = [{ key: 'mean', label: 'Mean', colour: '--accent' }]

/** How the selected statement went over the range: load by wait class, calls a second, time of a call. */
export function Trends({ detail }: { readonly detail: StatementDetail }) {
  const { load, trend, averageSessions, figures } = detail
  const loadSeries = useMemo(
    () =>
      load.classes.map(({ waitClass }) => ({
        key: waitClass,
        label: waitClass,
        colour: waitClassToken[waitClass],
      })),
    [load],
  )
  const loadPoints = useMemo(
    () =>
      pointsOf(
        load.buckets,
        load.classes.map(({ values }) => values),
      ),
    [load],
  )
  const perCall = useMemo(() => (trend === undefined ? undefined : meanOver(trend)), [trend])
  return (
    <div aria-label="Over time" role="group" className="flex min-h-0 flex-1">
      <TrendChart
        label="Load by wait class"
        figure={`${averageSessions.toFixed(2)} sessions`}
        series={loadSeries}
        points={loadPoints}
        shape="stack"
        format={formatSessions}
        provenance={{
          source: 'pg_stat_activity.wait_event_type, query_id',
          formula: 'average active sessions that ran this statement',
        }}
      />
      {trend !== undefined && perCall !== undefined && (
        <>
          <TrendChart
            label="Calls a second"
            figure={figures === undefined ? 'none' : `${formatCount(figures.calls)} calls`}
            series={calls}
            points={pointsOf(trend.buckets, [trend.perSecond.calls ?? []])}
            shape="area"
            format={formatCountShort}
            provenance={{ source: 'pg_stat_statements.calls', formula: 'growth ÷ time' }}
          />
          <TrendChart
            label="Time of a call"
            figure={figures === undefined ? '' : formatMean(figures)}
            series={mean}
            points={pointsOf(trend.buckets, [perCall])}
            shape="lines"
            format={formatDuration}
            provenance={{
              source: 'pg_stat_statements.total_exec_time, calls',
              formula: 'growth of time ÷ growth of calls',
            }}
          />
        </>
      )}
    </div>
  )
}

const formatSessions = (value: number): string => value.toFixed(2)

/** Time of one call by bucket; nothing where nothing was called. */
function meanOver({ perSecond }: NonNullable<StatementDetail['trend']>): readonly (number | null)[] {
  return (perSecond.calls ?? []).map((calledPerSecond, index) => {
    const ms = perSecond.executionMs?.[index]
    return calledPerSecond === null || calledPerSecond === 0 || ms === null || ms === undefined
      ? null
      : ms / calledPerSecond
  })
}
