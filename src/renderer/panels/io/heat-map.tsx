import { useMemo, useState } from 'react'
import { client } from '#renderer/client/index.ts'
import { EmptyState, Select } from '#renderer/kit/index.ts'
import { formatBytesPerSecond, formatPerSecond } from '#renderer/session-charts/index.ts'
import { useAsked, useServer } from '#renderer/state/index.ts'
import { formatDuration } from '#shared/units/index.ts'
import {
  buildHeatMap,
  definitionOf,
  type HeatColumn,
  type HeatMap,
  type HeatMeasure,
  heatMeasures,
  heatMetrics,
} from './heat-rows.ts'
import { Unanswered } from './unanswered.tsx'

const buckets = 30
const firstVersionNum = 160_000

const formats = {
  count: formatPerSecond,
  blocks: formatPerSecond,
  bytes: formatBytesPerSecond,
  ms: (value: number) => `${formatDuration(value)} /s`,
} as const

/** `pg_stat_io` over the range: who read and wrote, on what, and why. */
export function IoHeatMap() {
  const [measure, setMeasure] = useState<HeatMeasure>('io.read-bytes')
  const server = useServer()
  const { answer, error } = useAsked(
    ({ sessionId, range }, signal) =>
      client.metrics.series({ sessionId, range, buckets, metrics: heatMetrics }, { signal }),
    [],
    { of: 'server', news: ['metrics'], mostHz: 0.5 },
  )
  const map = useMemo(() => buildHeatMap(answer ?? [], measure), [answer, measure])
  const isTooOld = server !== undefined && server.versionNum < firstVersionNum
  return (
    <section aria-label="Who reads and writes what" className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-(--bar) shrink-0 items-center gap-2 border-line border-b px-3">
        <h3 className="shrink-0 font-semibold">Who reads and writes what</h3>
        <span className="min-w-0 flex-1 truncate text-ink-3 text-xs">
          pg_stat_io, per second over the range
        </span>
        <Select<HeatMeasure>
          label="Measure"
          value={measure}
          options={heatMeasures.map(([value, label]) => ({ value, label }))}
          onChange={setMeasure}
        />
      </div>
      {answer === undefined ? (
        <div className="px-3">
          <Unanswered error={error} />
        </div>
      ) : map.rows.length === 0 ? (
        <EmptyState
          title={isTooOld ? 'Not told by this server' : 'Nothing was read or written in this range'}
        >
          {isTooOld ? 'pg_stat_io came with PostgreSQL 16.' : undefined}
        </EmptyState>
      ) : (
        <Heat map={map} measure={measure} />
      )}
    </section>
  )
}

function Heat({ map, measure }: { readonly map: HeatMap; readonly measure: HeatMeasure }) {
  const { unit, label, source } = definitionOf(measure)
  const format = unit === 'ratio' || unit === 'sessions' ? formatPerSecond : formats[unit]
  return (
    // Scrolls, so the keyboard must reach it.
    <div
      tabIndex={0}
      role="region"
      aria-label={`${label} by process and context`}
      className="min-h-0 flex-1 overflow-auto outline-offset-[-2px]"
    >
      <table className="w-full border-separate border-spacing-px text-sm" title={source}>
        <thead className="sticky top-0 bg-surface-1 text-ink-3 text-xs">
          <tr>
            <th scope="col" className="w-36 px-2 py-1 text-left font-normal">
              Process
            </th>
            {map.columns.map((column) => (
              <th
                key={nameOf(column)}
                scope="col"
                className="px-2 py-1 text-right font-normal whitespace-nowrap"
              >
                {nameOf(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {map.rows.map(({ backendType, values }) => (
            <tr key={backendType}>
              <th scope="row" className="px-2 py-0.5 text-left font-normal whitespace-nowrap text-ink-2">
                {backendType}
              </th>
              {map.columns.map((column, at) => {
                const value = values[at]
                return (
                  <td
                    key={nameOf(column)}
                    className="rounded-sm px-2 py-0.5 text-right whitespace-nowrap"
                    style={{ background: heatOf(value, map.most) }}
                  >
                    {value === undefined ? <span className="text-ink-3">–</span> : format(value)}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Why, and on what where that isn't an ordinary relation. */
function nameOf({ object, context }: HeatColumn): string {
  return object === 'relation' ? context : `${object}, ${context}`
}

/** The most that a cell takes on of the colour: what is written in it stays readable. */
const strongest = 45

/** By the root, so that a tenth of the most is still seen. */
function heatOf(value: number | undefined, most: number): string {
  if (value === undefined || most === 0) return 'var(--surface-2)'
  const percent = Math.sqrt(value / most) * strongest
  return `color-mix(in srgb, var(--wait-io) ${percent.toFixed(1)}%, var(--surface-2))`
}
