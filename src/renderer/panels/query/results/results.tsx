import { Copy, Download } from 'lucide-react'
import { useMemo, useState } from 'react'
import { Button, EmptyState, ErrorNote, Spinner } from '#renderer/kit/index.ts'
import { notify, notifyError, useCommands } from '#renderer/state/index.ts'
import { formatCount } from '#shared/units/index.ts'
import { CellDialog } from './cell-dialog.tsx'
import { guessWidth } from './columns.ts'
import { copyAsTsv, exportCsv } from './export-rows.ts'
import { Grid } from './grid.tsx'
import { type Cell, type GridSelection, rectangleOf, selectCell } from './selection.ts'
import { type ResultState, useResult } from './use-result.ts'

export interface ResultsProps {
  readonly runId: string
  readonly fileName: string
  /** Rows that have arrived so far. */
  readonly rows: number
  readonly done: boolean
}

/** The rows of a run: loading, gone, empty, or a grid. */
export function Results(props: ResultsProps) {
  const result = useResult(props.runId, props.rows, props.done)
  switch (result.status) {
    case 'loading':
      return (
        <div className="grid h-full place-items-center">
          <Spinner label="Waiting for the first rows" />
        </div>
      )
    case 'gone':
      return (
        <div className="p-3">
          <ErrorNote
            tone="warn"
            title={result.error.title}
            message={result.error.message}
            advice={result.error.advice}
          />
        </div>
      )
    case 'ready':
      return result.head.columns.length === 0 ? (
        <EmptyState title="Done">
          This kind of statement returns no rows. What the server said of it is under Messages, if it said
          anything.
        </EmptyState>
      ) : (
        <ReadyResult fileName={props.fileName} result={result} />
      )
  }
}

interface ReadyResultProps {
  readonly fileName: string
  readonly result: Extract<ResultState, { status: 'ready' }>
}

const clipboardCells = 2_000_000

function ReadyResult({ fileName, result }: ReadyResultProps) {
  const { head, pages, reader } = result
  const { columns, firstRows, held } = head
  const [selection, setSelection] = useState<GridSelection>(() => selectCell({ row: 0, column: 0 }))
  const [resized, setResized] = useState<ReadonlyMap<number, number>>(new Map())
  const [opened, setOpened] = useState<Cell>()
  const [exported, setExported] = useState<number>()

  const guessed = useMemo(
    () =>
      columns.map((column, index) =>
        guessWidth(
          column,
          firstRows.map((row) => row[index] ?? null),
        ),
      ),
    [columns, firstRows],
  )
  const widths = useMemo(() => guessed.map((width, index) => resized.get(index) ?? width), [guessed, resized])
  const part = rectangleOf(selection)
  const selectedRows = Math.min(part.lastRow, held - 1) - part.firstRow + 1
  const selectedColumns = part.lastColumn - part.firstColumn + 1

  const copy = async (): Promise<void> => {
    if (held === 0) return
    if (selectedRows * selectedColumns > clipboardCells) {
      notify({
        tone: 'warn',
        title: 'That is too much for the clipboard',
        text: 'Download the rows as CSV instead.',
      })
      return
    }
    await navigator.clipboard.writeText(
      await copyAsTsv(reader, { ...part, lastRow: Math.min(part.lastRow, held - 1) }),
    )
    notify({
      tone: 'ok',
      title: `Copied ${formatCount(selectedRows)} × ${formatCount(selectedColumns)} cells`,
    })
  }

  const download = async (): Promise<void> => {
    setExported(0)
    try {
      save(await exportCsv(reader, held, setExported), fileName)
    } finally {
      setExported(undefined)
    }
  }

  useCommands([
    {
      id: 'query.results.copy',
      title: 'Copy selected cells',
      group: 'Query',
      enabled: held > 0,
      run: () => void copy().catch(notifyError),
    },
    {
      id: 'query.results.csv',
      title: 'Download rows as CSV',
      group: 'Query',
      enabled: held > 0 && exported === undefined,
      run: () => void download().catch(notifyError),
    },
  ])

  const column = opened && columns[opened.column]
  return (
    <div className="flex h-full min-h-0 flex-col">
      <Grid
        label="Rows of the result"
        columns={columns}
        widths={widths}
        rowCount={held}
        pages={pages}
        selection={selection}
        onSelect={setSelection}
        onResize={(index, width) => setResized((before) => new Map(before).set(index, width))}
        onOpen={setOpened}
        onCopy={() => void copy().catch(notifyError)}
      />
      <footer className="flex h-8 shrink-0 items-center gap-3 border-t border-line px-3 text-sm text-ink-2">
        <span className="min-w-0 truncate" title={head.truncated}>
          {formatCount(held)} {held === 1 ? 'row' : 'rows'} · {formatCount(columns.length)}{' '}
          {columns.length === 1 ? 'column' : 'columns'}
          {head.truncated !== undefined && <span className="text-warn"> · {head.truncated}</span>}
        </span>
        <span className="flex-1" />
        {selectedRows * selectedColumns > 1 && (
          <span className="shrink-0 text-ink-3">
            {formatCount(selectedRows)} × {formatCount(selectedColumns)} selected
          </span>
        )}
        <Button
          variant="quiet"
          icon={Copy}
          keys="mod+c"
          disabled={held === 0}
          onClick={() => void copy().catch(notifyError)}
        >
          Copy
        </Button>
        <Button
          variant="quiet"
          icon={Download}
          busy={exported !== undefined}
          disabled={held === 0}
          onClick={() => void download().catch(notifyError)}
        >
          {exported === undefined ? 'CSV' : `${formatCount(exported)} rows`}
        </Button>
      </footer>
      {opened && column && (
        <CellDialog cell={opened} column={column} reader={reader} onClose={() => setOpened(undefined)} />
      )}
    </div>
  )
}

function save(blob: Blob, fileName: string): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  // The browser has taken the file over by the next turn.
  setTimeout(() => URL.revokeObjectURL(url), 0)
}
