import { Notebook } from 'lucide-react'
import { useEffect, useState } from 'react'
import { client } from '#renderer/client/index.ts'
import { Badge, Button, Dialog, EmptyState, ErrorNote, Field, Input, Spinner } from '#renderer/kit/index.ts'
import { useSession } from '#renderer/state/index.ts'
import type { SessionInfo } from '#shared/session/index.ts'
import { formatBytes } from '#shared/units/index.ts'
import { formatMoment } from '../format-moment.ts'
import { useAction } from '../use-action.ts'
import { describeHoldings } from './describe-holdings.ts'
import { openSession } from './session-actions.ts'

export interface OpenSessionDialogProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
}

export function OpenSessionDialog({ open, onOpenChange }: OpenSessionDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Open a session"
      description="A session is one .barograph file with everything that was recorded in it."
    >
      <OpenSession onDone={() => onOpenChange(false)} />
    </Dialog>
  )
}

function OpenSession({ onDone }: { readonly onDone: () => void }) {
  const current = useSession((store) => store.session?.path)
  const [sessions, setSessions] = useState<readonly SessionInfo[]>()
  const [path, setPath] = useState('')
  const [problem, setProblem] = useState<string>()
  const list = useAction(async (signal) => {
    setSessions(await client.session.list(undefined, { signal }))
  })
  const open = useAction(async (signal, which: string) => {
    await openSession(which, signal)
    onDone()
  })
  const readList = list.run
  useEffect(() => readList(), [readList])
  const error = open.error ?? list.error
  return (
    <div className="flex flex-col gap-3">
      {sessions === undefined ? (
        list.busy && <Spinner label="Reading the list of sessions" />
      ) : sessions.length === 0 ? (
        <EmptyState icon={Notebook} title="No session was found" />
      ) : (
        <ul
          aria-label="Sessions"
          className="max-h-80 divide-y divide-line overflow-auto rounded-md border border-line"
        >
          {sessions.map((session) => (
            <li key={session.path}>
              <button
                type="button"
                disabled={session.path === current}
                aria-disabled={open.busy || undefined}
                onClick={() => {
                  if (!open.busy) open.run(session.path)
                }}
                title={session.path}
                className="grid w-full grid-cols-[minmax(0,1fr)_auto] gap-x-4 px-3 py-1.5 text-left enabled:hover:bg-surface-3 focus-visible:-outline-offset-2"
              >
                <span className="flex min-w-0 items-center gap-2">
                  <span className="truncate font-medium">{session.name}</span>
                  {session.path === current && <Badge>open</Badge>}
                  {session.readOnly && <Badge>read-only</Badge>}
                </span>
                <span className="text-right text-sm text-ink-3">{formatMoment(session.createdAtMs)}</span>
                <span className="truncate text-ink-2">
                  {session.remark ??
                    [...(session.holds?.servers ?? []), describeHoldings(session)].join(' · ')}
                </span>
                <span className="text-right text-ink-2">{formatBytes(session.fileBytes)}</span>
                <span className="col-span-2 truncate text-xs text-ink-3">{session.path}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <form
        className="flex items-start gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          if (path.trim().endsWith('.barograph')) open.run(path.trim())
          else setProblem('A session file ends in .barograph.')
        }}
      >
        <Field label="Or the path of a .barograph file" problem={problem} className="flex-1">
          {(ids) => (
            <Input
              {...ids}
              mono
              value={path}
              invalid={problem !== undefined}
              placeholder="/…/name.barograph"
              onChange={(typed) => {
                setPath(typed)
                setProblem(undefined)
                open.clear()
              }}
            />
          )}
        </Field>
        <Button
          type="submit"
          variant="primary"
          className="mt-6"
          busy={open.busy}
          disabled={path.trim() === ''}
        >
          Open
        </Button>
      </form>
      {error !== undefined && <ErrorNote title={error.title} message={error.message} advice={error.advice} />}
    </div>
  )
}
