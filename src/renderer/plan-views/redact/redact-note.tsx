import { EyeOff } from 'lucide-react'
import { Button, CopyButton } from '#renderer/kit/index.ts'
import type { PlanDocument } from '../document.ts'
import { listRedactions, setRedacted } from './redacted.ts'

/** Says over a redacted plan that it is one, and holds what stands for what. */
export function RedactNote({ document }: { readonly document: PlanDocument }) {
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-2 border-line border-b bg-surface-2 px-3 py-1 text-sm"
    >
      <EyeOff size={14} aria-hidden className="text-accent" />
      <span className="min-w-0 flex-1">
        Names and values are replaced here and in everything you copy; shape and figures are the plan’s own.
      </span>
      <CopyButton
        wide
        label="Copy what stands for what"
        text={() =>
          listRedactions()
            .map(({ kind, from, to }) => `${to}\t${kind}\t${from}`)
            .join('\n')
        }
      />
      <Button onClick={() => setRedacted(document.id, false)}>Show the names</Button>
    </div>
  )
}
