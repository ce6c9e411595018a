export interface Point {
  readonly x: number
  readonly y: number
}

/** What hands can do on a canvas, in CSS pixels from its upper left corner. */
export interface GestureHandlers {
  /** Dragged or scrolled by this much. */
  readonly onPan: (dx: number, dy: number, how: 'drag' | 'wheel') => void
  readonly onZoom: (factor: number, at: Point) => void
  /** The pointer stands here; undefined when it has left, or drags. */
  readonly onHover: (at: Point | undefined) => void
  readonly onPress: (at: Point) => void
  /** Pressed and let go without dragging. */
  readonly onClick: (at: Point) => void
  readonly onDoubleClick: (at: Point) => void
}

/** A hand trembles: less is a click. */
const dragPx = 4
/** What a line or a page of a wheel is in pixels, where the system says neither. */
const linePx = 18

/**
 * Follows pointer, wheel, trackpad and fingers on an element.
 * @returns ends it
 */
export function followGestures(element: HTMLElement, handlers: GestureHandlers): () => void {
  const ending = new AbortController()
  const { signal } = ending
  const pointers = new Map<number, Point>()
  let pressedAt: Point | undefined
  let dragging = false
  const place = (event: MouseEvent): Point => {
    const box = element.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }

  const onDown = (event: PointerEvent): void => {
    if (event.button !== 0 && event.button !== 1) return
    if (event.button === 1) event.preventDefault()
    const at = place(event)
    pointers.set(event.pointerId, at)
    element.setPointerCapture(event.pointerId)
    if (pointers.size > 1) return
    pressedAt = event.button === 0 ? at : undefined
    dragging = event.button === 1
    handlers.onPress(at)
  }
  const onMove = (event: PointerEvent): void => {
    const at = place(event)
    const before = pointers.get(event.pointerId)
    if (before === undefined) {
      handlers.onHover(event.pointerType === 'touch' ? undefined : at)
      return
    }
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1]
    if (other !== undefined) {
      pointers.set(event.pointerId, at)
      dragging = true
      const middle = { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 }
      const apart = Math.hypot(before.x - other.x, before.y - other.y)
      if (apart > 0) handlers.onZoom(Math.hypot(at.x - other.x, at.y - other.y) / apart, middle)
      handlers.onPan((at.x - before.x) / 2, (at.y - before.y) / 2, 'drag')
      return
    }
    const from = pressedAt ?? before
    if (!dragging && Math.hypot(at.x - from.x, at.y - from.y) < dragPx) return
    if (!dragging) element.style.cursor = 'grabbing'
    dragging = true
    pointers.set(event.pointerId, at)
    handlers.onHover(undefined)
    handlers.onPan(at.x - before.x, at.y - before.y, 'drag')
  }
  const onUp = (event: PointerEvent): void => {
    if (!pointers.delete(event.pointerId) || pointers.size > 0) return
    element.style.cursor = ''
    if (!dragging && pressedAt !== undefined && event.type === 'pointerup') handlers.onClick(place(event))
    dragging = false
    pressedAt = undefined
  }
  const onWheel = (event: WheelEvent): void => {
    event.preventDefault()
    const unit = event.deltaMode === 0 ? 1 : event.deltaMode === 1 ? linePx : element.clientHeight
    if (event.ctrlKey || event.metaKey) {
      // Pinching on a trackpad comes in small steps, a wheel's notch in large ones.
      const step = Math.max(-60, Math.min(60, event.deltaY * unit))
      handlers.onZoom(Math.exp(-step * 0.008), place(event))
      return
    }
    const across = event.shiftKey && event.deltaX === 0
    const [dx, dy] = across ? [event.deltaY, 0] : [event.deltaX, event.deltaY]
    handlers.onPan(-dx * unit, -dy * unit, 'wheel')
  }

  element.addEventListener('pointerdown', onDown, { signal })
  // Pressing on what takes no focus would take it from what has it.
  element.addEventListener('mousedown', (event) => event.preventDefault(), { signal })
  element.addEventListener('pointermove', onMove, { signal })
  element.addEventListener('pointerup', onUp, { signal })
  element.addEventListener('pointercancel', onUp, { signal })
  element.addEventListener('pointerleave', () => handlers.onHover(undefined), { signal })
  element.addEventListener('wheel', onWheel, { signal, passive: false })
  element.addEventListener('dblclick', (event) => handlers.onDoubleClick(place(event)), { signal })
  return () => ending.abort()
}
