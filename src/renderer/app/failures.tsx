import { Button, Dialog, ErrorNote } from '#renderer/kit/index.ts'
import type { Failure } from './boundary.tsx'
import { closeDialog } from './dialogs.ts'

/** In the place of a panel: the frame, the recording and the other panels go on. */
export function PanelFailure({ title, error, tryAgain }: Failure) {
  return (
    <div className="mx-auto w-full max-w-150 p-6">
      <ErrorNote
        title={sayStopped(title)}
        message="Nothing that was recorded is lost, and the other panels go on."
        advice={onceMore}
        details={detailsOf(error)}
        actions={<Button onClick={tryAgain}>Try again</Button>}
      />
    </div>
  )
}

/** In the place of a narrow part of the frame, with a line's room. */
export function PartFailure({ title, error, tryAgain }: Failure) {
  return (
    <div
      role="alert"
      title={detailsOf(error)}
      className="flex min-w-0 items-center gap-3 border-line border-y bg-surface-1 px-3 py-1 text-sm"
    >
      <span className="min-w-0 text-bad">{sayStopped(title)}</span>
      <Button className="h-6!" onClick={tryAgain}>
        Try again
      </Button>
    </div>
  )
}

/** A dialog that failed is closed like any other. */
export function DialogFailure({ title, error }: Failure) {
  return (
    <Dialog open title="Failure" onOpenChange={closeDialog}>
      <ErrorNote
        title={sayStopped(title)}
        message="Nothing else was touched by it."
        advice={onceMore}
        details={detailsOf(error)}
      />
    </Dialog>
  )
}

/** In the place of everything. */
export function WindowFailure({ title, error }: Failure) {
  return (
    <main aria-label="Failure" className="mx-auto w-full max-w-150 p-6">
      <h1 className="sr-only">Barograph</h1>
      <ErrorNote
        title={sayStopped(title)}
        message="The workbench behind it goes on, and its recording too: nothing is lost."
        advice={onceMore}
        details={detailsOf(error)}
        actions={<Button onClick={() => location.reload()}>Load the window anew</Button>}
      />
    </main>
  )
}

const sayStopped = (title: string) => `${title} stopped: something in it failed unexpectedly`

const onceMore = 'Try again; if it happens once more, a report with the details helps to mend it.'

const detailsOf = (error: Error) => error.stack ?? error.message
