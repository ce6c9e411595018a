import { type RefObject, useEffect, useState } from 'react'

/** Whether any of an element is within what its scrolling parents and the window show. */
export interface Sight {
  isInSight(): boolean
  stop(): void
}

/**
 * Calls back when the element comes into sight: nothing is drawn for what nobody sees.
 * @param nearPx what is so near to being seen counts too
 */
export function watchSight(element: Element, onSeen: () => void, nearPx = 0): Sight {
  let isInSight = false
  const observer = new IntersectionObserver(
    (entries) => {
      isInSight = entries.at(-1)?.isIntersecting === true
      if (isInSight) onSeen()
    },
    { scrollMargin: `${nearPx}px` },
  )
  observer.observe(element)
  return { isInSight: () => isInSight, stop: () => observer.disconnect() }
}

/** A scroll by keys or wheel moves by about that much. */
const aheadPx = 240

/** Whether an element is in sight or was, or is about to be: from then on it is worth making what it holds. */
export function useWasNearSight(element: RefObject<Element | null>): boolean {
  const [wasNear, setWasNear] = useState(false)
  useEffect(() => {
    if (wasNear || element.current === null) return
    const sight = watchSight(element.current, () => setWasNear(true), aheadPx)
    return () => sight.stop()
  }, [element, wasNear])
  return wasNear
}
