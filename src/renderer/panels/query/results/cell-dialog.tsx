import { useEffect, useState } from 'react'
import { describeError, type ErrorDescription } from '#renderer/client/index.ts'
import { CopyButton, Dialog, ErrorNote, Spinner } from '#renderer/kit/index.ts'
import { formatCount } from '#shared/units/index.ts'
import type { ResultColumn } from './columns.ts'
import type { ResultReader } from './export-rows.ts'
import type { Cell } from './selection.ts'

/** More than this is not laid out as one text without a stutter; Copy takes all of it. */
const drawnChars = 300_000

interface CellDialogProps {
  readonly cell: Cell
  readonly column: ResultColumn
  readonly reader: ResultReader
  readonly onClose: () => void
}

type Loaded =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly value: string | null }
  | { readonly status: 'failed'; readonly error: ErrorDescription }

/** One cell, whole. */
export function CellDialog({ cell, column, reader, onClose }: CellDialogProps) {
  const [loaded, setLoaded] = useState<Loaded>({ status: 'loading' })
  useEffect(() => {
    let stale = false
    const load = async (): Promise<void> => {
      try {
        const value = await reader.cell(cell.row, cell.column)
        if (!stale) setLoaded({ status: 'ready', value })
      } catch (error) {
        if (!stale) setLoaded({ status: 'failed', error: describeError(error) })
      }
    }
    void load()
    return () => {
      stale = true
    }
  }, [reader, cell])
  return (
    <Dialog
      open
      width="wide"
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      title={column.name}
      description={`${column.type} · row ${formatCount(cell.row + 1)}${describeLength(loaded)}`}
      footer={
        loaded.status === 'ready' && loaded.value !== null ? (
          <CopyButton wide label="Copy cell" text={loaded.value} />
        ) : undefined
      }
    >
      <CellBody loaded={loaded} />
    </Dialog>
  )
}

function describeLength(loaded: Loaded): string {
  if (loaded.status !== 'ready' || loaded.value === null) return ''
  const { length } = loaded.value
  const cut = length > drawnChars ? `, the first ${formatCount(drawnChars)} are shown` : ''
  return ` · ${formatCount(length)} characters${cut}`
}

function CellBody({ loaded }: { readonly loaded: Loaded }) {
  if (loaded.status === 'loading') return <Spinner label="Fetching the cell" />
  if (loaded.status === 'failed') {
    const { title, message, advice } = loaded.error
    return <ErrorNote title={title} message={message} advice={advice} />
  }
  if (loaded.value === null) return <p className="text-ink-3 italic">NULL</p>
  if (loaded.value === '') return <p className="text-ink-3">An empty string</p>
  return (
    <pre tabIndex={0} className="font-mono text-sm break-words whitespace-pre-wrap select-text">
      {loaded.value.slice(0, drawnChars)}
    </pre>
  )
}
