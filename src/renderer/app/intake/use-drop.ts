import { useLayoutEffect, useState } from 'react'

const carries = (event: DragEvent, type: string): boolean => event.dataTransfer?.types.includes(type) === true

/**
 * Files, or text, dropped anywhere in the window.
 * @returns true while something that could be dropped hovers over the window
 */
export function useDrop(onFiles: (files: readonly File[]) => void): boolean {
  const [hovering, setHovering] = useState(false)
  useLayoutEffect(() => {
    // Entering a child leaves its parent: only the count tells when the window itself was left.
    let depth = 0
    const settle = (next: number): void => {
      depth = Math.max(0, next)
      setHovering(depth > 0)
    }
    const onEnter = (event: DragEvent): void => {
      if (carries(event, 'Files')) settle(depth + 1)
    }
    const onLeave = (event: DragEvent): void => {
      if (carries(event, 'Files')) settle(depth - 1)
    }
    const onOver = (event: DragEvent): void => {
      if (!carries(event, 'Files')) return
      // Without this the browser would open the file in place of the workbench.
      event.preventDefault()
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy'
    }
    const onDrop = (event: DragEvent): void => {
      if (!carries(event, 'Files')) return
      event.preventDefault()
      settle(0)
      const files = [...(event.dataTransfer?.files ?? [])]
      if (files.length > 0) onFiles(files)
    }
    const listeners = { dragenter: onEnter, dragleave: onLeave, dragover: onOver, drop: onDrop } as const
    for (const [name, listener] of Object.entries(listeners))
      window.addEventListener(name as keyof typeof listeners, listener)
    return () => {
      for (const [name, listener] of Object.entries(listeners))
        window.removeEventListener(name as keyof typeof listeners, listener)
    }
  }, [onFiles])
  return hovering
}
