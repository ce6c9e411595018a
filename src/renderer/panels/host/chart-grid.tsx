import { useMemo, useRef } from 'react'
import { useWidth } from '#renderer/kit/index.ts'
import {
  MetricChart,
  type MetricTable,
  useMetricNames,
  useMetricTable,
} from '#renderer/session-charts/index.ts'
import type { MetricId } from '#shared/series/index.ts'
import { CoreStrip } from './core-strip.tsx'
import { diskCharts, networkCharts } from './device-charts.ts'
import { furtherCharts, machineCharts } from './machine-charts.ts'
import { serverChart } from './server-chart.ts'

/** A chart narrower than this tells nothing. */
const leastChartPx = 200
const serverMetrics: readonly MetricId[] = ['server.cpu-ms']

/** The machine over time: cores, tasks, pressure, memory, disks, network. */
export function ChartGrid({ table }: { readonly table: MetricTable }) {
  const grid = useRef<HTMLDivElement>(null)
  const width = useWidth(grid)
  const columns = Math.min(5, Math.max(1, Math.floor(width / leastChartPx)))
  const server = useMetricTable(serverMetrics, { of: 'server' }).table
  const disks = useMetricNames(table, 'host.disk-busy-ms')
  const interfaces = useMetricNames(table, 'host.network-bytes')
  const types = useMetricNames(server, 'server.cpu-ms')
  const ofServer = useMemo(() => serverChart(types), [types])
  const definitions = useMemo(
    () => [...machineCharts, ...diskCharts(disks), ...networkCharts(interfaces), ...furtherCharts],
    [disks, interfaces],
  )
  return (
    // Scrolls, so the keyboard must reach it.
    <section
      aria-label="The machine over time"
      tabIndex={0}
      className="min-h-0 flex-1 overflow-auto outline-offset-[-2px]"
    >
      <div
        ref={grid}
        className="grid min-h-full gap-px bg-line"
        style={{
          gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
          gridAutoRows: 'minmax(112px, 1fr)',
        }}
      >
        <CoreStrip className={columns > 2 ? 'col-span-2 bg-surface-1' : 'bg-surface-1'} />
        <MetricChart definition={ofServer} table={server} className="bg-surface-1" />
        {definitions.map((definition) => (
          <MetricChart
            key={definition.title}
            definition={definition}
            table={table}
            className="bg-surface-1"
          />
        ))}
      </div>
    </section>
  )
}
