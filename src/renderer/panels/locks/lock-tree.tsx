import { useMemo } from 'react'
import { Badge, type DataColumn, DataTable } from '#renderer/kit/index.ts'
import { formatDuration } from '#shared/units/index.ts'
import { selectProcess, useLocks } from './locks-state.ts'
import { type LockPicture, listLines, type TreeLine } from './picture.ts'
import { describeHeld, describeWait, longestWaitMs, nameProcess, statementHead } from './words.ts'

const inOrder = { columnId: '', descending: false }

/** Waiters below whom they wait for; any number of them. */
export function LockTree({ picture }: { readonly picture: LockPicture }) {
  const selectedPid = useLocks((state) => state.selectedPid)
  const lines = useMemo(() => listLines(picture), [picture])
  const selected = lines.find(({ node }) => node.pid === selectedPid && !node.isRepeated)
  return (
    <DataTable
      label="Tree of waiting processes"
      columns={columns}
      rows={lines}
      keyOf={(line) => line.key}
      order={inOrder}
      onOrder={() => {}}
      selectedKey={selected?.key}
      onSelect={({ node }) => selectProcess(node.pid)}
      minWidthPx={820}
    />
  )
}

const waited = ({ process }: TreeLine) => (process === undefined ? undefined : longestWaitMs(process))

const columns: readonly DataColumn<TreeLine>[] = [
  {
    id: 'process',
    title: 'Process',
    origin: 'Who waits stands below whom it waits for',
    width: 'minmax(200px, 0.8fr)',
    text: ({ depth, process, node }) =>
      `${'  '.repeat(depth)}${process === undefined ? node.pid : nameProcess(process)}`,
    render: ({ depth, node, process }) => (
      <span className="inline-flex max-w-full items-center gap-1.5" style={{ paddingLeft: depth * 16 }}>
        {depth > 0 && (
          <span aria-hidden className="text-ink-3">
            └
          </span>
        )}
        <span className={`truncate ${depth === 0 ? 'font-semibold' : ''}`}>
          {process === undefined ? node.pid : nameProcess(process)}
        </span>
        {node.isInCycle && <Badge tone="bad">deadlock</Badge>}
        {node.isSoft && <span className="text-ink-3 text-xs">in the queue</span>}
        {node.isRepeated && <span className="text-ink-3 text-xs">shown elsewhere</span>}
      </span>
    ),
  },
  {
    id: 'state',
    title: 'State',
    origin: 'pg_stat_activity.state',
    width: '124px',
    text: ({ process }) => process?.backend?.state ?? '',
  },
  {
    id: 'blocks',
    title: 'Blocks',
    origin: 'how many wait for it, directly or behind others',
    width: '52px',
    numeric: true,
    text: ({ process }) => (process === undefined || process.blocks === 0 ? '' : String(process.blocks)),
  },
  {
    id: 'waited',
    title: 'Waits for',
    origin: 'since pg_locks.waitstart (PostgreSQL 14 and later)',
    width: '76px',
    numeric: true,
    text: (line) => {
      const ms = waited(line)
      return ms === undefined ? '' : formatDuration(Math.round(ms))
    },
  },
  {
    id: 'lock',
    title: 'Lock',
    origin: 'pg_locks: what is awaited; of those at the root, what is held and in the way',
    width: 'minmax(180px, 0.8fr)',
    text: ({ process }) =>
      process === undefined
        ? ''
        : process.waits.length > 0
          ? process.waits.map(describeWait).join(', ')
          : `holds ${describeHeld(process.held)}`,
  },
  {
    id: 'statement',
    title: 'Statement',
    origin: 'pg_stat_activity.query; of an idle transaction, its last one',
    width: 'minmax(160px, 1fr)',
    text: ({ process }) => (process === undefined ? '' : statementHead(process)),
    render: ({ process }) => (
      <span className="font-mono text-sm">{process === undefined ? '' : statementHead(process)}</span>
    ),
  },
]
