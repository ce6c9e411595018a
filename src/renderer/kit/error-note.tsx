import { CircleAlert, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { classes } from './classes.ts'
import { CopyButton } from './copy-button.tsx'

export interface ErrorNoteProps {
  /** What failed. */
  readonly title: string
  /** Why. */
  readonly message: ReactNode
  /** What to try. */
  readonly advice?: ReactNode
  /** The server's or the system's own words; folded away, and copied with the rest. */
  readonly details?: string
  readonly tone?: 'bad' | 'warn'
  readonly actions?: ReactNode
}

/** What failed, why, and what to try; details are one click away. */
export function ErrorNote({ title, message, advice, details, tone = 'bad', actions }: ErrorNoteProps) {
  const Icon = tone === 'bad' ? CircleAlert : TriangleAlert
  return (
    <div
      role={tone === 'bad' ? 'alert' : 'status'}
      className={classes(
        'flex gap-2.5 rounded-md border border-l-3 border-line-strong bg-surface-1 px-3 py-2.5 text-left select-text',
        tone === 'bad' ? 'border-l-bad' : 'border-l-warn',
      )}
    >
      <Icon
        size={16}
        aria-hidden
        className={classes('mt-0.5 shrink-0', tone === 'bad' ? 'text-bad' : 'text-warn')}
      />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <p className="font-semibold">{title}</p>
        <div className="break-words whitespace-pre-wrap">{message}</div>
        {advice !== undefined && advice !== '' && (
          <div className="break-words whitespace-pre-wrap text-ink-2">{advice}</div>
        )}
        {details !== undefined && details !== '' && (
          <details className="mt-0.5">
            <summary className="w-fit text-sm text-ink-3 hover:text-ink">Details</summary>
            <div className="mt-1 flex items-start gap-1 rounded-sm bg-surface-0 py-1 pr-1 pl-2">
              <pre className="min-w-0 flex-1 overflow-auto py-1 font-mono text-sm whitespace-pre-wrap">
                {details}
              </pre>
              <CopyButton label="Copy details" text={details} />
            </div>
          </details>
        )}
        {actions !== undefined && <div className="mt-1.5 flex flex-wrap gap-2">{actions}</div>}
      </div>
    </div>
  )
}
