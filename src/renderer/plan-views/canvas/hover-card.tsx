import { useLayoutEffect, useRef } from 'react'
import type { HoverFact } from './hover-facts.ts'

export interface Hover {
  readonly x: number
  readonly y: number
  readonly title: string
  /** A line under the title. */
  readonly note: string | undefined
  readonly facts: readonly HoverFact[]
}

const awayPx = 14

/** Follows the pointer and stays inside its frame. What it says is in the outline and the inspector too. */
export function HoverCard({ hover }: { readonly hover: Hover | undefined }) {
  const card = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = card.current
    const frame = element?.offsetParent
    if (hover === undefined || element === null || frame === null || frame === undefined) return
    const right = hover.x + awayPx + element.offsetWidth > frame.clientWidth
    const left = right ? hover.x - awayPx - element.offsetWidth : hover.x + awayPx
    const top = Math.min(hover.y + awayPx, frame.clientHeight - element.offsetHeight - 4)
    element.style.transform = `translate(${Math.max(4, left)}px, ${Math.max(4, top)}px)`
  }, [hover])
  if (hover === undefined) return null
  return (
    <div
      ref={card}
      aria-hidden="true"
      data-testid="plan-hover"
      className="pointer-events-none absolute top-0 left-0 z-20 w-max max-w-90 rounded-md border border-line-strong bg-surface-2 px-2.5 py-2 text-sm shadow-float"
    >
      <p className="break-words font-semibold">{hover.title}</p>
      {hover.note !== undefined && <p className="text-ink-2 text-xs">{hover.note}</p>}
      {hover.facts.length > 0 && (
        <dl className="mt-1.5 grid grid-cols-[auto_1fr] gap-x-3 gap-y-1">
          {hover.facts.map((fact) => (
            <div key={fact.label} className="contents">
              <dt className="text-ink-2">{fact.label}</dt>
              <dd className="text-right">
                {fact.value}
                <span className="block text-ink-3 text-xs">{fact.formula}</span>
                {fact.trust !== undefined && <span className="block text-ink-3 text-xs">{fact.trust}</span>}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  )
}
