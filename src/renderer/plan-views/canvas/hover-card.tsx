import { useLayoutEffect, useRef } from 'react'
import type { HoverFact } from './hover-facts.ts'

export interface Hover {
  readonly x: number
  readonly y: number
  readonly title: string
  /** A line under the title. */
  readonly note: string | undefined
  /** Titles of what was found there. */
  readonly found: readonly string[]
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
      className="pointer-events-none absolute top-0 left-0 z-20 max-h-[calc(100%-8px)] w-max max-w-[min(420px,60%)] overflow-hidden rounded-md border border-line-strong bg-surface-2 px-2.5 py-2 text-sm shadow-float"
    >
      <p className="break-words font-semibold">{hover.title}</p>
      {hover.note !== undefined && <p className="text-ink-2 text-xs">{hover.note}</p>}
      {hover.found.length > 0 && (
        <ul className="mt-1 flex list-disc flex-col gap-0.5 pl-4">
          {hover.found.map((title) => (
            <li key={title}>{title}</li>
          ))}
        </ul>
      )}
      {hover.facts.length > 0 && (
        <dl className="mt-1.5 flex flex-col gap-1">
          {hover.facts.map((fact) => (
            <div key={fact.label} className="flex flex-wrap justify-between gap-x-4">
              <dt className="text-ink-2">{fact.label}</dt>
              <dd>{fact.value}</dd>
              <dd className="basis-full text-ink-3 text-xs">
                {fact.trust === undefined ? fact.formula : `${fact.formula} · ${fact.trust}`}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  )
}
