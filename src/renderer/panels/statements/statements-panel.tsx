import { ListOrdered } from 'lucide-react'
import { useMemo, useRef } from 'react'
import { describeError } from '#renderer/client/index.ts'
import {
  DataTable,
  EmptyState,
  ErrorNote,
  Input,
  Spinner,
  Split,
  SplitHandle,
  SplitPane,
} from '#renderer/kit/index.ts'
import { Limits, NothingRecorded, useLimits } from '#renderer/limits/index.ts'
import { ServerWords } from '#renderer/session-charts/index.ts'
import { useCommands, useHasRecorded, useServer, useSplitLayout } from '#renderer/state/index.ts'
import { statementColumns } from './columns.tsx'
import { completeRows } from './complete-rows.ts'
import { Trends } from './detail/trends.tsx'
import { summariseRanking } from './listed.ts'
import { selectStatement, useSelectedRow, useStatements } from './statements-state.ts'
import { useDetail } from './use-detail.ts'
import { useOpenInQuery } from './use-open-in-query.ts'
import { useRanking } from './use-ranking.ts'

const usualBlockBytes = 8_192

/** Every statement of the window's time range, by load or by any figure; the selected one over time. */
export function StatementsPanel() {
  const hasRecorded = useHasRecorded()
  if (hasRecorded === undefined) return <Waiting />
  return hasRecorded ? (
    <Recorded />
  ) : (
    <NothingRecorded icon={ListOrdered} shows="which statements take its time, and what they wait for" />
  )
}

function Recorded() {
  const { asked, rows } = useRanking()
  const { shown, isOlder } = useDetail()
  const { filter, order, selectedKey } = useStatements()
  const selected = useSelectedRow()
  const limits = useLimits(['statements'])
  const openInQuery = useOpenInQuery()
  const layout = useSplitLayout('statements.main')
  const blockBytes = useServer()?.blockBytes ?? usualBlockBytes
  const filterField = useRef<HTMLInputElement>(null)
  const { answer: ranking } = asked
  const hasFigures = ranking !== undefined && ranking.figuresMs > 0
  const most = rows[0]?.averageSessions ?? 0
  const usedKey = ranking?.figureNames.join(' ') ?? ''
  const columns = useMemo(
    () => statementColumns({ hasFigures, used: new Set(usedKey.split(' ')), blockBytes, most }),
    [hasFigures, usedKey, blockBytes, most],
  )

  useCommands([
    {
      id: 'statements.filter',
      title: 'Filter statements',
      group: 'Statements',
      keys: '/',
      run: () => filterField.current?.focus(),
    },
    {
      id: 'statements.open',
      title: 'Open the selected statement in Query',
      group: 'Statements',
      find: 'explain run edit',
      enabled: selected !== undefined,
      run: () => {
        if (selected !== undefined) openInQuery(selected)
      },
    },
  ])

  return (
    <section aria-label="Statements" className="flex h-full min-h-0 flex-col">
      <div className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-line border-b px-3 py-1">
        <Input
          ref={filterField}
          aria-label="Filter statements"
          placeholder="Filter by text, database, user …"
          value={filter}
          onChange={(text) => useStatements.setState({ filter: text })}
          className="w-64"
        />
        <span role="status" className="min-w-0 flex-1 truncate text-ink-3 text-xs">
          {ranking !== undefined && summariseRanking(ranking)}
        </span>
        <ServerWords />
      </div>
      <Limits limits={limits} />
      {asked.error !== undefined && <Problem error={asked.error} />}
      {ranking === undefined ? (
        asked.error === undefined && <Waiting />
      ) : (
        // One and the same table, with a statement open below it or not: it keeps the focus and its place.
        <Split direction="rows" className="flex-1" {...layout}>
          <SplitPane id="table" min="30%">
            <DataTable
              label="Statements"
              columns={columns}
              rows={rows}
              keyOf={({ key }) => key}
              order={order}
              onOrder={(next) => useStatements.setState({ order: next })}
              selectedKey={selectedKey}
              onSelect={({ key }) => selectStatement(key)}
              onOpen={openInQuery}
              onKey={(key) => {
                if (key !== 'Escape') return false
                selectStatement(undefined)
                return true
              }}
              completeRows={completeRows}
              minWidthPx={hasFigures ? 1_000 : 640}
              empty={
                <EmptyState
                  title={filter === '' ? 'No statement in this time range' : 'No statement fits the filter'}
                >
                  {filter === '' ? 'Nothing was at work, or nothing was recorded then.' : undefined}
                </EmptyState>
              }
            />
          </SplitPane>
          {selected !== undefined && (
            <>
              <SplitHandle label="Size of the trends" />
              <SplitPane
                id="trends"
                size="28%"
                min={110}
                className={`bg-surface-1 ${isOlder ? 'opacity-50' : ''}`}
              >
                {shown !== undefined && <Trends detail={shown} />}
              </SplitPane>
            </>
          )}
        </Split>
      )}
    </section>
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

function Waiting() {
  return (
    <div className="grid min-h-0 flex-1 place-items-center text-ink-3">
      <Spinner />
    </div>
  )
}
