import { useMemo } from 'react'
import { type DataColumn, DataTable, EmptyState, TabPanel, Tabs } from '#renderer/kit/index.ts'
import { ServerWords } from '#renderer/session-charts/index.ts'
import type { RecordedBlame, RecordedBlocker } from '#shared/contract/index.ts'
import type { ContestedRow } from '#shared/locks/index.ts'
import { condenseStatement } from '#shared/statements/index.ts'
import { formatDuration, formatPercentAligned } from '#shared/units/index.ts'
import { useLocks } from './locks-state.ts'
import { useBlame } from './use-locks.ts'
import { describeObject } from './words.ts'

/** Who kept others waiting over the range, and what was waited for. */
export function BlameTables() {
  const { answer } = useBlame()
  const below = useLocks((state) => state.below)
  const total = answer === undefined ? '' : describeTotal(answer)
  return (
    <Tabs
      label="Over the range"
      className="h-full"
      value={below}
      onChange={(next) => useLocks.setState({ below: next })}
      items={[
        { id: 'blame', label: 'Who kept others waiting' },
        { id: 'objects', label: 'What was waited for' },
      ]}
      actions={
        <span className="flex min-w-0 items-center gap-2 text-xs">
          <ServerWords />
          <span className="truncate text-ink-3" title={total}>
            {total}
          </span>
        </span>
      }
    >
      <TabPanel id="blame" className="flex flex-col">
        <BlockerTable blame={answer} />
      </TabPanel>
      <TabPanel id="objects" className="flex flex-col">
        <ObjectTable blame={answer} />
      </TabPanel>
    </Tabs>
  )
}

function describeTotal({ waitedMs, countedEvery }: RecordedBlame): string {
  if (waitedMs === 0) return 'no waiting over the range'
  const exactness = countedEvery === 1 ? '' : ` · every ${countedEvery}th change counted`
  return `${formatDuration(Math.round(waitedMs))} waited over the range, all processes together${exactness}`
}

const none: readonly never[] = []

function BlockerTable({ blame }: { readonly blame: RecordedBlame | undefined }) {
  const order = useLocks((state) => state.blameOrder)
  const selectedPid = useLocks((state) => state.selectedPid)
  const columns = useMemo(() => blockerColumns(blame?.waitedMs ?? 0), [blame?.waitedMs])
  const rows = blame?.blockers ?? none
  const selected = rows.find(({ pid }) => pid === selectedPid)
  return (
    <DataTable
      label="Blockers by lock-seconds"
      columns={columns}
      rows={rows}
      keyOf={keyOfBlocker}
      order={order}
      onOrder={(blameOrder) => useLocks.setState({ blameOrder })}
      selectedKey={selected === undefined ? undefined : keyOfBlocker(selected)}
      onSelect={(blocker) => useLocks.setState({ selectedPid: blocker.pid, blocker })}
      minWidthPx={860}
      empty={
        blame === undefined ? undefined : <EmptyState title="Nobody kept anybody waiting over the range" />
      }
    />
  )
}

const keyOfBlocker = ({ pid, backend }: RecordedBlocker): string => `${pid}-${backend?.startedAtMs ?? 0}`

const span = (ms: number): string => formatDuration(Math.round(ms))

function blockerColumns(waitedMs: number): readonly DataColumn<RecordedBlocker>[] {
  return [
    {
      id: 'process',
      title: 'Process',
      origin: 'pid, application',
      width: 'minmax(120px, 0.6fr)',
      text: ({ pid, backend }) =>
        pid === 0 ? 'Prepared transactions' : `${pid} ${backend?.application ?? backend?.backendType ?? ''}`,
    },
    {
      id: 'user',
      spare: 3,
      title: 'User',
      origin: 'pg_stat_activity.usename',
      width: 'minmax(60px, 0.3fr)',
      text: ({ backend }) => backend?.user ?? '',
    },
    {
      id: 'caused',
      title: 'Caused',
      origin: 'Time that others waited and that goes back to it, over any number of others between',
      width: '76px',
      numeric: true,
      sortBy: ({ causedMs }) => causedMs,
      text: ({ causedMs }) => (causedMs === 0 ? '' : span(causedMs)),
    },
    {
      id: 'share',
      title: 'Share',
      origin: 'of all waiting over the range',
      width: '56px',
      numeric: true,
      sortBy: ({ causedMs }) => causedMs,
      text: ({ causedMs }) =>
        waitedMs === 0 || causedMs === 0 ? '' : formatPercentAligned(causedMs / waitedMs),
    },
    {
      id: 'direct',
      spare: 1,
      title: 'Directly',
      origin:
        'Time that others waited while it stood in their way itself, whether it waited for somebody or not',
      width: '76px',
      numeric: true,
      sortBy: ({ directMs }) => directMs,
      text: ({ directMs }) => (directMs === 0 ? '' : span(directMs)),
    },
    {
      id: 'waiters',
      title: 'Waiters',
      origin: 'Different processes that waited because of it; most at once',
      width: '84px',
      numeric: true,
      sortBy: ({ waiters }) => waiters,
      text: ({ waiters, mostWaiters }) => (waiters === 0 ? '' : `${waiters}, ${mostWaiters} at once`),
    },
    {
      id: 'state',
      spare: 2,
      title: 'Last seen',
      origin: 'pg_stat_activity.state, the last one within the range',
      width: '124px',
      text: ({ backend }) => backend?.state ?? '',
    },
    {
      id: 'statement',
      title: 'Statement',
      origin: 'its last one within the range',
      width: 'minmax(140px, 1fr)',
      // Copied whole, drawn in short.
      text: ({ backend }) => backend?.statement ?? '',
      render: ({ backend }) => (
        <span className="font-mono text-sm">{condenseStatement(backend?.statement ?? '')}</span>
      ),
    },
  ]
}

function ObjectTable({ blame }: { readonly blame: RecordedBlame | undefined }) {
  const order = useLocks((state) => state.objectOrder)
  return (
    <DataTable
      label="Contested objects"
      columns={objectColumns}
      rows={blame?.objects ?? none}
      keyOf={({ lockType, relation }) => `${lockType} ${relation ?? ''}`}
      order={order}
      onOrder={(objectOrder) => useLocks.setState({ objectOrder })}
      selectedKey={undefined}
      onSelect={() => {}}
      empty={blame === undefined ? undefined : <EmptyState title="Nothing was waited for over the range" />}
    />
  )
}

const objectColumns: readonly DataColumn<ContestedRow>[] = [
  {
    id: 'object',
    title: 'Object',
    origin: 'pg_locks.relation; of row locks, the relation of the row',
    width: 'minmax(200px, 1fr)',
    text: describeObject,
  },
  {
    id: 'type',
    title: 'Type',
    origin: 'pg_locks.locktype',
    width: '120px',
    text: ({ lockType }) => lockType,
  },
  {
    id: 'waited',
    title: 'Waited',
    origin: 'all processes together, over the range',
    width: '90px',
    numeric: true,
    sortBy: ({ waitedMs }) => waitedMs,
    text: ({ waitedMs }) => span(waitedMs),
  },
]
