import { ChevronDown, ChevronUp, Search } from 'lucide-react'
import type { KeyboardEvent, RefObject } from 'react'
import { IconButton } from '#renderer/kit/index.ts'
import { searchPlan, stepMatch } from '../search/search-plan.ts'
import type { PlanViewProps } from '../view-state.ts'

interface SearchBoxProps extends Pick<PlanViewProps, 'document' | 'state' | 'matchIds' | 'onChange'> {
  readonly field: RefObject<HTMLInputElement | null>
  /** Little room: Enter goes on, without buttons that say so. */
  readonly compact: boolean
  /** Escape: back to the view. */
  readonly onLeave: () => void
}

/** Searches all views at once: Enter goes to the next match, Shift+Enter to the one before. */
export function SearchBox({ document, state, matchIds, onChange, field, compact, onLeave }: SearchBoxProps) {
  const step = (direction: 1 | -1) => {
    // What is shown as found may be a letter behind the field; where Enter leads to is not.
    const now = searchPlan(document.plan, state.search)
    const found = now && stepMatch(now, state.selectedId, direction)
    if (found !== undefined) onChange({ selectedId: found })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') step(event.shiftKey ? -1 : 1)
    else if (event.key === 'Escape') {
      onChange({ search: '' })
      onLeave()
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  const at = matchIds?.indexOf(state.selectedId) ?? -1
  return (
    <div
      role="search"
      aria-label="Plan"
      className={`flex flex-1 items-center gap-0.5 ${compact ? 'min-w-20 basis-20' : 'min-w-28 basis-28'}`}
    >
      <span className="flex h-6.5 min-w-0 max-w-72 flex-1 items-center gap-1.5 rounded-md border border-line-strong bg-surface-0 px-2 focus-within:outline-2 focus-within:outline-accent hover:border-control">
        <Search size={13} aria-hidden className="shrink-0 text-ink-3" />
        <input
          ref={field}
          aria-label="Search the plan"
          placeholder="Search  /"
          spellCheck={false}
          autoComplete="off"
          value={state.search}
          onChange={(event) => onChange({ search: event.target.value })}
          onKeyDown={onKeyDown}
          className="min-w-0 flex-1 bg-transparent outline-none"
        />
        <span role="status" className="shrink-0 whitespace-nowrap text-ink-3 text-xs">
          {matchIds === undefined ? '' : describeMatches(at, matchIds.length, compact)}
        </span>
      </span>
      {!compact && matchIds !== undefined && matchIds.length > 0 && (
        <>
          <IconButton icon={ChevronUp} label="Previous match" keys="shift+enter" onClick={() => step(-1)} />
          <IconButton icon={ChevronDown} label="Next match" keys="enter" onClick={() => step(1)} />
        </>
      )}
    </div>
  )
}

function describeMatches(at: number, count: number, compact: boolean): string {
  if (compact) return at >= 0 ? `${at + 1}/${count}` : String(count)
  if (count === 0) return 'no node'
  if (at >= 0) return `${at + 1} of ${count}`
  return count === 1 ? '1 node' : `${count} nodes`
}
