import { type KeyboardEvent, type Ref, useImperativeHandle, useRef } from 'react'
import { formatClock } from '#renderer/charts/index.ts'
import {
  currentExtent,
  currentRange,
  follow,
  followedSpanMs,
  formatSpan,
  isFollowing,
  setRange,
  setRangeEnd,
  shiftRange,
  zoomRange,
} from '#renderer/state/index.ts'
import { currentView } from './timeline-state.ts'

export interface SelectionElements {
  /** Puts the selection where the range is, on a timeline of so many pixels. */
  readonly place: (widthPx: number) => void
  /** Whether it stands elsewhere, or says something else, than where it was put last. */
  readonly wouldMove: (widthPx: number) => boolean
}

/** The window's range on the timeline: moved by its middle, resized by its ends, with the pointer or by keys. */
export function Selection({ ref }: { readonly ref: Ref<SelectionElements> }) {
  const box = useRef<HTMLDivElement>(null)
  const from = useRef<HTMLDivElement>(null)
  const to = useRef<HTMLDivElement>(null)
  const middle = useRef<HTMLDivElement>(null)

  const placed = useRef('')

  useImperativeHandle(ref, () => ({
    wouldMove: (widthPx) => placeKey(widthPx) !== placed.current,
    place(widthPx) {
      const element = box.current
      if (element === null || widthPx === 0) return
      placed.current = placeKey(widthPx)
      const view = currentView()
      const { fromMs, toMs } = currentRange()
      const { left, right } = placeOf(widthPx)
      element.hidden = right < 0 || left > widthPx
      element.style.transform = `translateX(${left}px)`
      element.style.width = `${Math.max(2, right - left)}px`
      const share = (atMs: number) => Math.round(((atMs - view.fromMs) / (view.toMs - view.fromMs)) * 100)
      tell(from.current, share(fromMs), formatClock(fromMs, 1_000))
      tell(to.current, share(toMs), isFollowing() ? 'now' : formatClock(toMs, 1_000))
      const words = isFollowing()
        ? `the last ${formatSpan(followedSpanMs())}, following`
        : `${formatClock(fromMs, 1_000)} to ${formatClock(toMs, 1_000)}`
      tell(middle.current, share((fromMs + toMs) / 2), words)
    },
  }))

  const slider = 'slider' as const
  const common = { role: slider, tabIndex: 0, 'aria-valuemin': 0, 'aria-valuemax': 100, 'aria-valuenow': 0 }
  return (
    <div
      ref={box}
      hidden
      className="pointer-events-none absolute top-0 bottom-[15px] left-0 border-accent border-x bg-accent/20"
    >
      <div
        {...common}
        ref={middle}
        aria-label="Time range"
        className="absolute inset-0 outline-offset-[-2px]"
        onKeyDown={(event) => onMiddleKey(event)}
      />
      <div
        {...common}
        ref={from}
        aria-label="Beginning of the time range"
        className="absolute inset-y-0 -left-1 w-6 rounded-sm"
        onKeyDown={(event) => onEndKey(event, 'from')}
      />
      <div
        {...common}
        ref={to}
        aria-label="End of the time range"
        className="absolute inset-y-0 -right-1 w-6 rounded-sm"
        onKeyDown={(event) => onEndKey(event, 'to')}
      />
    </div>
  )
}

/** In whole pixels. */
function placeOf(widthPx: number): { readonly left: number; readonly right: number } {
  const view = currentView()
  const { fromMs, toMs } = currentRange()
  const x = (atMs: number) => ((atMs - view.fromMs) / (view.toMs - view.fromMs)) * widthPx
  const left = Math.max(-2, x(fromMs))
  return { left: Math.round(left), right: Math.round(Math.min(widthPx + 2, Math.max(x(toMs), left + 2))) }
}

/** Place and words of the selection, which name seconds. */
function placeKey(widthPx: number): string {
  const { left, right } = placeOf(widthPx)
  const { fromMs, toMs } = currentRange()
  return [left, right, isFollowing(), Math.floor(fromMs / 1_000), Math.floor(toMs / 1_000)].join(' ')
}

/** Screen readers are told when it changes what they would say, not at every step of a followed range. */
function tell(element: HTMLElement | null, value: number, words: string): void {
  if (element === null || element.getAttribute('aria-valuetext') === words) return
  element.setAttribute('aria-valuenow', String(Math.min(100, Math.max(0, value))))
  element.setAttribute('aria-valuetext', words)
}

/** A key moves by this share of the range, or of what the timeline shows for an end. */
const rangeStep = 0.1
const endStep = 0.01

function onMiddleKey(event: KeyboardEvent): void {
  const { fromMs, toMs } = currentRange()
  const spanMs = toMs - fromMs
  const extent = currentExtent()
  act(event, {
    ArrowLeft: () => shiftRange(-spanMs * rangeStep),
    ArrowRight: () => shiftRange(spanMs * rangeStep),
    PageUp: () => shiftRange(-spanMs),
    PageDown: () => shiftRange(spanMs),
    Home: () => extent !== undefined && setRange({ fromMs: extent.fromMs, toMs: extent.fromMs + spanMs }),
    End: () => follow(),
    '+': () => zoomRange(0.5),
    '-': () => zoomRange(2),
  })
}

function onEndKey(event: KeyboardEvent, end: 'from' | 'to'): void {
  const range = currentRange()
  const atMs = end === 'from' ? range.fromMs : range.toMs
  const view = currentView()
  const stepMs = (view.toMs - view.fromMs) * endStep
  const extent = currentExtent()
  act(event, {
    ArrowLeft: () => setRangeEnd(end, atMs - stepMs),
    ArrowRight: () => setRangeEnd(end, atMs + stepMs),
    PageUp: () => setRangeEnd(end, atMs - 10 * stepMs),
    PageDown: () => setRangeEnd(end, atMs + 10 * stepMs),
    Home: () => extent !== undefined && setRangeEnd(end, extent.fromMs),
    End: () => extent !== undefined && setRangeEnd(end, extent.toMs),
  })
}

function act(event: KeyboardEvent, actions: Readonly<Record<string, () => unknown>>): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
  const action = actions[event.key]
  if (action === undefined) return
  event.preventDefault()
  event.stopPropagation()
  action()
}
