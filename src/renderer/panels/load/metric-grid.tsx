import { useRef } from 'react'
import { useWidth } from '#renderer/kit/index.ts'
import { MetricChart, useMetricTable } from '#renderer/session-charts/index.ts'
import { loadCharts, loadMetrics } from './metric-charts.ts'

/** A chart narrower than this tells nothing. */
const leastChartPx = 180
/** The whole server: databases, and kinds of I/O, added up. */
const sumOver = ['database', 'backendType', 'object', 'context']

/** What goes with the load: throughput, caches, disks, WAL, connections. */
export function MetricGrid() {
  const grid = useRef<HTMLDivElement>(null)
  const width = useWidth(grid)
  const columns = Math.min(4, Math.max(1, Math.floor(width / leastChartPx)))
  const { table } = useMetricTable(loadMetrics, { sumOver, of: 'server' })
  return (
    // Scrolls, so the keyboard must reach it.
    <section
      aria-label="Measures beside the load"
      tabIndex={0}
      className="min-h-0 flex-1 overflow-auto outline-offset-[-2px]"
    >
      <div
        ref={grid}
        className="grid min-h-full gap-px bg-line"
        style={{
          gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
          gridAutoRows: 'minmax(104px, 1fr)',
        }}
      >
        {loadCharts.map((definition) => (
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
