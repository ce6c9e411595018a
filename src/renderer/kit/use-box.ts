import { type RefObject, useLayoutEffect, useState } from 'react'

export interface Box {
  readonly width: number
  readonly height: number
}

const unknown: Box = { width: 0, height: 0 }

/** How large an element is drawn, in whole pixels; zero until it is. */
export const useBox = (element: RefObject<HTMLElement | null>): Box => useKnownBox(element) ?? unknown

/** As `useBox`; undefined until it is known, for what would be made twice: for no size, and for its own. */
export function useKnownBox(element: RefObject<HTMLElement | null>): Box | undefined {
  const [box, setBox] = useState<Box>()
  useLayoutEffect(() => {
    const { current } = element
    if (current === null) return
    const take = (width: number, height: number): void =>
      setBox((before) => (before?.width === width && before.height === height ? before : { width, height }))
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
