import { useEffect, useRef, useState } from 'react'
import type { RunSummary } from '#shared/session/index.ts'

interface RunNoteProps {
  readonly run: RunSummary
  readonly isEdited: boolean
  /** `undefined` = given up. */
  readonly onDone: (note: string | undefined) => void
}

/** The note on a run, or the field to write it in. */
export function RunNote({ run, isEdited, onDone }: RunNoteProps) {
  if (isEdited) return <NoteField run={run} onDone={onDone} />
  return (
    <span className="min-w-0 flex-1 truncate text-ink-2" title={run.note}>
      {run.note}
    </span>
  )
}

function NoteField({ run, onDone }: Pick<RunNoteProps, 'run' | 'onDone'>) {
  const [note, setNote] = useState(run.note)
  const field = useRef<HTMLInputElement>(null)
  const isOver = useRef(false)
  useEffect(() => field.current?.focus(), [])
  // To leave the field is to be done with it, which comes once.
  const end = (given: string | undefined) => {
    if (isOver.current) return
    isOver.current = true
    onDone(given)
    // The table's keys go on from here.
    field.current?.closest<HTMLElement>('[role=grid]')?.focus()
  }
  return (
    <input
      ref={field}
      aria-label={`Note on run ${run.ordinal}`}
      value={note}
      maxLength={10_000}
      onClick={(event) => event.stopPropagation()}
      onChange={(event) => setNote(event.target.value)}
      onBlur={() => end(note)}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Enter') end(note)
        if (event.key === 'Escape') end(undefined)
      }}
      className="min-w-0 flex-1 rounded-sm border border-control bg-surface-0 px-1.5"
    />
  )
}
