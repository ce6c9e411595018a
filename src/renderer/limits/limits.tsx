import { Info } from 'lucide-react'
import { Button, CopyButton } from '#renderer/kit/index.ts'
import { requestStatement, useActivePanel, useRecordingState } from '#renderer/state/index.ts'
import type { CollectorLimit } from '#shared/session/index.ts'

/** What these collectors can't see on the server that is recorded. */
export function useLimits(collectors: readonly string[]): readonly CollectorLimit[] {
  const recording = useRecordingState()
  return recording.status === 'on'
    ? recording.limits.filter(({ collector }) => collectors.includes(collector))
    : []
}

/** What is missing, and the statement that mends it. */
export function Limits({ limits }: { readonly limits: readonly CollectorLimit[] }) {
  const [, setPanel] = useActivePanel('')
  if (limits.length === 0) return null
  return (
    <ul aria-label="What can’t be seen" className="shrink-0 border-line border-b bg-surface-2">
      {limits.map(({ message, mend }) => (
        <li key={message} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1.5">
          <Info size={14} aria-hidden className="shrink-0 text-info" />
          <span>{message}</span>
          {mend !== undefined && (
            <span className="flex min-w-0 items-center gap-1">
              <code className="min-w-0 rounded-sm bg-surface-0 px-1.5 py-0.5 font-mono text-sm break-words whitespace-pre-wrap select-text">
                {mend}
              </code>
              <CopyButton label="Copy what mends it" text={mend} />
              <Button
                variant="quiet"
                onClick={() => {
                  requestStatement(mend)
                  setPanel('query')
                }}
              >
                Open in Query
              </Button>
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}
