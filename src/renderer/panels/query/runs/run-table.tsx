import { useVirtualizer } from '@tanstack/react-virtual'
import { GitCompareArrows, NotebookPen, Trash2 } from 'lucide-react'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { ConfirmDialog, EmptyState, IconButton, Input } from '#renderer/kit/index.ts'
import type { RunSummary } from '#shared/session/index.ts'
import { hasPlan } from '../compare-runs.ts'
import { listRuns } from './compare.ts'
import { runColumns } from './run-columns.tsx'

const rowPx = 28
const noteWidth = 'minmax(90px, 0.5fr)'
const actionsWidth = '82px'
const template = [...runColumns.map((column) => column.width), noteWidth, actionsWidth].join(' ')

interface RunTableProps {
  readonly runs: readonly RunSummary[]
  readonly openedRunId: string | undefined
  readonly onOpen: (runId: string) => void
  readonly onCompare: ((runId: string) => void) | undefined
  readonly onNote: (runId: string, note: string) => void
  readonly onRemove: (runId: string) => void
}

/** Every run of the session, figures side by side. Arrows walk, Enter opens, c compares, Delete removes after a question. */
export function RunTable({ runs, openedRunId, onOpen, onCompare, onNote, onRemove }: RunTableProps) {
  const [filter, setFilter] = useState('')
  const [activeId, setActiveId] = useState<string>()
  const [noteOf, setNoteOf] = useState<string>()
  const [removing, setRemoving] = useState<RunSummary>()
  const listed = useMemo(() => listRuns(runs, filter), [runs, filter])
  const opened = runs.find((run) => run.runId === openedRunId)
  const active = listed.find((run) => run.runId === (activeId ?? openedRunId)) ?? listed[0]
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: listed.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: 10,
  })

  const comparable = (run: RunSummary): boolean =>
    onCompare !== undefined && run.runId !== openedRunId && hasPlan(run)

  const move = (to: number) => {
    const index = Math.min(Math.max(to, 0), listed.length - 1)
    const run = listed[index]
    if (run === undefined) return
    setActiveId(run.runId)
    virtual.scrollToIndex(index, { align: 'auto' })
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.target !== event.currentTarget || active === undefined) return
    const at = listed.indexOf(active)
    const actions: Record<string, () => void> = {
      ArrowDown: () => move(at + 1),
      ArrowUp: () => move(at - 1),
      Home: () => move(0),
      End: () => move(listed.length - 1),
      Enter: () => onOpen(active.runId),
      Delete: () => setRemoving(active),
      c: () => comparable(active) && onCompare?.(active.runId),
    }
    const action = actions[event.key]
    if (action === undefined) return
    event.preventDefault()
    action()
  }

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
        <div className="w-72">
          <Input
            aria-label="Filter runs by statement or note"
            placeholder="Filter by statement or note"
            value={filter}
            onChange={setFilter}
          />
        </div>
        <span className="text-ink-3 text-xs" role="status">
          {listed.length === runs.length ? `${runs.length} runs` : `${listed.length} of ${runs.length} runs`}
        </span>
      </div>
      <div
        ref={scroller}
        role="grid"
        aria-label="Runs"
        aria-rowcount={listed.length + 1}
        aria-colcount={runColumns.length + 2}
        aria-activedescendant={active === undefined ? undefined : `run-${active.runId}`}
        tabIndex={0}
        onKeyDown={onKeyDown}
        className="min-h-0 flex-1 overflow-auto outline-offset-[-2px]"
      >
        <div className="min-w-[920px]">
          <div
            role="row"
            aria-rowindex={1}
            className="sticky top-0 z-10 grid h-[26px] items-center gap-x-3 border-line border-b bg-surface-1 px-3 text-ink-3 text-xs"
            style={{ gridTemplateColumns: template }}
          >
            {runColumns.map((column) => (
              <span
                key={column.id}
                role="columnheader"
                title={column.origin}
                className={column.numeric ? 'text-right' : ''}
              >
                {column.title}
              </span>
            ))}
            <span role="columnheader">Note</span>
            <span role="columnheader">
              <span className="sr-only">Actions</span>
            </span>
          </div>
          <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map((item) => {
              const run = listed[item.index]
              if (run === undefined) return null
              return (
                <div
                  key={run.runId}
                  id={`run-${run.runId}`}
                  role="row"
                  aria-rowindex={item.index + 2}
                  aria-selected={run.runId === openedRunId}
                  onClick={() => {
                    setActiveId(run.runId)
                    onOpen(run.runId)
                  }}
                  className={`absolute inset-x-0 grid cursor-pointer items-center gap-x-3 border-line/60 border-b px-3 ${
                    run.runId === openedRunId ? 'bg-surface-3' : 'hover:bg-surface-2'
                  } ${run === active ? 'shadow-[inset_2px_0_0_var(--accent)]' : ''}`}
                  style={{ gridTemplateColumns: template, top: item.start, height: rowPx }}
                >
                  {runColumns.map((column) => (
                    <div
                      key={column.id}
                      role="gridcell"
                      className={`min-w-0 truncate ${column.numeric ? 'text-right' : ''}`}
                    >
                      {column.render(run, opened)}
                    </div>
                  ))}
                  <div role="gridcell" className="min-w-0 truncate">
                    {noteOf === run.runId ? (
                      <NoteField
                        run={run}
                        onDone={(note) => {
                          setNoteOf(undefined)
                          if (note !== undefined && note !== run.note) onNote(run.runId, note)
                          scroller.current?.focus()
                        }}
                      />
                    ) : (
                      <span className="text-ink-2" title={run.note}>
                        {run.note}
                      </span>
                    )}
                  </div>
                  {/* The row opens on a click; its buttons do their own thing. */}
                  <div
                    role="gridcell"
                    className="flex justify-end"
                    onClick={(event) => event.stopPropagation()}
                  >
                    {comparable(run) && (
                      <IconButton
                        icon={GitCompareArrows}
                        label={`Compare run ${run.ordinal} with the shown run`}
                        keys="c"
                        onClick={() => onCompare?.(run.runId)}
                      />
                    )}
                    <IconButton
                      icon={NotebookPen}
                      label={`Note on run ${run.ordinal}`}
                      onClick={() => setNoteOf(run.runId)}
                    />
                    <IconButton
                      icon={Trash2}
                      label={`Remove run ${run.ordinal}`}
                      onClick={() => setRemoving(run)}
                    />
                  </div>
                </div>
              )
            })}
          </div>
        </div>
      </div>
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

interface NoteFieldProps {
  readonly run: RunSummary
  /** `undefined` = given up. */
  readonly onDone: (note: string | undefined) => void
}

function NoteField({ run, onDone }: NoteFieldProps) {
  const [note, setNote] = useState(run.note)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  return (
    <input
      ref={field}
      aria-label={`Note on run ${run.ordinal}`}
      value={note}
      maxLength={10_000}
      onClick={(event) => event.stopPropagation()}
      onChange={(event) => setNote(event.target.value)}
      onBlur={() => onDone(note)}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Enter') onDone(note)
        if (event.key === 'Escape') onDone(undefined)
      }}
      className="w-full rounded-sm border border-control bg-surface-0 px-1.5"
    />
  )
}
