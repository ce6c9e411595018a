import { type PointerEvent, type Ref, useEffect, useImperativeHandle, useRef } from 'react'
import type { Palette } from '../canvas/palette.ts'
import { type Size, type Viewport, visibleWorld } from '../canvas/viewport.ts'
import type { GraphScene } from './graph-scene.ts'
import { minimapLeastPx, minimapSize as most } from './graph-view.ts'
import { blockColour } from './paint-graph.ts'

export interface MinimapHandle {
  readonly follow: (viewport: Viewport, size: Size) => void
}

interface MinimapProps {
  readonly scene: GraphScene
  readonly palette: Palette
  readonly handle: Ref<MinimapHandle>
  /** Wants this point of the drawing in the middle. */
  readonly onCentre: (x: number, y: number) => void
}

const pad = 6
const leastBlockPx = 1.5
/** In less room the map would hide more than it tells. */
const leastRoom: Size = { width: 600, height: minimapLeastPx }

interface Fit {
  readonly scale: number
  readonly x: number
  readonly y: number
}

function fitOf({ bounds }: GraphScene): Fit {
  const scale = Math.min(
    (most.width - 2 * pad) / Math.max(1, bounds.width),
    (most.height - 2 * pad) / Math.max(1, bounds.height),
  )
  return {
    scale,
    x: (most.width - bounds.width * scale) / 2 - bounds.x * scale,
    y: (most.height - bounds.height * scale) / 2 - bounds.y * scale,
  }
}

/** The whole graph in small, and which part of it is on screen; shown only when that is not all. */
export function Minimap({ scene, palette, handle, onCentre }: MinimapProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  /** Drawn once it is to be seen: a plan that fits the screen needs no map. */
  const content = useRef<HTMLCanvasElement>(undefined)
  const last = useRef<{ viewport: Viewport; size: Size }>(undefined)

  const drawWindow = (viewport: Viewport, size: Size): void => {
    const element = canvas.current
    const context = element?.getContext('2d')
    if (element === null || context === null || context === undefined) return
    const visible = visibleWorld(viewport, size)
    const { bounds } = scene
    const whole =
      visible.x <= bounds.x &&
      visible.y <= bounds.y &&
      visible.x + visible.width >= bounds.x + bounds.width &&
      visible.y + visible.height >= bounds.y + bounds.height
    const hidden = whole || size.width < leastRoom.width || size.height < leastRoom.height
    element.style.display = hidden ? 'none' : ''
    if (hidden) return
    const ratio = window.devicePixelRatio || 1
    if (element.width !== most.width * ratio) {
      element.width = most.width * ratio
      element.height = most.height * ratio
    }
    const { scale, x, y } = fitOf(scene)
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.clearRect(0, 0, element.width, element.height)
    content.current ??= drawContent(scene, palette)
    context.drawImage(content.current, 0, 0)
    context.setTransform(ratio, 0, 0, ratio, 0, 0)
    context.strokeStyle = palette.accent
    context.lineWidth = 1.5
    const left = Math.max(1, visible.x * scale + x)
    const top = Math.max(1, visible.y * scale + y)
    const right = Math.min(most.width - 1, (visible.x + visible.width) * scale + x)
    const bottom = Math.min(most.height - 1, (visible.y + visible.height) * scale + y)
    context.strokeRect(left, top, Math.max(3, right - left), Math.max(3, bottom - top))
  }

  useEffect(() => {
    content.current = undefined
    if (last.current !== undefined) drawWindow(last.current.viewport, last.current.size)
  })

  useImperativeHandle(handle, () => ({
    follow: (viewport, size) => {
      last.current = { viewport, size }
      drawWindow(viewport, size)
    },
  }))

  const move = (event: PointerEvent<HTMLCanvasElement>): void => {
    if (event.buttons !== 1) return
    const box = event.currentTarget.getBoundingClientRect()
    const { scale, x, y } = fitOf(scene)
    onCentre((event.clientX - box.left - x) / scale, (event.clientY - box.top - y) / scale)
  }
  return (
    <canvas
      ref={canvas}
      aria-hidden="true"
      data-testid="plan-minimap"
      className="absolute right-3 bottom-3 z-10 cursor-crosshair touch-none rounded-md border border-line-strong bg-surface-1"
      style={{ width: most.width, height: most.height, display: 'none' }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        move(event)
      }}
      onPointerMove={move}
    />
  )
}

/** Blocks in the measure's colours, drawn once a scene: a frame then only copies them. */
function drawContent(scene: GraphScene, palette: Palette): HTMLCanvasElement {
  const ratio = window.devicePixelRatio || 1
  const canvas = document.createElement('canvas')
  canvas.width = most.width * ratio
  canvas.height = most.height * ratio
  const context = canvas.getContext('2d')
  if (context === null) return canvas
  context.scale(ratio, ratio)
  const { scale, x, y } = fitOf(scene)
  const { layout, model } = scene
  for (let item = 0; item < model.items.length; item += 1) {
    if (model.frames[item] === 1) continue
    context.fillStyle = blockColour(palette, scene, item, false)
    context.fillRect(
      (layout.x[item] ?? 0) * scale + x,
      (layout.y[item] ?? 0) * scale + y,
      Math.max(leastBlockPx, (layout.widths[item] ?? 0) * scale),
      Math.max(leastBlockPx, (layout.heights[item] ?? 0) * scale),
    )
  }
  return canvas
}
