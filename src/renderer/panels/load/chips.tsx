import { X } from 'lucide-react'
import { Button } from '#renderer/kit/index.ts'
import { clearChips, nameOfDimension, removeChip, useLoadState } from './load-state.ts'

/** What the load is narrowed down to; each can be taken off. */
export function Chips() {
  const chips = useLoadState((state) => state.chips)
  if (chips.length === 0) return null
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-1.5 border-line border-b px-3 py-1 text-sm">
      <span className="text-ink-3">Only</span>
      <ul aria-label="Filters" className="contents">
        {chips.map(({ by, label }) => (
          <li
            key={by}
            className="flex min-w-0 items-center rounded-full border border-line-strong bg-surface-2 pl-2.5"
          >
            <span className="max-w-80 truncate">
              <span className="text-ink-3">{nameOfDimension(by)}</span> {label}
            </span>
            <button
              type="button"
              aria-label={`Take off ${nameOfDimension(by)} ${label}`}
              onClick={() => removeChip(by)}
              className="ml-1 grid size-5 place-items-center rounded-full text-ink-2 hover:bg-surface-3 hover:text-ink"
            >
              <X size={12} aria-hidden />
            </button>
          </li>
        ))}
      </ul>
      {chips.length > 1 && (
        <Button variant="quiet" onClick={clearChips}>
          Take off all
        </Button>
      )}
    </div>
  )
}
