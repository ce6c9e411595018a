import { forgetTextWidths } from './canvas-painter.ts'
import type { Size } from './viewport.ts'

export interface Stage {
  /** Draws before the next frame; many calls before it are one. */
  readonly redraw: () => void
  readonly size: () => Size
  readonly dispose: () => void
}

/**
 * A canvas as sharp as the screen, drawn only when something has changed.
 * @param draw in CSS pixels; returns true where another frame has to follow (something moves)
 */
export function createStage(
  canvas: HTMLCanvasElement,
  draw: (context: CanvasRenderingContext2D, size: Size, ratio: number) => boolean,
  onResize: (size: Size) => void,
): Stage {
  const context = canvas.getContext('2d')
  let size: Size = { width: 0, height: 0 }
  let frame = 0
  const paint = (): void => {
    frame = 0
    if (context === null || size.width === 0 || size.height === 0) return
    const ratio = window.devicePixelRatio || 1
    const [width, height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)]
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width
      canvas.height = height
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0)
    if (draw(context, size, ratio)) redraw()
  }
  const redraw = (): void => {
    if (frame === 0) frame = requestAnimationFrame(paint)
  }
  const observer = new ResizeObserver(([entry]) => {
    const box = entry?.contentRect
    if (box === undefined) return
    const next = { width: Math.floor(box.width), height: Math.floor(box.height) }
    if (next.width === size.width && next.height === size.height) return
    size = next
    onResize(next)
    // At once: a canvas that was resized is empty until it is drawn.
    cancelAnimationFrame(frame)
    paint()
  })
  observer.observe(canvas)
  // A window moved to another screen has other pixels.
  const density = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`)
  density.addEventListener('change', redraw)
  // A font that arrives late is as wide as it is, not as what stood in for it.
  const remeasure = (): void => {
    forgetTextWidths()
    redraw()
  }
  document.fonts.addEventListener('loadingdone', remeasure)
  return {
    redraw,
    size: () => size,
    dispose: () => {
      observer.disconnect()
      density.removeEventListener('change', redraw)
      document.fonts.removeEventListener('loadingdone', remeasure)
      cancelAnimationFrame(frame)
    },
  }
}
