import type { TimeRange } from '#shared/series/index.ts'
import type { EpochMs } from '#shared/units/index.ts'

/** What a time axis is to whoever handles its pointer and its wheel. */
export interface TimeSurface {
  readonly timeAt: (xPx: number) => EpochMs
  readonly onPoint: (atMs: EpochMs | undefined) => void
  /** Being drawn, from where it began to where the pointer is; `undefined` when it ended or was given up. */
  readonly onBrush: (range: TimeRange | undefined) => void
  readonly onRange: (range: TimeRange) => void
  readonly onZoom: (factor: number, aroundMs: EpochMs) => void
  readonly onReset: () => void
  /** A plain wheel zooms; else only one with Ctrl or ⌘ does, and the page scrolls. */
  readonly wheelZooms: boolean
}

/** Less is a click. */
const leastBrushPx = 4
/** A wheel's notch is 100 or so; a pad sends many small ones. */
const zoomPerNotch = 1.25
const notchPx = 100

/** Pointer and wheel over a time axis: point, draw a range, zoom. */
export function handleGestures(element: HTMLElement, surface: () => TimeSurface): () => void {
  let began: { readonly xPx: number; readonly atMs: EpochMs } | undefined
  const xOf = (event: MouseEvent) => event.clientX - element.getBoundingClientRect().left

  const onMove = (event: PointerEvent) => {
    const { timeAt, onPoint, onBrush } = surface()
    const atMs = timeAt(xOf(event))
    onPoint(atMs)
    if (began !== undefined && Math.abs(xOf(event) - began.xPx) >= leastBrushPx)
      onBrush({ fromMs: Math.min(began.atMs, atMs), toMs: Math.max(began.atMs, atMs) })
  }
  const onDown = (event: PointerEvent) => {
    if (event.button !== 0) return
    began = { xPx: xOf(event), atMs: surface().timeAt(xOf(event)) }
    element.setPointerCapture(event.pointerId)
  }
  const onUp = (event: PointerEvent) => {
    const start = began
    began = undefined
    if (start === undefined) return
    const { timeAt, onBrush, onRange } = surface()
    onBrush(undefined)
    const atMs = timeAt(xOf(event))
    if (Math.abs(xOf(event) - start.xPx) < leastBrushPx) return
    onRange({ fromMs: Math.min(start.atMs, atMs), toMs: Math.max(start.atMs, atMs) })
  }
  const giveUp = () => {
    began = undefined
    surface().onBrush(undefined)
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && began !== undefined) giveUp()
  }
  const onLeave = () => {
    if (began === undefined) surface().onPoint(undefined)
  }
  const onWheel = (event: WheelEvent) => {
    const { wheelZooms, onZoom, timeAt } = surface()
    if (!(wheelZooms || event.ctrlKey || event.metaKey) || event.deltaY === 0) return
    event.preventDefault()
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 33 : 1
    onZoom(zoomPerNotch ** ((event.deltaY * lines) / notchPx), timeAt(xOf(event)))
  }
  const onDouble = () => surface().onReset()

  element.addEventListener('pointermove', onMove)
  element.addEventListener('pointerdown', onDown)
  element.addEventListener('pointerup', onUp)
  element.addEventListener('pointercancel', giveUp)
  element.addEventListener('pointerleave', onLeave)
  element.addEventListener('dblclick', onDouble)
  element.addEventListener('wheel', onWheel, { passive: false })
  window.addEventListener('keydown', onKey)
  return () => {
    element.removeEventListener('pointermove', onMove)
    element.removeEventListener('pointerdown', onDown)
    element.removeEventListener('pointerup', onUp)
    element.removeEventListener('pointercancel', giveUp)
    element.removeEventListener('pointerleave', onLeave)
    element.removeEventListener('dblclick', onDouble)
    element.removeEventListener('wheel', onWheel)
    window.removeEventListener('keydown', onKey)
  }
}
