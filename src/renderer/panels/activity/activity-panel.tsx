import { Ban, type LucideIcon, OctagonX, Users } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import { formatClock } from '#renderer/charts/index.ts'
import { describeError } from '#renderer/client/index.ts'
import {
  Button,
  DataTable,
  EmptyState,
  ErrorNote,
  IconButton,
  Input,
  Select,
  Spinner,
  StopDialog,
  type Stopping,
  useWidth,
} from '#renderer/kit/index.ts'
import { Limits, NothingRecorded, useLimits } from '#renderer/limits/index.ts'
import { MomentServerWords } from '#renderer/session-charts/index.ts'
import { stopBackend, useCommands, useConnection, useHasRecorded, useIsAway } from '#renderer/state/index.ts'
import { hiddenState } from '#shared/activity/index.ts'
import type { BackendRow } from '#shared/contract/index.ts'
import { keyOf, useActivity, useSelectedBackend } from './activity-state.ts'
import { activityColumns } from './columns.tsx'
import { listBackends, type StateChoice, stateChoices, summariseBackends } from './list-backends.ts'
import { useBackends } from './use-backends.ts'

/** Below this, buttons have no room for words. */
const narrowPx = 760

/** Who is connected and what each does: the present, or the recorded moment at the range's end. */
export function ActivityPanel() {
  const { shown, isNow, isLoading, error } = useBackends()
  const { filter, states, order, selectedKey } = useActivity()
  const selected = useSelectedBackend()
  const [stopping, setStopping] = useState<Stopping>()
  const limits = useLimits(['activity'])
  const filterField = useRef<HTMLInputElement>(null)
  const bar = useRef<HTMLDivElement>(null)
  const isNarrow = useWidth(bar) < narrowPx
  const atMs = shown?.atMs ?? 0
  const hasHostFigures = shown?.backends.some((row) => row.cpuShare !== undefined) === true
  const hasDatabases = new Set(shown?.backends.flatMap(({ database }) => database ?? [])).size > 1
  const columns = useMemo(
    () => activityColumns(atMs, { hostFigures: hasHostFigures, databases: hasDatabases }),
    [atMs, hasHostFigures, hasDatabases],
  )
  const rows = useMemo(() => listBackends(shown?.backends ?? [], states, filter), [shown, states, filter])
  const hiddenCount = shown?.backends.filter(({ state }) => state === hiddenState).length ?? 0
  // The server's own processes can't be stopped from here.
  const canStop = isNow && selected?.backendType === 'client backend'
  // Who is idle has no statement that could be cancelled, in a transaction or not.
  const canCancel = canStop && !selected.state.startsWith('idle')
  const ask = (how: Stopping['how'], row: BackendRow | undefined) => {
    if (row !== undefined) setStopping({ how, row })
  }

  useCommands([
    {
      id: 'activity.filter',
      title: 'Filter processes',
      group: 'Activity',
      keys: '/',
      run: () => filterField.current?.focus(),
    },
    {
      id: 'activity.cancel',
      title: 'Cancel the selected process’s statement',
      group: 'Activity',
      find: 'pg_cancel_backend stop',
      enabled: canCancel,
      run: () => ask('cancel', selected),
    },
    {
      id: 'activity.terminate',
      title: 'End the selected process',
      group: 'Activity',
      find: 'pg_terminate_backend kill',
      enabled: canStop,
      run: () => ask('terminate', selected),
    },
  ])

  return (
    <section aria-label="Activity" className="flex h-full min-h-0 flex-col">
      <div ref={bar} className="flex shrink-0 items-center gap-x-3 border-line border-b px-3 py-1">
        <Input
          ref={filterField}
          aria-label="Filter processes"
          placeholder="Filter by user, wait, text …"
          value={filter}
          onChange={(text) => useActivity.setState({ filter: text })}
          className="w-56 min-w-24 shrink"
        />
        <Select
          label="Which processes"
          value={states}
          options={Object.entries(stateChoices).map(([value, label]) => ({
            value: value as StateChoice,
            label,
          }))}
          onChange={(choice) => useActivity.setState({ states: choice })}
        />
        <span role="status" className="min-w-0 flex-1 truncate text-ink-3 text-xs">
          {shown !== undefined &&
            `${isNow ? '' : `at ${formatClock(shown.atMs)} · `}${summariseBackends(shown.backends)}`}
        </span>
        {!isNow && <MomentServerWords atMs={shown?.atMs} />}
        <StopButton
          icon={Ban}
          label="Cancel statement"
          isNarrow={isNarrow}
          disabled={!canCancel}
          onClick={() => ask('cancel', selected)}
        />
        <StopButton
          icon={OctagonX}
          label="End process"
          isNarrow={isNarrow}
          disabled={!canStop}
          onClick={() => ask('terminate', selected)}
        />
      </div>
      <Limits limits={limits} />
      {error !== undefined && <Problem error={error} />}
      {shown === undefined ? (
        error === undefined && <Nothing isNow={isNow} isLoading={isLoading} />
      ) : (
        <DataTable
          label="Processes"
          columns={columns}
          rows={rows}
          keyOf={keyOf}
          order={order}
          onOrder={(next) => useActivity.setState({ order: next })}
          selectedKey={selectedKey}
          onSelect={(row) => useActivity.setState({ selectedKey: keyOf(row) })}
          onKey={(key, row) => {
            if (key !== 'Delete' || !canCancel) return false
            ask('cancel', row)
            return true
          }}
          minWidthPx={900}
          empty={
            filter === '' ? (
              <EmptyState title={hiddenCount > 0 ? 'Nobody who can be seen is at work' : 'Nobody is at work'}>
                {hiddenCount > 0
                  ? `What ${hiddenCount === 1 ? 'another process does' : `${hiddenCount} others do`} is hidden.`
                  : 'Choose “All connections” to see those that are idle.'}
              </EmptyState>
            ) : (
              <EmptyState title="No process fits the filter" />
            )
          }
          rowClass={(row) => (row.blocks > 0 ? 'shadow-[inset_2px_0_0_var(--bad)]' : undefined)}
        />
      )}
      <StopDialog
        stopping={stopping}
        onStop={({ how, row }) => void stopBackend(how, row)}
        onDone={() => setStopping(undefined)}
      />
    </section>
  )
}

function StopButton(props: {
  readonly icon: LucideIcon
  readonly label: string
  readonly isNarrow: boolean
  readonly disabled: boolean
  readonly onClick: () => void
}) {
  const { icon, label, isNarrow, disabled, onClick } = props
  if (isNarrow) return <IconButton icon={icon} label={label} disabled={disabled} onClick={onClick} />
  return (
    <Button icon={icon} disabled={disabled} onClick={onClick}>
      {label}
    </Button>
  )
}

function Problem({ error }: { readonly error: unknown }) {
  const { title, message, advice } = describeError(error)
  return (
    <div className="p-3">
      <ErrorNote title={title} message={message} advice={advice} />
    </div>
  )
}

function Nothing({ isNow, isLoading }: { readonly isNow: boolean; readonly isLoading: boolean }) {
  const { status } = useConnection()
  const hasRecorded = useHasRecorded()
  // Before its connection is given up it has been silent for a while, and the recording has noticed.
  const isSilent = useIsAway()
  if (status === 'reconnecting' || (isNow && isSilent)) {
    return (
      <EmptyState title="The server is away">
        Its processes are listed again when it is back. To see what they did before, choose a time on the
        timeline.
      </EmptyState>
    )
  }
  if (isLoading) {
    return (
      <div className="grid flex-1 place-items-center text-ink-3">
        <Spinner />
      </div>
    )
  }
  if (status !== 'connected' && hasRecorded === false)
    return <NothingRecorded icon={Users} shows="what its processes do" />
  return (
    <EmptyState title="No activity at this moment">
      Nothing was recorded then. Choose another time on the timeline
      {status === 'connected' ? ', or follow now.' : '.'}
    </EmptyState>
  )
}
