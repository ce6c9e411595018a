import { type RefObject, useLayoutEffect, useState } from 'react'

export interface Viewport {
  readonly top: number
  readonly left: number
  readonly width: number
  readonly height: number
}

/** Where an element is scrolled to and how large it is; told once a frame. */
export function useViewport(element: RefObject<HTMLElement | null>): Viewport {
  const [view, setView] = useState<Viewport>({ top: 0, left: 0, width: 0, height: 0 })
  useLayoutEffect(() => {
    const watched = element.current
    if (!watched) return
    const read = (): void => {
      const { scrollTop: top, scrollLeft: left, clientWidth: width, clientHeight: height } = watched
      setView((view) =>
        view.top === top && view.left === left && view.width === width && view.height === height
          ? view
          : { top, left, width, height },
      )
    }
    read()
    const observer = new ResizeObserver(read)
    observer.observe(watched)
    watched.addEventListener('scroll', read, { passive: true })
    return () => {
      observer.disconnect()
      watched.removeEventListener('scroll', read)
    }
  }, [element])
  return view
}
