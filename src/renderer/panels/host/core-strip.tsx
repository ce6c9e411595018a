import { useMemo, useSyncExternalStore } from 'react'
import { HeatStrip } from '#renderer/charts/index.ts'
import {
  createMetricSource,
  sessionRange,
  sum,
  useMetricNames,
  useMetricTable,
} from '#renderer/session-charts/index.ts'
import { pointed } from '#renderer/state/index.ts'
import type { MetricId } from '#shared/series/index.ts'
import { formatPercent } from '#shared/units/index.ts'

const metrics: readonly MetricId[] = ['host.cpu-ms']

/** Each core over time: whether work is spread, or one of them does it all. */
export function CoreStrip({ className }: { readonly className?: string }) {
  const { table } = useMetricTable(metrics, { of: 'server' })
  const isAnswered = useSyncExternalStore(table.subscribe, table.isAnswered)
  const names = useMetricNames(table, 'host.cpu-ms')
  const cores = useMemo(() => names.toSorted((a, b) => Number(a) - Number(b)), [names])
  const source = useMemo(
    () =>
      createMetricSource(
        table,
        metrics,
        cores.map((core) => (at) => {
          const busyMs = sum(at('host.cpu-ms', core, 'user'), at('host.cpu-ms', core, 'system'))
          // The kernel counts in ticks, which may fall into the next look.
          return busyMs === null ? null : Math.min(1, busyMs / 1_000)
        }),
      ),
    [table, cores],
  )
  const rows = useMemo(() => cores.map((core) => ({ key: core, label: `core ${core}` })), [cores])
  return (
    <section
      aria-label="Each core"
      className={`flex min-h-0 min-w-0 flex-col px-2.5 pt-1.5 pb-2 ${className ?? ''}`}
    >
      <h3 className="truncate text-ink-2 text-xs">
        Each core{cores.length < 2 ? '' : `, ${cores[0]} to ${cores.at(-1)} from the top`}: brighter is busier
      </h3>
      {rows.length === 0 ? (
        <p className="pt-1 text-ink-3 text-xs">{isAnswered ? 'Not told by this machine.' : 'Reading…'}</p>
      ) : (
        <HeatStrip
          label={`Busy time of each of ${rows.length} cores; “Cores busy” has the figures`}
          rows={rows}
          source={source}
          colour="--wait-cpu"
          format={formatPercent}
          range={sessionRange}
          pointer={pointed}
          className="mt-1.5 flex-1"
        />
      )}
    </section>
  )
}
