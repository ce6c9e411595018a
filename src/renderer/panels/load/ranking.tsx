import { Filter } from 'lucide-react'
import { useMemo, useState } from 'react'
import { type ChartSeries, cssColour } from '#renderer/charts/index.ts'
import { client } from '#renderer/client/index.ts'
import { Button, type DataColumn, DataTable, EmptyState, type SortOrder } from '#renderer/kit/index.ts'
import { useLimits } from '#renderer/limits/index.ts'
import { briefLabelOfKey, type LoadFilter } from '#renderer/session-charts/index.ts'
import { runCommand, useAsked, useConnection, useWorkbench } from '#renderer/state/index.ts'
import type { LoadDimension } from '#shared/activity/index.ts'
import type { LoadRow } from '#shared/contract/index.ts'
import { formatCount, formatFigure, formatFigureAligned, formatPercentAligned } from '#shared/units/index.ts'
import { ClassBar } from './class-bar.tsx'
import { addChip, nameOfDimension, useLoadState } from './load-state.ts'

const limit = 200

interface RankingProps {
  readonly filter: LoadFilter
  /** The chart's layers, whose colours stand beside their rows. */
  readonly layers: readonly ChartSeries[]
}

/** The same load as a table: who or what it is of, and what that waited for. */
export function Ranking({ filter, layers }: RankingProps) {
  const { by, selected } = useLoadState()
  const [order, setOrder] = useState<SortOrder>({ columnId: 'sessions', descending: true })
  const { answer, isLoading } = useAsked(
    async ({ sessionId, range }, signal) => ({
      by,
      ...(await client.load.ranking({ sessionId, range, by, limit, filter }, { signal })),
    }),
    [by, filter],
    { of: 'server', mostHz: 1 },
  )
  const isIdleDemo = useIsIdleDemo()
  const isPartial = useLimits(['activity']).length > 0
  const ranking = answer?.by === by ? answer : undefined
  const rows = ranking?.rows
  const colours = useMemo(() => new Map(layers.map(({ key, colour }) => [key, cssColour(colour)])), [layers])
  const most = Math.max(0, ...(rows ?? []).map((row) => row.averageSessions))
  const columns = useMemo(() => rankingColumns(by, colours, most), [by, colours, most])
  return (
    <section aria-label={`Load by ${nameOfDimension(by)}, ranked`} className="flex min-h-0 flex-1 flex-col">
      <DataTable
        label={`Load by ${nameOfDimension(by)}`}
        columns={columns}
        rows={rows ?? []}
        keyOf={(row) => row.key}
        order={order}
        onOrder={setOrder}
        selectedKey={selected?.key}
        onSelect={(row) => useLoadState.setState({ selected: row })}
        onOpen={(row) => only(by, row)}
        minWidthPx={340}
        empty={
          isLoading || rows === undefined ? undefined : (
            <EmptyState
              title={isPartial ? 'No load that can be seen in this range' : 'No load in this range'}
              actions={
                isIdleDemo && <Button onClick={() => runCommand('demo.workload')}>Give the demo work…</Button>
              }
            >
              {isPartial
                ? 'What other users did is hidden.'
                : 'Nobody was at work, or nothing was sampled: gaps are hatched in the chart.'}
            </EmptyState>
          )
        }
      />
      <p className="flex h-6 shrink-0 items-center gap-2 border-line border-t px-3 text-ink-3 text-xs">
        {ranking !== undefined && (
          <>
            <span>{formatFigure(ranking.averageSessions)} sessions on average</span>
            {ranking.more > 0 && <span>· {formatCount(ranking.more)} more rows</span>}
            <span className="ml-auto truncate">Enter: only this</span>
          </>
        )}
      </p>
    </section>
  )
}

/** The demo's own troubles are all switched off: whoever looks at it for the first time sees an empty chart. */
function useIsIdleDemo(): boolean {
  const connection = useConnection()
  const isIdle = useWorkbench(
    ({ state }) => state?.demo.status === 'running' && !state.demo.stories.some(({ running }) => running),
  )
  return isIdle && connection.status === 'connected' && connection.isDemo
}

function only(by: LoadDimension, row: LoadRow): void {
  addChip({ by, key: row.key, label: briefLabelOfKey(by, row.key, row.label) })
}

function rankingColumns(
  by: LoadDimension,
  colours: ReadonlyMap<string, string>,
  most: number,
): readonly DataColumn<LoadRow>[] {
  const label = (row: LoadRow) => briefLabelOfKey(by, row.key, row.label)
  const isCode = by === 'statement'
  return [
    {
      id: 'key',
      title: nameOfDimension(by).replace(/^./, (first) => first.toUpperCase()),
      origin: `pg_stat_activity, told apart by ${nameOfDimension(by)}; the colour is the chart’s`,
      width: isCode ? 'minmax(150px, 2.4fr)' : 'minmax(100px, 1.2fr)',
      text: label,
      render: (row) => (
        <span className="flex items-center gap-2">
          <span
            aria-hidden="true"
            className="size-2 shrink-0 rounded-sm"
            style={{ background: colours.get(row.key) ?? 'var(--line-strong)' }}
          />
          <span className={`min-w-0 flex-1 truncate ${isCode ? 'font-mono text-sm' : ''}`} title={label(row)}>
            {label(row)}
          </span>
          <button
            type="button"
            // Rows are walked by arrows, and Enter does the same.
            tabIndex={-1}
            aria-label={`Only ${label(row)}`}
            title="Only this"
            onClick={(event) => {
              event.stopPropagation()
              only(by, row)
            }}
            className="grid size-5 shrink-0 place-items-center rounded-sm text-ink-3 hover:bg-surface-3 hover:text-ink"
          >
            <Filter size={12} aria-hidden />
          </button>
        </span>
      ),
    },
    {
      id: 'load',
      title: 'Wait classes',
      origin:
        'What its sessions did: the wait classes’ share of its load, as wide as its load beside the largest',
      width: 'minmax(70px, 1fr)',
      sortBy: (row) => row.averageSessions,
      numeric: false,
      text: (row) => row.byClass.map(([name, sessions]) => `${name} ${formatFigure(sessions)}`).join(', '),
      render: (row) => <ClassBar byClass={row.byClass} most={most} />,
    },
    {
      id: 'sessions',
      title: 'Sessions',
      origin: 'Average active sessions over the range',
      width: '66px',
      numeric: true,
      sortBy: (row) => row.averageSessions,
      text: (row) => formatFigureAligned(row.averageSessions),
    },
    {
      id: 'share',
      title: 'Share',
      origin: 'Of the whole load in the range',
      width: '58px',
      numeric: true,
      sortBy: (row) => row.share,
      text: (row) => formatPercentAligned(row.share),
    },
  ]
}
