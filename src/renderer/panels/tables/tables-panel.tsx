import { Table2 } from 'lucide-react'
import { memo, type ReactNode, useDeferredValue, useEffect, useMemo, useRef } from 'react'
import { describeError } from '#renderer/client/index.ts'
import {
  type DataColumn,
  DataTable,
  EmptyState,
  ErrorNote,
  Input,
  Spinner,
  TabPanel,
  Tabs,
} from '#renderer/kit/index.ts'
import { NothingRecorded } from '#renderer/limits/index.ts'
import { MomentServerWords } from '#renderer/session-charts/index.ts'
import { useCommands, useHasRecorded, useRecordingState } from '#renderer/state/index.ts'
import { filterRows, type SchemaRows } from './build-rows.ts'
import { candidateColumns, indexColumns } from './index-columns.tsx'
import { tableColumns } from './table-columns.tsx'
import { type ListId, useTables } from './tables-state.ts'
import { useSchemaRows } from './use-schema-rows.ts'
import { describeSpan } from './words.ts'

/** How tables and indexes stand at the end of the range, and what came over it. */
export function TablesPanel() {
  const { rows, error, isLoading } = useSchemaRows()
  // The inspector shows the same reading.
  useEffect(() => useTables.setState({ rows }), [rows])
  const filterField = useRef<HTMLInputElement>(null)
  const { list, filter } = useTables()
  // Ten thousand rows are searched when there is time: what is typed shows at once.
  const shownFilter = useDeferredValue(filter)
  useCommands([
    {
      id: 'tables.filter',
      title: 'Filter tables and indexes',
      group: 'Tables',
      keys: '/',
      run: () => filterField.current?.focus(),
    },
  ])

  if (error !== undefined && rows === undefined) {
    const { title, message, advice } = describeError(error)
    return (
      <div className="p-3">
        <ErrorNote title={title} message={message} advice={advice} />
      </div>
    )
  }
  if (rows === undefined) return <Nothing isLoading={isLoading} />
  const troubled = rows.indexes.filter(({ troubles }) => troubles.length > 0).length
  return (
    <Tabs
      label="Lists"
      className="h-full"
      value={list}
      onChange={(next: ListId) => useTables.setState({ list: next })}
      items={[
        { id: 'tables', label: <Counted word="Tables" count={rows.tables.length} /> },
        {
          id: 'indexes',
          label: (
            <Counted word="Indexes" count={rows.indexes.length} {...(troubled === 0 ? {} : { troubled })} />
          ),
        },
        { id: 'missing', label: <Counted word="Perhaps missing" count={rows.candidates.length} /> },
      ]}
      actions={
        <Input
          ref={filterField}
          aria-label="Filter tables and indexes"
          placeholder="Filter by name"
          value={filter}
          onChange={(text) => useTables.setState({ filter: text })}
          className="w-44"
        />
      }
    >
      <Lists rows={rows} filter={shownFilter} />
    </Tabs>
  )
}

interface ListsProps {
  readonly rows: SchemaRows
  readonly filter: string
}

const Lists = memo(function Lists({ rows, filter }: ListsProps) {
  const columns = useMemo(() => tableColumns(rows.atMs), [rows.atMs])
  const nothingFits = <EmptyState title="Nothing fits the filter" />
  return (
    <>
      <List
        id="tables"
        label="Tables"
        columns={columns}
        rows={filterRows(rows.tables, filter, ({ table }) => `${table.schema}.${table.name}`)}
        minWidthPx={1_040}
        empty={filter === '' ? <EmptyState title="This database has no tables" /> : nothingFits}
        head={<Span rows={rows} />}
      />
      <List
        id="indexes"
        label="Indexes"
        columns={indexColumns}
        rows={filterRows(
          rows.indexes,
          filter,
          ({ index, troubles }) =>
            `${index.schema}.${index.table} ${index.name} ${troubles.map(({ kind }) => kind).join(' ')}`,
        )}
        minWidthPx={960}
        empty={filter === '' ? <EmptyState title="This database has no indexes" /> : nothingFits}
        head={<Span rows={rows} />}
      />
      <List
        id="missing"
        label="Indexes that may be missing"
        columns={candidateColumns}
        rows={filterRows(rows.candidates, filter, ({ candidate }) =>
          candidate.kind === 'seq-scans'
            ? `${candidate.table.schema}.${candidate.table.name}`
            : `${candidate.key.schema}.${candidate.key.table} ${candidate.key.name}`,
        )}
        minWidthPx={640}
        empty={
          filter === '' ? (
            <EmptyState title="No sign of a missing index">
              No large table was read from end to end over this range, and every foreign key has an index.
            </EmptyState>
          ) : (
            nothingFits
          )
        }
        head={<Span rows={rows} />}
      />
    </>
  )
})

interface ListProps<Row> {
  readonly id: ListId
  readonly label: string
  readonly columns: readonly DataColumn<Row>[]
  readonly rows: readonly Row[]
  readonly minWidthPx: number
  readonly empty: ReactNode
  readonly head: ReactNode
}

function List<Row extends { readonly key: string }>(props: ListProps<Row>) {
  const { id, head, ...table } = props
  const order = useTables((state) => state.orders[id])
  const selectedKey = useTables((state) => state.selectedKey)
  return (
    <TabPanel id={id} className="flex flex-col">
      {head}
      <DataTable
        {...table}
        keyOf={({ key }) => key}
        order={order}
        onOrder={(next) => useTables.setState(({ orders }) => ({ orders: { ...orders, [id]: next } }))}
        selectedKey={selectedKey}
        onSelect={({ key }) => useTables.setState({ selectedKey: key })}
      />
    </TabPanel>
  )
}

/** What the figures are over, when they were read, and what could not be seen. */
function Span({ rows }: { readonly rows: SchemaRows }) {
  return (
    <div role="status" className="shrink-0 border-line border-b px-3 py-1 text-ink-3 text-xs">
      <MomentServerWords atMs={rows.atMs} /> {describeSpan(rows)}
      {rows.notes.map((note) => ` ${note}`)}
    </div>
  )
}

function Counted(props: { readonly word: string; readonly count: number; readonly troubled?: number }) {
  const { word, count, troubled } = props
  return (
    <>
      {word}
      <span className="text-ink-3 text-xs">{count}</span>
      {troubled !== undefined && <span className="text-warn text-xs">{troubled} in trouble</span>}
    </>
  )
}

function Nothing({ isLoading }: { readonly isLoading: boolean }) {
  const isOn = useRecordingState().status !== 'off'
  const hasRecorded = useHasRecorded()
  if (isLoading || isOn) {
    return (
      <EmptyState icon={Table2} title="Reading tables and indexes">
        <Spinner /> {!isLoading && 'The first reading comes within a minute of the recording’s start.'}
      </EmptyState>
    )
  }
  if (hasRecorded === false) {
    return (
      <NothingRecorded
        icon={Table2}
        shows="how tables and indexes are used, how much of them is dead, and what may be missing"
      />
    )
  }
  return (
    <EmptyState icon={Table2} title="No tables were recorded">
      Neither then nor before. Choose a later time on the timeline, or record the server.
    </EmptyState>
  )
}
