import type { BackendRow } from '#shared/contract/index.ts'
import { ConfirmDialog } from './dialog.tsx'

export interface Stopping {
  readonly how: 'cancel' | 'terminate'
  readonly row: Pick<BackendRow, 'pid' | 'startedAtMs' | 'backendType' | 'user' | 'application' | 'blocks'>
}

/** Asks before a process is stopped, with what follows from it. */
export function StopDialog(props: {
  readonly stopping: Stopping | undefined
  readonly onStop: (stopping: Stopping) => void
  readonly onDone: () => void
}) {
  const { stopping, onStop, onDone } = props
  const words = stopping === undefined ? undefined : describeStop(stopping)
  return (
    <ConfirmDialog
      open={stopping !== undefined}
      onOpenChange={(open) => (open ? undefined : onDone())}
      title={words?.title ?? ''}
      consequence={words?.consequence}
      action={words?.action ?? ''}
      onConfirm={() => {
        if (stopping !== undefined) onStop(stopping)
        onDone()
      }}
    />
  )
}

function describeStop({ how, row }: Stopping) {
  const who = `${row.user ?? row.backendType}${row.application === undefined ? '' : `, ${row.application}`}`
  const free =
    row.blocks === 0
      ? ''
      : ` ${row.blocks} ${row.blocks === 1 ? 'process waits' : 'processes wait'} for it and can then go on, unless they wait for somebody else too.`
  if (how === 'cancel') {
    return {
      title: `Cancel the statement of process ${row.pid}?`,
      consequence: `Its client (${who}) gets an error instead of a result. Inside a transaction, all of it has to be rolled back; what it holds is held until then.${free}`,
      action: 'Cancel the statement',
    }
  }
  return {
    title: `End process ${row.pid}?`,
    consequence: `The connection of ${who} is closed and what its transaction has done is rolled back. Its client may lose work and has to connect again.${free}`,
    action: 'End the process',
  }
}
