import { Button, ErrorNote } from '#renderer/kit/index.ts'
import type { Run } from '#shared/session/index.ts'
import { adviseOnFailure } from './outcome.ts'
import type { Shown } from './run-control.ts'

/** A run that did not get to its end: the server's own words, and what to do. */
export function RunFailure({ run, onShow }: { readonly run: Run; readonly onShow?: () => void }) {
  const { error } = run
  if (run.state === 'cancelled') {
    return (
      <div className="p-3">
        <ErrorNote
          tone="warn"
          title="Cancelled"
          message={error?.message ?? 'The server stopped the statement as asked.'}
          advice="What it had written was rolled back unless it ran outside a transaction."
        />
      </div>
    )
  }
  if (!error) return null
  const details = [
    `SQLSTATE ${error.code}`,
    ...(error.detail === undefined ? [] : [`DETAIL: ${error.detail}`]),
    ...(error.hint === undefined ? [] : [`HINT: ${error.hint}`]),
    ...(error.position === undefined ? [] : [`POSITION: ${error.position}`]),
  ].join('\n')
  const isLost = error.code === 'CONNECTION_LOST'
  // What to do where a server was lost depends on what the workbench does by itself, which only the panel knows.
  const hints = isLost ? [adviseOnFailure(run)] : [error.hint, adviseOnFailure(run)]
  const advice = hints.filter((part) => part !== undefined).join('\n')
  return (
    <div className="p-3">
      <ErrorNote
        title={isLost ? 'The connection to the server broke' : error.message}
        message={
          error.code === 'CONNECTION_LOST'
            ? error.message
            : (error.detail ?? `The server’s error ${error.code}`)
        }
        advice={advice}
        details={details}
        actions={onShow && <Button onClick={onShow}>Show where</Button>}
      />
    </div>
  )
}

/** Nothing was sent, or the run was lost from sight. */
export function StartFailure({ shown }: { readonly shown: Extract<Shown, { kind: 'refused' | 'lost' }> }) {
  const { title, message, advice, code } = shown.error
  return (
    <div className="p-3">
      <ErrorNote title={title} message={message} advice={advice} details={code} />
    </div>
  )
}
