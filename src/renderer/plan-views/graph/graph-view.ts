import { followGestures, type Point } from '../canvas/gestures.ts'
import { type Motion, prefersStillness, startMotion } from '../canvas/motion.ts'
import type { Palette } from '../canvas/palette.ts'
import { createStage } from '../canvas/stage.ts'
import {
  between,
  centreOn,
  fitRect,
  fittingScale,
  keepInSight,
  overlaps,
  panBy,
  type Rect,
  revealRect,
  type Size,
  toScreen,
  toWorld,
  type Viewport,
  zoomAt,
} from '../canvas/viewport.ts'
import {
  type GraphScene,
  itemAt,
  margin,
  nearScale,
  readableScale,
  rectOf,
  rectOfNode,
} from './graph-scene.ts'
import { type GraphMarks, paintGraph } from './paint-graph.ts'
import { distanceTo, type ReaderEdge } from './reader-edges.ts'

/** What the pointer stands on. */
export interface GraphHover {
  readonly at: Point
  readonly item: number | undefined
  readonly edge: ReaderEdge | undefined
}

export interface GraphViewHandlers {
  readonly onHover: (hover: GraphHover | undefined) => void
  readonly onClick: (item: number | undefined) => void
  readonly onDoubleClick: (item: number | undefined) => void
  readonly onPress: () => void
  /** After each frame: the minimap follows. */
  readonly onFrame: (viewport: Viewport, size: Size) => void
}

export interface GraphView {
  /** What moves moves around the selected node; one that was just selected comes into sight. */
  readonly setScene: (scene: GraphScene, selectedId: number) => void
  readonly setLook: (palette: Palette, marks: Omit<GraphMarks, 'hoveredEdge'>) => void
  readonly fit: (rect?: Rect) => void
  readonly zoom: (factor: number) => void
  readonly actualSize: () => void
  readonly pan: (dx: number, dy: number) => void
  readonly centre: (x: number, y: number) => void
  readonly dispose: () => void
}

const openingScale = 0.85
const mostScale = 2.5
/** A drawing lower than this has no minimap. */
export const minimapLeastPx = 340
const edgeReachPx = 6
/** The corner that the minimap takes while not everything is on screen. */
export const minimapSize: Size = { width: 150, height: 96 }

/** The lifetime of one canvas: where it stands, what moves, and when it has to be drawn. */
export function createGraphView(
  canvas: HTMLCanvasElement,
  handlers: GraphViewHandlers,
  opening: Viewport | undefined,
): GraphView {
  let scene: GraphScene | undefined
  let palette: Palette | undefined
  let marks: Omit<GraphMarks, 'hoveredEdge'> | undefined
  let viewport: Viewport = opening ?? { scale: 1, x: 0, y: 0 }
  let placed = opening !== undefined
  /** Nobody has chosen what is in sight yet: it is chosen anew when the room for it changes. */
  let isAsOpened = !placed
  let motion: Motion<Viewport> | undefined
  /** Where the motion ends: the next step begins there, not on the way. */
  let goal: Viewport | undefined
  let hover: GraphHover | undefined
  let revealedId: number | undefined
  let pointer: Point | undefined

  const stage = createStage(
    canvas,
    (context, size, ratio) => {
      if (scene === undefined || palette === undefined || marks === undefined) return false
      if (!placed) open(size)
      const step = motion?.at(performance.now())
      if (step !== undefined) viewport = step.value
      if (step?.moving !== true) motion = undefined
      paintGraph(context, ratio, size, viewport, palette, scene, {
        ...marks,
        hoveredEdge: hover?.edge,
      })
      // The first picture stands: what tests and measurements wait for.
      canvas.dataset['drawn'] ??= 'true'
      handlers.onFrame(viewport, size)
      return motion !== undefined
    },
    () => {
      if (isAsOpened) placed = false
    },
  )

  /** The whole where it can be read; else the selected node, with the root where both fit. */
  const open = (size: Size): void => {
    if (scene === undefined || marks === undefined) return
    placed = true
    if (fittingScale(scene.bounds, size, margin) >= readableScale) {
      viewport = fitRect(scene.bounds, size, margin)
      return
    }
    const root = rectOf(scene.layout, 0)
    const chosen = rectOfNode(scene, marks.selectedId) ?? root
    const both = union(root, chosen)
    const free = {
      width: size.width,
      height: size.height - (size.height < minimapLeastPx ? 0 : minimapSize.height),
    }
    const scale = fittingScale(both, free, margin, openingScale)
    viewport =
      scale >= nearScale ? fitRect(both, free, margin, openingScale) : centreOn(chosen, size, openingScale)
  }

  const limits = () => {
    const whole = scene === undefined ? 1 : fittingScale(scene.bounds, stage.size(), margin)
    return { least: Math.min(whole * 0.8, 0.5), most: mostScale }
  }
  const show = (next: Viewport, animate: boolean): void => {
    isAsOpened = false
    const kept = scene === undefined ? next : keepInSight(next, scene.bounds, stage.size(), 40)
    if (animate && !prefersStillness()) {
      motion = startMotion(viewport, kept, between, performance.now())
      goal = kept
    } else {
      motion = undefined
      viewport = kept
    }
    stage.redraw()
  }
  const replaceScene = (next: GraphScene, anchorId: number): void => {
    const before = scene === undefined ? undefined : rectOfNode(scene, anchorId)
    const after = rectOfNode(next, anchorId)
    if (isAsOpened && scene?.isCompact !== next.isCompact) placed = false
    scene = next
    if (placed && before !== undefined && after !== undefined) {
      motion = undefined
      viewport = panBy(viewport, (before.x - after.x) * viewport.scale, (before.y - after.y) * viewport.scale)
    }
    hover = undefined
    handlers.onHover(undefined)
    stage.redraw()
  }
  const reveal = (nodeId: number): void => {
    const rect = scene === undefined || !placed ? undefined : rectOfNode(scene, nodeId)
    if (rect === undefined) return
    const next = revealBeside(heading(), rect, stage.size())
    if (next.x !== viewport.x || next.y !== viewport.y) show(next, true)
  }
  const setHover = (next: GraphHover | undefined): void => {
    const changed = next?.edge !== hover?.edge
    hover = next
    canvas.style.cursor = next?.item === undefined && next?.edge === undefined ? '' : 'pointer'
    handlers.onHover(next)
    if (changed) stage.redraw()
  }
  const find = (at: Point): GraphHover | undefined => {
    if (scene === undefined) return undefined
    const { x, y } = toWorld(viewport, at.x, at.y)
    const item = itemAt(scene, x, y)
    const isCard = item !== undefined && scene.model.frames[item] !== 1
    const reach = edgeReachPx / viewport.scale
    const edge = isCard ? undefined : scene.readerEdges.find(({ curve }) => distanceTo(curve, x, y) < reach)
    return item === undefined && edge === undefined ? undefined : { at, item, edge }
  }

  const stopGestures = followGestures(canvas, {
    onPan: (dx, dy, how) => {
      show(panBy(viewport, dx, dy), false)
      // The drawing has moved away under a pointer that stands still.
      if (how === 'wheel') setHover(pointer && find(pointer))
    },
    onZoom: (factor, at) => {
      show(zoomAt(viewport, factor, at, limits()), false)
      setHover(pointer && find(pointer))
    },
    onHover: (at) => {
      pointer = at
      setHover(at && find(at))
    },
    onPress: handlers.onPress,
    onClick: (at) => handlers.onClick(find(at)?.item),
    onDoubleClick: (at) => handlers.onDoubleClick(find(at)?.item),
  })

  const heading = (): Viewport => (motion === undefined ? viewport : (goal ?? viewport))
  const middle = (): Point => ({ x: stage.size().width / 2, y: stage.size().height / 2 })
  return {
    setScene: (next, selectedId) => {
      if (next !== scene) replaceScene(next, selectedId)
      if (revealedId !== undefined && revealedId !== selectedId) reveal(selectedId)
      revealedId = selectedId
    },
    setLook: (nextPalette, nextMarks) => {
      palette = nextPalette
      marks = nextMarks
      stage.redraw()
    },
    fit: (rect) => {
      if (scene !== undefined) show(fitRect(rect ?? scene.bounds, stage.size(), margin), true)
    },
    zoom: (factor) => show(zoomAt(heading(), factor, middle(), limits()), true),
    actualSize: () => show(zoomAt(heading(), 1 / heading().scale, middle(), limits()), true),
    pan: (dx, dy) => show(panBy(heading(), dx, dy), true),
    centre: (x, y) => show(centreOn({ x, y, width: 0, height: 0 }, stage.size(), viewport.scale), false),

    dispose: () => {
      stopGestures()
      stage.dispose()
    },
  }
}

/** In sight, and not under the minimap. */
function revealBeside(viewport: Viewport, rect: Rect, size: Size): Viewport {
  const next = revealRect(viewport, rect, size, margin * 2)
  const on = toScreen(next, rect)
  const corner = {
    x: size.width - minimapSize.width - margin,
    y: size.height - minimapSize.height - margin,
    ...minimapSize,
  }
  if (!overlaps(on, corner)) return next
  return revealRect(viewport, rect, { width: size.width, height: corner.y }, margin)
}

function union(a: Rect, b: Rect): Rect {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)]
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  }
}
