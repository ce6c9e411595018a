import { cancelDraw, requestDraw } from './draw-loop.ts'
import { handleGestures } from './gestures.ts'
import type { ChartActions, ChartSpec } from './model.ts'
import { onPaletteChange } from './palette.ts'
import { createPlot, type Plot } from './plot/create-plot.ts'
import { timesPx } from './plot/draw-around.ts'
import { watchSight } from './sight.ts'

export interface ChartViewProps {
  readonly spec: ChartSpec
  readonly actions: ChartActions
}

/** A chart in an element: drawn when there is something new, and answering the pointer. React only tells it what to show. */
export interface ChartView {
  update(props: ChartViewProps): void
  canvas(): HTMLCanvasElement | undefined
  destroy(): void
}

/** A range that has moved by less than this changes no pixel worth drawing for; of a small chart nobody sees less. */
const leastMovePx = 0.5
const leastMoveOfSmallPx = 1

export function createChartView(element: HTMLElement, first: ChartViewProps): ChartView {
  let props = first
  let plot: Plot | undefined
  let size = { width: 0, height: 0 }
  let drawnFromMs = 0
  let drawnSpanMs = 0
  let unsubscribe: readonly (() => void)[] = []
  const crosshair = overlay(element, 'absolute inset-y-0 left-0 w-px bg-ink-2 opacity-70')
  const brush = overlay(element, 'absolute inset-y-0 left-0 border-x border-accent bg-accent/20')

  const sight = watchSight(element, () => requestDraw(draw))

  function draw(): void {
    if (!sight.isInSight() || size.width === 0 || size.height === 0) return
    plot ??= createPlot(element, size, () => props.spec)
    const { fromMs, toMs } = props.spec.range.get()
    drawnFromMs = fromMs
    drawnSpanMs = toMs - fromMs
    plot.draw()
    point()
    props.spec.onDrawn?.()
  }

  function point(): void {
    const atMs = props.spec.pointer.get()
    const xPx = atMs === undefined || plot === undefined ? -1 : plot.xAt(atMs)
    const isShown = xPx >= 0 && xPx <= size.width
    crosshair.hidden = !isShown
    crosshair.style.bottom = props.spec.isSmall === true ? '0' : `${timesPx}px`
    if (isShown) crosshair.style.transform = `translateX(${Math.round(xPx)}px)`
  }

  /** What is out of sight is drawn when it comes into sight. */
  const drawSoon = () => {
    if (sight.isInSight()) requestDraw(draw)
  }
  const onRange = () => {
    if (!sight.isInSight()) return
    const { fromMs, toMs } = props.spec.range.get()
    const movedPx = (Math.abs(fromMs - drawnFromMs) / (toMs - fromMs)) * size.width
    const leastPx = props.spec.isSmall === true ? leastMoveOfSmallPx : leastMovePx
    if (movedPx >= leastPx || Math.abs(toMs - fromMs - drawnSpanMs) > 1e-6) requestDraw(draw)
  }
  const onData = drawSoon
  const onPoint = () => {
    if (sight.isInSight()) requestDraw(point)
  }

  function listen(): void {
    for (const stop of unsubscribe) stop()
    const { source, range, pointer } = props.spec
    unsubscribe = [source.subscribe(onData), range.subscribe(onRange), pointer.subscribe(onPoint)]
  }

  const stopGestures = handleGestures(element, () => {
    const { spec, actions } = props
    const timeAt = (xPx: number) => plot?.timeAt(xPx) ?? spec.range.get().fromMs
    return {
      timeAt,
      onPoint: (atMs) => spec.pointer.set(atMs),
      onBrush(range) {
        brush.hidden = range === undefined
        if (range === undefined || plot === undefined) return
        const left = plot.xAt(range.fromMs)
        brush.style.transform = `translateX(${left}px)`
        brush.style.width = `${plot.xAt(range.toMs) - left}px`
      },
      ...actions,
      wheelZooms: spec.wheelZooms === true,
    }
  })
  const observer = new ResizeObserver(([entry]) => {
    if (entry === undefined) return
    size = { width: Math.round(entry.contentRect.width), height: Math.round(entry.contentRect.height) }
    if (size.width > 0 && size.height > 0) plot?.setSize(size.width, size.height)
    drawSoon()
  })
  observer.observe(element)
  const stopPalette = onPaletteChange(onData)
  listen()

  return {
    update(next) {
      const before = props
      props = next
      const [a, b] = [before.spec, next.spec]
      if (a.shape !== b.shape || a.series.length !== b.series.length || a.isSmall !== b.isSmall) {
        plot?.destroy()
        plot = undefined
      }
      if (a.source !== b.source || a.range !== b.range || a.pointer !== b.pointer) listen()
      drawSoon()
    },
    canvas: () => plot?.canvas,
    destroy() {
      for (const stop of [...unsubscribe, stopGestures, stopPalette]) stop()
      observer.disconnect()
      sight.stop()
      cancelDraw(draw)
      cancelDraw(point)
      plot?.destroy()
      crosshair.remove()
      brush.remove()
    },
  }
}

function overlay(parent: HTMLElement, className: string): HTMLElement {
  const element = document.createElement('div')
  element.className = `pointer-events-none z-10 ${className}`
  element.hidden = true
  parent.append(element)
  return element
}
