import { type RefObject, useEffect, useState } from 'react'

/** How wide an element is drawn, in whole pixels; 0 until it is. */
export function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0)
  useEffect(() => {
    if (element.current === null) return
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)))
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element])
  return width
}

/** Whether an element is drawn, and narrower than so many pixels. Whoever asks draws anew when that changes, not at each width. */
export function useNarrower(element: RefObject<HTMLElement | null>, thanPx: number): boolean {
  const [isNarrower, setNarrower] = useState(false)
  useEffect(() => {
    if (element.current === null) return
    const observer = new ResizeObserver(([entry]) => {
      const width = Math.floor(entry?.contentRect.width ?? 0)
      setNarrower(width > 0 && width < thanPx)
    })
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element, thanPx])
  return isNarrower
}
