/** Whether any of an element is within what its scrolling parents and the window show. */
export interface Sight {
  isInSight(): boolean
  stop(): void
}

/** Calls back when the element comes into sight: nothing is drawn for what nobody sees. */
export function watchSight(element: Element, onSeen: () => void): Sight {
  let isInSight = false
  const observer = new IntersectionObserver((entries) => {
    isInSight = entries.at(-1)?.isIntersecting === true
    if (isInSight) onSeen()
  })
  observer.observe(element)
  return { isInSight: () => isInSight, stop: () => observer.disconnect() }
}
