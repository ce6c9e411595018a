import { Eye, X } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { client } from '#renderer/client/index.ts'
import { Button, DataTable, EmptyState, type SortOrder } from '#renderer/kit/index.ts'
import { useAsked, useCommands } from '#renderer/state/index.ts'
import { processColumns } from './process-columns.tsx'
import { listProcessRows, type ProcessRow, processMetrics } from './process-rows.ts'
import { loadWatches, removeWatch, useWatches } from './watches-state.ts'

/** A spark has room for so many. */
const buckets = 40

/** Who uses the machine: the server's processes, the workbench, and trees that the user chose. */
export function ProcessTable() {
  const [order, setOrder] = useState<SortOrder>({ columnId: 'cores', descending: true })
  const watches = useWatches((state) => state.watches)
  const selectedKey = useWatches((state) => state.selected?.key)
  const { answer } = useAsked(
    ({ sessionId, range }, signal) =>
      client.metrics.series({ sessionId, range, buckets, metrics: processMetrics }, { signal }),
    [],
    { of: 'server', news: ['metrics'], mostHz: 0.5 },
  )
  useEffect(() => {
    // Without the workbench nothing is shown anyway; the banner says so.
    loadWatches().catch(() => undefined)
  }, [])
  const rows = useMemo(() => listProcessRows(answer ?? [], watches), [answer, watches])
  const most = Math.max(
    0.01,
    ...rows.flatMap(({ coresOverTime }) => coresOverTime.map((value) => value ?? 0)),
  )
  const columns = useMemo(() => processColumns(most), [most])
  const selected = rows.find(({ key }) => key === selectedKey)
  // The inspector shows the newest figures of what is selected, and nothing of what is gone.
  useEffect(() => useWatches.setState({ selected }), [selected])

  useCommands([
    {
      id: 'host.watch',
      title: 'Watch a process…',
      group: 'Host',
      keys: 'alt+w',
      find: 'node python pid tree command',
      run: askForWatch,
    },
    {
      id: 'host.unwatch',
      title: 'Watch the selected process no more',
      group: 'Host',
      enabled: selected?.watchId !== undefined,
      run: () => unwatch(selected),
    },
  ])

  return (
    <section aria-label="Processes" className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-(--bar) shrink-0 items-center gap-2 border-line border-b px-3">
        <h3 className="font-semibold">Processes</h3>
        <span className="min-w-0 flex-1 truncate text-ink-3 text-xs">
          rates over the range, sizes at its end
        </span>
        {selected?.watchId !== undefined && (
          <Button icon={X} onClick={() => unwatch(selected)}>
            Watch no more
          </Button>
        )}
        <Button icon={Eye} keys="alt+w" onClick={askForWatch}>
          Watch a process…
        </Button>
      </div>
      <DataTable
        label="Processes by what they use"
        columns={columns}
        rows={rows}
        keyOf={({ key }) => key}
        order={order}
        onOrder={setOrder}
        selectedKey={selectedKey}
        onSelect={(row) => useWatches.setState({ selected: row })}
        onKey={(key, row) => {
          if (key !== 'Delete' || row.watchId === undefined) return false
          unwatch(row)
          return true
        }}
        minWidthPx={860}
        empty={
          answer === undefined ? undefined : <EmptyState title="No process was recorded in this range" />
        }
      />
    </section>
  )
}

function askForWatch(): void {
  useWatches.setState({ isAdding: true })
}

function unwatch(row: ProcessRow | undefined): void {
  if (row?.watchId !== undefined) removeWatch(row.watchId)
}
