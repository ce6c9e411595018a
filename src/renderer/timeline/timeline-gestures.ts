import type { TimeRange } from '#shared/series/index.ts'
import type { EpochMs } from '#shared/units/index.ts'
import { dragRange, type Grip, gripAt } from './timeline-view.ts'

export interface TimelineSurface {
  readonly view: () => TimeRange
  readonly range: () => TimeRange
  /** At each move while something is dragged, and a last time. */
  readonly onRange: (range: TimeRange) => void
  /** A press that moved nothing, beside the range: looks there. */
  readonly onPick: (atMs: EpochMs) => void
  readonly onPoint: (atMs: EpochMs | undefined, xPx: number) => void
  readonly onZoom: (factor: number, aroundMs: EpochMs) => void
  readonly onShift: (shareOfView: number) => void
  readonly onReset: () => void
}

const leastDragPx = 3
const cursors: Readonly<Record<Grip, string>> = {
  from: 'ew-resize',
  to: 'ew-resize',
  range: 'grab',
  outside: 'crosshair',
}

/** Pointer and wheel over the timeline: draw, move and resize the range; zoom and move the view. */
export function handleTimeline(element: HTMLElement, surface: TimelineSurface): () => void {
  let held:
    | {
        readonly grip: Grip
        readonly xPx: number
        readonly atMs: EpochMs
        readonly range: TimeRange
        moved: boolean
      }
    | undefined
  const ending = new AbortController()
  const { signal } = ending
  const xOf = (event: MouseEvent) => event.clientX - element.getBoundingClientRect().left
  const width = () => Math.max(1, element.clientWidth)
  const timeAt = (xPx: number) => {
    const { fromMs, toMs } = surface.view()
    return fromMs + ((toMs - fromMs) * xPx) / width()
  }
  const pxAt = (atMs: EpochMs) => {
    const { fromMs, toMs } = surface.view()
    return ((atMs - fromMs) / (toMs - fromMs)) * width()
  }
  const gripOf = (xPx: number) => {
    const { fromMs, toMs } = surface.range()
    return gripAt(xPx, pxAt(fromMs), pxAt(toMs))
  }

  element.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button !== 0) return
      const xPx = xOf(event)
      held = { grip: gripOf(xPx), xPx, atMs: timeAt(xPx), range: surface.range(), moved: false }
      element.setPointerCapture(event.pointerId)
    },
    { signal },
  )
  element.addEventListener(
    'pointermove',
    (event) => {
      const xPx = xOf(event)
      surface.onPoint(timeAt(xPx), xPx)
      if (held === undefined) {
        element.style.cursor = cursors[gripOf(xPx)]
        return
      }
      if (!held.moved && Math.abs(xPx - held.xPx) < leastDragPx) return
      held.moved = true
      if (held.grip === 'range') element.style.cursor = 'grabbing'
      surface.onRange(dragRange(held.range, held.grip, held.atMs, timeAt(xPx)))
    },
    { signal },
  )
  element.addEventListener(
    'pointerup',
    () => {
      if (held !== undefined && !held.moved && held.grip === 'outside') surface.onPick(held.atMs)
      held = undefined
    },
    { signal },
  )
  const giveUp = () => {
    if (held?.moved === true) surface.onRange(held.range)
    held = undefined
  }
  element.addEventListener('pointercancel', giveUp, { signal })
  window.addEventListener('keydown', (event) => event.key === 'Escape' && held !== undefined && giveUp(), {
    signal,
  })
  element.addEventListener('pointerleave', () => held === undefined && surface.onPoint(undefined, 0), {
    signal,
  })
  element.addEventListener('dblclick', () => surface.onReset(), { signal })
  element.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault()
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 33 : 1
      if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY))
        surface.onShift(((event.deltaX || event.deltaY) * lines) / width())
      else surface.onZoom(1.25 ** ((event.deltaY * lines) / 100), timeAt(xOf(event)))
    },
    { signal, passive: false },
  )
  return () => ending.abort()
}
