import { HardDrive } from 'lucide-react'
import { useMemo, useRef } from 'react'
import { BottleneckLines } from '#renderer/bottlenecks/index.ts'
import { Spinner, Split, SplitHandle, SplitPane, useWidth } from '#renderer/kit/index.ts'
import { Limits, NothingRecorded, useLimits } from '#renderer/limits/index.ts'
import {
  MetricChart,
  RangeWords,
  ServerWords,
  useMetricNames,
  useMetricTable,
} from '#renderer/session-charts/index.ts'
import { useHasRecorded, useSplitLayout } from '#renderer/state/index.ts'
import { Balance } from './balance.tsx'
import { IoHeatMap } from './heat-map.tsx'
import {
  bufferCharts,
  bufferMetrics,
  whoCharts,
  wholeCharts,
  wholeMetrics,
  wholeSums,
  whoMetrics,
  whoSums,
} from './io-charts.ts'

/** What the server reads, writes and keeps in memory, and who does it. */
export function IoPanel() {
  const hasRecorded = useHasRecorded()
  if (hasRecorded === undefined)
    return (
      <div className="grid h-full place-items-center text-ink-3">
        <Spinner />
      </div>
    )
  if (hasRecorded) return <Recorded />
  return <NothingRecorded icon={HardDrive} shows="what it reads, writes and keeps in memory" />
}

function Recorded() {
  return (
    <section aria-label="I/O and memory" className="flex h-full min-h-0 flex-col">
      <div className="flex h-(--bar) shrink-0 items-center gap-2 border-line border-b px-3">
        <h2 className="font-semibold">I/O and memory</h2>
        <RangeWords />
        <ServerWords />
      </div>
      <Limits limits={useLimits(['activity'])} />
      <BottleneckLines areas={['io', 'memory']} />
      <Split direction="rows" className="min-h-0 flex-1" {...useSplitLayout('io.main')}>
        <SplitPane id="charts" size="60%" min={120}>
          <Charts />
        </SplitPane>
        <SplitHandle label="Height of the charts" />
        <SplitPane id="below" min={110}>
          <Split direction="columns" className="min-h-0 flex-1" {...useSplitLayout('io.below')}>
            <SplitPane id="heat" size="66%" min={300}>
              <IoHeatMap />
            </SplitPane>
            <SplitHandle label="Width of the heat map" />
            <SplitPane id="balance" min={220}>
              <Balance />
            </SplitPane>
          </Split>
        </SplitPane>
      </Split>
    </section>
  )
}

/** A chart narrower than this tells nothing. */
const leastChartPx = 200

function Charts() {
  const grid = useRef<HTMLDivElement>(null)
  const width = useWidth(grid)
  const columns = Math.min(5, Math.max(1, Math.floor(width / leastChartPx)))
  const { table: whole } = useMetricTable(wholeMetrics, { sumOver: wholeSums, of: 'server' })
  const { table: who } = useMetricTable(whoMetrics, { sumOver: whoSums, of: 'server' })
  const { table: buffers } = useMetricTable(bufferMetrics, { of: 'server' })
  const types = useMetricNames(who, 'io.read-bytes')
  const ofWho = useMemo(() => whoCharts(types), [types])
  const charts = [
    ...bufferCharts.map((definition) => ({ definition, table: buffers })),
    ...ofWho.map((definition) => ({ definition, table: who })),
    ...wholeCharts.map((definition) => ({ definition, table: whole })),
  ]
  return (
    // Scrolls, so the keyboard must reach it.
    <section
      aria-label="I/O and memory over time"
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
        {charts.map(({ definition, table }) => (
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
