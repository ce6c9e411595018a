import { type CSSProperties, useSyncExternalStore } from 'react'
import { createPortal } from 'react-dom'
import type { ChartSpec } from './model.ts'
import { momentAt, sayTotal } from './moment-words.ts'
import { cssColour } from './palette.ts'
import { formatClock } from './time-labels.ts'

/** Lines beyond this are the small ones of a stack. */
const mostLines = 12

/** As wide as it may get, with the distance from the moment. */
const mostPx = 340
const besidePx = 12

interface ReadoutProps {
  readonly spec: ChartSpec
  /** What it stands beside. */
  readonly drawing: HTMLElement
}

/**
 * What the pointed moment holds: each value with its unit, and where the figures come from. It lies over the window
 * rather than in the chart: a small one among others would cut it.
 */
export function Readout({ spec, drawing }: ReadoutProps) {
  const { pointer, range } = spec
  const atMs = useSyncExternalStore(pointer.subscribe, pointer.get)
  // Values move below a pointer that rests.
  useSyncExternalStore(spec.source.subscribe, () => spec.source.read().atMs.at(-1) ?? 0)
  const moment = atMs === undefined ? undefined : momentAt(spec, atMs)
  if (atMs === undefined || moment === undefined) return null

  const { fromMs, toMs } = range.get()
  const share = (atMs - fromMs) / (toMs - fromMs)
  if (share < 0 || share > 1) return null
  const { total, lines } = moment
  const shown = lines.filter(({ value }) => spec.shape !== 'stack' || (value !== null && value !== 0))
  const say = (value: number | null) => (value === null ? '–' : spec.format(value))
  const { source, formula, rate } = spec.provenance
  return createPortal(
    <div
      aria-hidden="true"
      data-testid="readout"
      className="pointer-events-none fixed z-40 w-max min-w-44 max-w-80 rounded-md border border-line-strong bg-surface-2 px-2.5 py-1.5 text-xs shadow-float"
      style={placeBeside(drawing.getBoundingClientRect(), share)}
    >
      <div className="flex justify-between gap-4 pb-0.5">
        <span className="text-ink-2">{formatClock(moment.atMs)}</span>
        {total !== undefined && <span className="font-semibold">{sayTotal(spec, total)}</span>}
      </div>
      {shown.slice(0, mostLines).map(({ key, label, colour, value }) => (
        <div key={key} className="flex items-center gap-1.5">
          <span className="size-2 shrink-0 rounded-sm" style={{ background: cssColour(colour) }} />
          <span className="min-w-0 flex-1 truncate text-ink-2">{label}</span>
          <span className="pl-3">{say(value)}</span>
        </div>
      ))}
      {shown.length > mostLines && <div className="text-ink-3">and {shown.length - mostLines} smaller</div>}
      <div className="mt-1 border-t border-line pt-1 text-ink-3">
        {[formula, source, rate].filter((part) => part !== undefined).join(' · ')}
      </div>
    </div>,
    document.body,
  )
}

/** To the right of the moment, or to its left where the window ends; up from the drawing's foot in the lower half. */
function placeBeside({ left, top, bottom, width }: DOMRect, share: number): CSSProperties {
  const x = left + share * width
  const isLow = (top + bottom) / 2 > innerHeight / 2
  return {
    ...(x + mostPx <= innerWidth ? { left: x + besidePx } : { right: innerWidth - x + besidePx }),
    ...(isLow ? { bottom: innerHeight - bottom + 4 } : { top: top + 4 }),
  }
}
