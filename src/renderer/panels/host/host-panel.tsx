import { Server } from 'lucide-react'
import { BottleneckLines } from '#renderer/bottlenecks/index.ts'
import { Spinner, Split, SplitHandle, SplitPane } from '#renderer/kit/index.ts'
import { Limits, NothingRecorded, useLimits } from '#renderer/limits/index.ts'
import { RangeWords, ServerWords, useMetricTable } from '#renderer/session-charts/index.ts'
import { useHasRecorded, useSplitLayout } from '#renderer/state/index.ts'
import { ChartGrid } from './chart-grid.tsx'
import { HostFacts } from './host-facts.tsx'
import { machineMetrics } from './machine-charts.ts'
import { ProcessTable } from './process-table.tsx'
import { WatchDialog } from './watch-dialog.tsx'

const sumOver = ['core']

/** The machine that the server runs on: whether it holds the server up, and who uses it. */
export function HostPanel() {
  const hasRecorded = useHasRecorded()
  if (hasRecorded === undefined)
    return (
      <div className="grid h-full place-items-center text-ink-3">
        <Spinner />
      </div>
    )
  if (hasRecorded) return <Recorded />
  return (
    <NothingRecorded icon={Server} shows="its machine: cores, memory, disks, network, and who uses them" />
  )
}

function Recorded() {
  const { table, asked } = useMetricTable(machineMetrics, { sumOver, of: 'server' })
  return (
    <section aria-label="Host" className="flex h-full min-h-0 flex-col">
      <div className="flex h-(--bar) shrink-0 items-center gap-2 border-line border-b px-3">
        <h2 className="font-semibold">Host</h2>
        <RangeWords />
        <ServerWords />
        {asked.isLoading && <Spinner />}
        <span className="flex-1" />
        <HostFacts table={table} />
      </div>
      {/* What can't be seen of the machine, or of the sessions that the sentences below count. */}
      <Limits limits={useLimits(['host', 'activity'])} />
      <BottleneckLines />
      <Split direction="rows" className="min-h-0 flex-1" {...useSplitLayout('host.main')}>
        <SplitPane id="charts" size="64%" min={120}>
          <ChartGrid table={table} />
        </SplitPane>
        <SplitHandle label="Height of the charts" />
        <SplitPane id="processes" min={96}>
          <ProcessTable />
        </SplitPane>
      </Split>
      <WatchDialog />
    </section>
  )
}
