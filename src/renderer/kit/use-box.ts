import { type RefObject, useLayoutEffect, useState } from 'react'

export interface Box {
  readonly width: number
  readonly height: number
}

/** How large an element is drawn, in whole pixels; zero until it is. */
export function useBox(element: RefObject<HTMLElement | null>): Box {
  const [box, setBox] = useState<Box>({ width: 0, height: 0 })
  useLayoutEffect(() => {
    const { current } = element
    if (current === null) return
    const take = (width: number, height: number): void =>
      setBox((before) => (before.width === width && before.height === height ? before : { width, height }))
    // At once, so that nothing is painted for a size that it does not have.
    take(current.clientWidth, current.clientHeight)
    const observer = new ResizeObserver(([entry]) =>
      take(Math.floor(entry?.contentRect.width ?? 0), Math.floor(entry?.contentRect.height ?? 0)),
    )
    observer.observe(current)
    return () => observer.disconnect()
  }, [element])
  return box
}
