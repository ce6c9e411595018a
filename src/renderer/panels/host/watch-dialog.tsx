import { useDeferredValue, useEffect, useState } from 'react'
import { client } from '#renderer/client/index.ts'
import { Button, Dialog, Field, Input } from '#renderer/kit/index.ts'
import { notifyError } from '#renderer/state/index.ts'
import type { ProcessChoiceRow } from '#shared/contract/index.ts'
import { addWatch, useWatches } from './watches-state.ts'

/** Chooses a process of this machine to watch with all that it starts: one that runs, or all whose command has a text. */
export function WatchDialog() {
  const isOpen = useWatches((state) => state.isAdding)
  const close = () => useWatches.setState({ isAdding: false })
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => useWatches.setState({ isAdding: open })}
      title="Watch a process"
      width="wide"
      description="With everything it starts: CPU, memory, threads and disk bytes are recorded beside the server’s."
    >
      <Choice onDone={close} />
    </Dialog>
  )
}

function Choice({ onDone }: { readonly onDone: () => void }) {
  const [search, setSearch] = useState('')
  const sought = useDeferredValue(search.trim())
  const found = useProcesses(sought)
  const isPid = /^\d+$/.test(sought)
  const choose = (choice: Parameters<typeof addWatch>[0]) => {
    addWatch(choice)
    onDone()
  }
  return (
    <div className="flex min-h-0 flex-col gap-3">
      <Field label="A part of its command, or its pid">
        {(ids) => (
          <Input {...ids} value={search} onChange={setSearch} mono placeholder="node server.js" autoFocus />
        )}
      </Field>
      {sought !== '' && !isPid && (
        <div className="flex items-center gap-3 rounded-md border border-line-strong px-3 py-2">
          <p className="min-w-0 flex-1 text-ink-2">
            Every process whose command has <code className="font-mono text-ink text-sm">{sought}</code> in
            it, now and later; found again after a restart.
          </p>
          <Button variant="primary" onClick={() => choose({ commandLine: sought })}>
            Watch these
          </Button>
        </div>
      )}
      <ul aria-label="Processes of this machine" className="flex flex-col divide-y divide-line">
        {found.map((row) => (
          <li key={row.pid} className="flex items-center gap-3 py-1">
            <span className="w-14 shrink-0 text-right text-ink-3">{row.pid}</span>
            <span className="min-w-0 flex-1 truncate font-mono text-sm" title={row.commandLine}>
              {row.commandLine}
            </span>
            <span className="shrink-0 text-ink-3 text-xs">
              {row.descendants > 0 && `and ${row.descendants} below it`}
            </span>
            <Button
              disabled={row.isWatched}
              aria-label={`Watch process ${row.pid}`}
              onClick={() => choose({ pid: row.pid })}
            >
              {row.isWatched ? 'Watched' : 'Watch'}
            </Button>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className="text-ink-3">No process of this machine fits.</p>}
    </div>
  )
}

function useProcesses(search: string): readonly ProcessChoiceRow[] {
  const [found, setFound] = useState<readonly ProcessChoiceRow[]>([])
  useEffect(() => {
    const asking = new AbortController()
    client.host.processes({ search }, { signal: asking.signal }).then(
      (rows) => setFound(rows),
      (error: unknown) => {
        if (!asking.signal.aborted) notifyError(error)
      },
    )
    return () => asking.abort()
  }, [search])
  return found
}
