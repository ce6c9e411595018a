import { ListChecks } from 'lucide-react'
import { Tooltip } from '#renderer/kit/index.ts'
import { useConnection } from '#renderer/state/index.ts'
import { openDialog } from '../dialogs.ts'

/** How much of what a profiler can use this server offers. */
export function CapabilitiesButton() {
  const connection = useConnection()
  if (connection.status !== 'connected') return null
  const { capabilities } = connection
  const missing = capabilities.filter(({ state, isExtra }) => state !== 'present' && isExtra !== true).length
  const text = missing === 0 ? 'nothing missing' : `${missing} missing`
  return (
    <Tooltip text="What this server offers to a profiler, and how to get what is missing">
      <button
        type="button"
        aria-label={`Capabilities: ${text}`}
        onClick={() => openDialog({ kind: 'capabilities' })}
        className="flex h-7 shrink-0 items-center gap-1.5 rounded-md px-2 text-ink-2 hover:bg-surface-3 hover:text-ink"
      >
        <ListChecks size={15} aria-hidden className="text-ink-3" />
        <span className="max-xl:sr-only">{text}</span>
        <span aria-hidden className="xl:hidden">
          {missing === 0 ? '' : missing}
        </span>
      </button>
    </Tooltip>
  )
}
