import { useEffect, useRef } from 'react'
import { useWidth } from '#renderer/kit/index.ts'
import { onThemeChange, readToken, waitClassToken } from '#renderer/theme/index.ts'
import type { WaitStrip } from '#shared/waits/index.ts'

export const lanePx = 11
export const laneGapPx = 4

interface StripCanvasProps {
  readonly strip: WaitStrip
  /** Where the cursor stands; drawn over all lanes. */
  readonly cursorMs: number | undefined
}

/** Lanes as coloured bars on a canvas: a long run has thousands of segments. Colours are the wait classes'. */
export function StripCanvas({ strip, cursorMs }: StripCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const width = useWidth(canvas)
  const heightPx = strip.lanes.length * (lanePx + laneGapPx)

  useEffect(() => {
    const draw = () => {
      if (canvas.current !== null) drawStrip(canvas.current, strip, width, heightPx, cursorMs)
    }
    draw()
    return onThemeChange(draw)
  }, [strip, width, heightPx, cursorMs])

  return <canvas ref={canvas} aria-hidden="true" className="block w-full" style={{ height: heightPx }} />
}

function drawStrip(
  canvas: HTMLCanvasElement,
  strip: WaitStrip,
  width: number,
  height: number,
  cursorMs: number | undefined,
): void {
  const scale = window.devicePixelRatio
  canvas.width = width * scale
  canvas.height = height * scale
  const context = canvas.getContext('2d')
  if (context === null || width === 0) return
  context.scale(scale, scale)
  const pxPerMs = width / Math.max(strip.elapsedMs, 0.001)
  const empty = readToken('--surface-2')
  const colours = new Map<string, string>()
  strip.lanes.forEach((lane, index) => {
    const top = index * (lanePx + laneGapPx) + laneGapPx / 2
    context.fillStyle = empty
    context.fillRect(0, top, width, lanePx)
    for (const segment of lane.segments) {
      const token = waitClassToken[segment.waitClass]
      const colour = colours.get(token) ?? readToken(token)
      colours.set(token, colour)
      context.fillStyle = colour
      const left = segment.fromMs * pxPerMs
      // At least a hair, so that a short wait in a long run is not lost.
      context.fillRect(left, top, Math.max((segment.toMs - segment.fromMs) * pxPerMs, 0.75), lanePx)
    }
  })
  if (cursorMs !== undefined) {
    context.fillStyle = readToken('--ink')
    context.fillRect(Math.round(cursorMs * pxPerMs), 0, 1, height)
  }
}
