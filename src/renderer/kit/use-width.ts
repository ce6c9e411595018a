import { type RefObject, useCallback, useEffect, useState } from 'react'

/** How wide an element is drawn, in whole pixels; 0 until it is. */
export function useWidth(element: RefObject<HTMLElement | null>): number {
  return useOfWidth(element, itself)
}

/** Whether an element is drawn, and narrower than so many pixels. Whoever asks draws anew when that changes, not at each width. */
export function useNarrower(element: RefObject<HTMLElement | null>, thanPx: number): boolean {
  return useOfWidth(
    element,
    useCallback((widthPx: number) => widthPx > 0 && widthPx < thanPx, [thanPx]),
  )
}

const itself = (widthPx: number): number => widthPx

/** @param of the same function from one drawing to the next, while it says the same */
function useOfWidth<Value extends number | boolean>(
  element: RefObject<HTMLElement | null>,
  of: (widthPx: number) => Value,
): Value {
  const [value, setValue] = useState(() => of(0))
  useEffect(() => {
    if (element.current === null) return
    const observer = new ResizeObserver(([entry]) => setValue(of(Math.floor(entry?.contentRect.width ?? 0))))
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element, of])
  return value
}
