import { GitCompareArrows, NotebookPen, Trash2 } from 'lucide-react'
import { IconButton } from '#renderer/kit/index.ts'
import type { RunSummary } from '#shared/session/index.ts'

interface RunActionsProps {
  readonly run: RunSummary
  /** Absent where there is nothing to compare. */
  readonly onCompare: (() => void) | undefined
  readonly onNote: () => void
  readonly onRemove: () => void
}

/** What can be done to a run. The row opens on a click; these buttons do their own thing. */
export function RunActions({ run, onCompare, onNote, onRemove }: RunActionsProps) {
  return (
    <div className="flex shrink-0" onClick={(event) => event.stopPropagation()}>
      {onCompare !== undefined && (
        <IconButton
          icon={GitCompareArrows}
          label={`Compare run ${run.ordinal} with the shown run`}
          keys="c"
          onClick={onCompare}
        />
      )}
      <IconButton icon={NotebookPen} label={`Note on run ${run.ordinal}`} keys="n" onClick={onNote} />
      <IconButton icon={Trash2} label={`Remove run ${run.ordinal}`} onClick={onRemove} />
    </div>
  )
}
