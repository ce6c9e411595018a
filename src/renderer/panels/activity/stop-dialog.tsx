import { client } from '#renderer/client/index.ts'
import { ConfirmDialog } from '#renderer/kit/index.ts'
import { notify, notifyError } from '#renderer/state/index.ts'
import type { BackendRow } from '#shared/contract/index.ts'

export interface Stopping {
  readonly how: 'cancel' | 'terminate'
  readonly row: BackendRow
}

/** Asks before a process is stopped, with what follows from it. */
export function StopDialog(props: { readonly stopping: Stopping | undefined; readonly onDone: () => void }) {
  const { stopping, onDone } = props
  const words = stopping === undefined ? undefined : describeStop(stopping)
  return (
    <ConfirmDialog
      open={stopping !== undefined}
      onOpenChange={(open) => (open ? undefined : onDone())}
      title={words?.title ?? ''}
      consequence={words?.consequence}
      action={words?.action ?? ''}
      onConfirm={() => {
        if (stopping !== undefined) void stop(stopping)
        onDone()
      }}
    />
  )
}

async function stop({ how, row: { pid, startedAtMs } }: Stopping): Promise<void> {
  try {
    await client.backends[how]({ pid, startedAtMs })
    const done = how === 'cancel' ? 'was told to cancel its statement' : 'was told to end'
    notify({ tone: 'ok', title: `Process ${pid} ${done}` })
  } catch (error) {
    notifyError(error)
  }
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
