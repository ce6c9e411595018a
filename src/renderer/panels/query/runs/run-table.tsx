import { useMemo, useState } from 'react'
import {
  ConfirmDialog,
  classes,
  type DataColumn,
  DataTable,
  EmptyState,
  Input,
  type SortOrder,
} from '#renderer/kit/index.ts'
import { notify } from '#renderer/state/index.ts'
import type { RunSummary } from '#shared/session/index.ts'
import { hasPlan } from '../compare-runs.ts'
import { filterRuns } from './compare.ts'
import { RunActions } from './run-actions.tsx'
import { runColumns } from './run-columns.tsx'
import { RunNote } from './run-note.tsx'

interface RunTableProps {
  readonly runs: readonly RunSummary[]
  readonly openedRunId: string | undefined
  readonly onOpen: (runId: string) => void
  readonly onCompare: ((runId: string) => void) | undefined
  readonly onNote: (runId: string, note: string) => void
  readonly onRemove: (runId: string) => void
}

/** What all columns take. */
const wholePx = 1_036

/**
 * Every run of the session, figures side by side, newest first or by any figure. Arrows walk, Enter and a click open,
 * c compares, n notes, Delete removes after a question.
 */
export function RunTable({ runs, openedRunId, onOpen, onCompare, onNote, onRemove }: RunTableProps) {
  const [filter, setFilter] = useState('')
  const [order, setOrder] = useState<SortOrder>({ columnId: 'ordinal', descending: true })
  // Where the arrows have come to, until another run is opened.
  const [walked, setWalked] = useState<{ readonly runId: string; readonly openedRunId: string | undefined }>()
  const [noteOf, setNoteOf] = useState<string>()
  const [removing, setRemoving] = useState<RunSummary>()
  const listed = useMemo(() => filterRuns(runs, filter), [runs, filter])
  const opened = runs.find((run) => run.runId === openedRunId)

  const compare = (run: RunSummary): (() => void) | undefined =>
    onCompare !== undefined && run.runId !== openedRunId && hasPlan(run)
      ? () => onCompare(run.runId)
      : undefined
  const actsOn: Readonly<Record<string, (run: RunSummary) => void>> = {
    Delete: setRemoving,
    n: ({ runId }) => setNoteOf(runId),
    c: (run) => (compare(run) ?? tellNothingToCompare)(),
  }

  const isNoted = noteOf !== undefined || listed.some(({ note }) => note !== '')
  const columns: readonly DataColumn<RunSummary>[] = [
    ...runColumns(opened),
    {
      id: 'note',
      title: 'Note',
      // Beside the buttons there is nothing to see until somebody writes something.
      width: isNoted ? 'minmax(170px, 0.6fr)' : '92px',
      origin: 'Your own words',
      text: ({ note }) => note,
      render: (run) => (
        <div className={classes('flex items-center gap-1', !isNoted && 'justify-end')}>
          <RunNote
            run={run}
            isEdited={noteOf === run.runId}
            onDone={(note) => {
              setNoteOf(undefined)
              if (note !== undefined && note !== run.note) onNote(run.runId, note)
            }}
          />
          <RunActions
            run={run}
            onCompare={compare(run)}
            onNote={() => setNoteOf(run.runId)}
            onRemove={() => setRemoving(run)}
          />
        </div>
      ),
    },
  ]

  if (runs.length === 0) {
    return (
      <EmptyState title="No runs yet">
        Every statement you run, explain or analyse is kept here with its plan, waits and figures.
      </EmptyState>
    )
  }
  return (
    <div className="flex h-full min-h-0 flex-col bg-surface-1">
      <div className="flex shrink-0 items-center gap-3 border-line border-b px-3 py-1">
        <Input
          aria-label="Filter runs by statement or note"
          placeholder="Filter by statement or note"
          value={filter}
          onChange={setFilter}
          className="w-56"
        />
        <span className="text-ink-3 text-xs" role="status">
          {listed.length === runs.length ? countRuns(runs.length) : `${listed.length} of ${runs.length} runs`}
        </span>
      </div>
      <DataTable
        label="Runs"
        columns={columns}
        rows={listed}
        keyOf={({ runId }) => runId}
        order={order}
        onOrder={setOrder}
        selectedKey={walked?.openedRunId === openedRunId ? (walked?.runId ?? openedRunId) : openedRunId}
        onSelect={({ runId }) => setWalked({ runId, openedRunId })}
        onOpen={({ runId }) => onOpen(runId)}
        opensOnClick
        onKey={(key, run) => {
          actsOn[key]?.(run)
          return key in actsOn
        }}
        rowClass={({ runId }) => (runId === openedRunId ? 'shadow-[inset_2px_0_0_var(--accent)]' : undefined)}
        minWidthPx={wholePx}
        empty={<EmptyState title="No run fits the filter" />}
      />
      <ConfirmDialog
        open={removing !== undefined}
        onOpenChange={(open) => (open ? undefined : setRemoving(undefined))}
        title={`Remove run ${removing?.ordinal ?? ''}?`}
        consequence="Its plan, waits and figures are deleted from the session file. This can't be undone."
        action={`Remove run ${removing?.ordinal ?? ''}`}
        onConfirm={() => {
          if (removing !== undefined) onRemove(removing.runId)
          setRemoving(undefined)
        }}
      />
    </div>
  )
}

const tellNothingToCompare = (): void =>
  notify({
    tone: 'info',
    title: 'Two runs with plans are compared',
    text: 'Open one of them first; then press c on the other.',
  })

const countRuns = (count: number): string => (count === 1 ? '1 run' : `${count} runs`)
