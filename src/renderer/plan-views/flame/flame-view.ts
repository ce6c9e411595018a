import { createCanvasPainter } from '../canvas/canvas-painter.ts'
import { followGestures, type Point } from '../canvas/gestures.ts'
import { type Motion, prefersStillness, startMotion } from '../canvas/motion.ts'
import type { Palette } from '../canvas/palette.ts'
import { createStage } from '../canvas/stage.ts'
import type { Size } from '../canvas/viewport.ts'
import {
  betweenWindows,
  blockAt,
  clampTop,
  clampWindow,
  type FlameWindow,
  revealBlock,
  wholeWindow,
  windowOf,
  zoomWindow,
} from './flame-window.ts'
import { type FlameMarks, type FlameScene, paintFlame } from './paint-flame.ts'

export interface FlameViewHandlers {
  readonly onHover: (at: Point | undefined, block: number | undefined) => void
  readonly onClick: (block: number | undefined) => void
  readonly onDoubleClick: (block: number | undefined) => void
  readonly onPress: () => void
  /** After each frame. */
  readonly onFrame: (window: FlameWindow, size: Size) => void
}

export interface FlameView {
  /** A node that was just selected comes into sight. */
  readonly setScene: (scene: FlameScene, selectedId: number) => void
  readonly setLook: (palette: Palette, marks: FlameMarks) => void
  /** Shows all of a block; undefined = everything. */
  readonly zoomTo: (block: number | undefined) => void
  readonly zoom: (factor: number) => void
  readonly pan: (dx: number, dy: number) => void

  readonly dispose: () => void
}

/** The lifetime of the icicle's canvas. */
export function createFlameView(
  canvas: HTMLCanvasElement,
  handlers: FlameViewHandlers,
  opening: FlameWindow | undefined,
): FlameView {
  let scene: FlameScene | undefined
  let palette: Palette | undefined
  let marks: FlameMarks | undefined
  let window = opening ?? wholeWindow
  let motion: Motion<FlameWindow> | undefined
  /** Where the motion ends: the next step begins there, not on the way. */
  let goal = window
  let revealedId: number | undefined
  let pointer: Point | undefined

  const stage = createStage(
    canvas,
    (context, size) => {
      if (scene === undefined || palette === undefined || marks === undefined) return false
      const step = motion?.at(performance.now())
      if (step !== undefined) window = step.value
      if (step?.moving !== true) motion = undefined
      paintFlame(createCanvasPainter(context, palette.font), palette, scene, window, size, marks)
      handlers.onFrame(window, size)
      return motion !== undefined
    },
    () => {},
  )
  const show = (next: FlameWindow, animate: boolean): void => {
    const top = scene === undefined ? next.top : clampTop(scene.model, next.top, stage.size().height)
    const kept = { ...clampWindow(next), top }
    goal = kept
    if (animate && !prefersStillness()) motion = startMotion(window, kept, betweenWindows, performance.now())
    else {
      motion = undefined
      window = kept
    }
    stage.redraw()
  }
  const find = (at: Point): number | undefined =>
    scene === undefined ? undefined : blockAt(scene.model, window, stage.size().width, at.x, at.y)
  const pan = (dx: number, dy: number, animate: boolean): void => {
    const part = (dx / Math.max(1, stage.size().width)) * (goal.to - goal.from)
    show({ from: goal.from - part, to: goal.to - part, top: goal.top - dy }, animate)
  }

  const reveal = (nodeId: number): void => {
    const block = scene?.model.blockOf[nodeId] ?? -1
    if (scene === undefined || block < 0 || stage.size().height === 0) return
    const next = revealBlock(scene.model, window, block, stage.size().height)
    if (next.from !== window.from || next.to !== window.to || next.top !== window.top) show(next, true)
  }

  const hoverAt = (at: Point | undefined): void => {
    const block = at === undefined ? undefined : find(at)
    canvas.style.cursor = block === undefined ? '' : 'pointer'
    handlers.onHover(at, block)
  }

  const stopGestures = followGestures(canvas, {
    onPan: (dx, dy, how) => {
      pan(dx, dy, false)
      // The drawing has moved away under a pointer that stands still.
      if (how === 'wheel') hoverAt(pointer)
    },
    onZoom: (factor, at) => {
      show(zoomWindow(window, factor, at.x / Math.max(1, stage.size().width)), false)
      hoverAt(pointer)
    },
    onHover: (at) => {
      pointer = at
      hoverAt(at)
    },
    onPress: handlers.onPress,
    onClick: (at) => handlers.onClick(find(at)),
    onDoubleClick: (at) => handlers.onDoubleClick(find(at)),
  })

  return {
    setScene: (next, selectedId) => {
      scene = next
      if (revealedId !== undefined && revealedId !== selectedId) reveal(selectedId)
      revealedId = selectedId
      stage.redraw()
    },
    setLook: (nextPalette, nextMarks) => {
      palette = nextPalette
      marks = nextMarks
      stage.redraw()
    },
    zoomTo: (block) => {
      if (scene === undefined) return
      show(block === undefined ? wholeWindow : windowOf(scene.model, block, stage.size().height), true)
    },
    zoom: (factor) => show(zoomWindow(goal, factor, 0.5), true),
    pan: (dx, dy) => pan(dx, dy, true),

    dispose: () => {
      stopGestures()
      stage.dispose()
    },
  }
}
