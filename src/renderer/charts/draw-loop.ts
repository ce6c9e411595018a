/** What wants to be drawn with the next frame: each once, however often it asked. */
const due = new Set<() => void>()
let isPlanned = false

/** Draws with the next frame, together with everything else that is to be drawn: one frame, one pass. */
export function requestDraw(draw: () => void): void {
  due.add(draw)
  if (isPlanned) return
  isPlanned = true
  requestAnimationFrame(() => {
    isPlanned = false
    const draws = [...due]
    due.clear()
    for (const each of draws) each()
  })
}

/** It is gone, and is not drawn any more. */
export function cancelDraw(draw: () => void): void {
  due.delete(draw)
}
