import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { cancelDraw, onPaletteChange, requestDraw } from '#renderer/charts/index.ts'
import { useSessionLoad } from '#renderer/session-charts/index.ts'
import {
  currentRange,
  follow,
  pointed,
  setRange,
  subscribeRange,
  useUnrecorded,
} from '#renderer/state/index.ts'
import type { Marker } from '#shared/session/index.ts'
import { describeLoad } from './describe-load.ts'
import { paintTimeline } from './paint-timeline.ts'
import {
  describeMarker,
  detailsOfMarker,
  gapAt,
  markersAt,
  type PlacedMarkers,
  placeMarkers,
} from './place-markers.ts'
import { Selection, type SelectionElements } from './selection.tsx'
import { handleTimeline } from './timeline-gestures.ts'
import {
  currentView,
  shiftTimeline,
  showWholeTimeline,
  useTimelineState,
  zoomTimeline,
} from './timeline-state.ts'

interface HoveredLine {
  readonly text: string
  /** It tells more of the line above. */
  readonly isDetail?: boolean
}

interface Hovered {
  readonly xPx: number
  /** Of the whole track. */
  readonly widthPx: number
  readonly lines: readonly HoveredLine[]
}

/** The session's load with its marks, and the window's range upon it. Drawn when something moved by a pixel. */
export function Track({ markers, isLow }: { readonly markers: readonly Marker[]; readonly isLow: boolean }) {
  const part = useTimelineState((state) => state.part)
  const { source, cores } = useSessionLoad(part, currentView, true)
  const track = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const selection = useRef<SelectionElements>(null)
  const crosshair = useRef<HTMLDivElement>(null)
  const places = useRef<readonly PlacedMarkers[]>([])
  const unrecorded = useUnrecorded()
  const shown = useRef({ markers, unrecorded, cores, isLow })
  /** Says that something else is to be drawn; there once drawing has begun. */
  const changed = useRef<() => void>(undefined)
  const [hovered, setHovered] = useState<Hovered>()

  useLayoutEffect(() => {
    shown.current = { markers, unrecorded, cores, isLow }
    changed.current?.()
  }, [markers, unrecorded, cores, isLow])

  useEffect(() => {
    const element = track.current
    if (element === null) return
    let [drawnFromMs, drawnToMs] = [0, 0]
    let [isDirty, hasNews] = [true, false]
    let widthPx = 0
    const paint = () => {
      if (canvas.current === null) return
      const view = currentView()
      places.current = placeMarkers(shown.current.markers, view, widthPx)
      paintTimeline(canvas.current, { ...shown.current, points: source.read(), view, places: places.current })
      drawnFromMs = view.fromMs
      drawnToMs = view.toMs
      isDirty = false
      hasNews = false
    }
    const hasMoved = () => {
      const { fromMs, toMs } = currentView()
      return (Math.abs(toMs - drawnToMs) / (toMs - fromMs)) * widthPx >= 1
    }
    const draw = () => {
      if (isDirty || hasMoved()) paint()
      selection.current?.place(widthPx)
      placeCrosshair(crosshair.current, widthPx)
    }
    /** A frame is asked for only where it would show something new. */
    const moved = () => {
      if (isDirty || hasMoved() || selection.current?.wouldMove(widthPx) === true) requestDraw(draw)
    }
    const anew = () => {
      isDirty = true
      requestDraw(draw)
    }
    const heard = () => {
      hasNews = true
      moved()
    }
    const observer = new ResizeObserver(([entry]) => {
      widthPx = Math.round(entry?.contentRect.width ?? 0)
      anew()
    })
    observer.observe(element)
    // Marks and ticks come often; the picture is painted anew about once a second, and when it has moved by a pixel.
    const slow = setInterval(() => {
      const { fromMs, toMs } = currentView()
      if (hasNews || fromMs !== drawnFromMs || toMs !== drawnToMs) anew()
    }, 1_000)
    const stops = [
      source.subscribe(heard),
      subscribeRange(moved),
      useTimelineState.subscribe(anew),
      pointed.subscribe(() => requestDraw(draw)),
      onPaletteChange(anew),
      handleTimeline(element, {
        view: currentView,
        range: currentRange,
        onRange: setRange,
        onPick(atMs) {
          const { fromMs, toMs } = currentRange()
          const half = (toMs - fromMs) / 2
          setRange({ fromMs: atMs - half, toMs: atMs + half })
        },
        onPoint(atMs, xPx) {
          pointed.set(atMs)
          setHovered(
            atMs === undefined
              ? undefined
              : {
                  xPx,
                  widthPx,
                  lines: [
                    { text: describeLoad(source.read(), atMs) },
                    ...linesAt(shown.current.markers, places.current, atMs, xPx),
                  ],
                },
          )
        },
        onZoom: zoomTimeline,
        onShift: shiftTimeline,
        onReset() {
          showWholeTimeline()
          follow()
        },
      }),
    ]
    changed.current = heard
    return () => {
      changed.current = undefined
      clearInterval(slow)
      observer.disconnect()
      for (const stop of stops) stop()
      cancelDraw(draw)
    }
  }, [source])

  return (
    <div ref={track} className="relative min-w-0 flex-1 touch-none select-none">
      <canvas ref={canvas} aria-hidden="true" className="block size-full" />
      <Selection ref={selection} />
      <div
        ref={crosshair}
        hidden
        className="pointer-events-none absolute top-0 bottom-[15px] left-0 w-px bg-ink-2 opacity-70"
      />
      {hovered !== undefined && (
        <div
          aria-hidden="true"
          className="pointer-events-none absolute bottom-full z-30 mb-1 w-max max-w-100 rounded-md border border-line-strong bg-surface-2 px-2.5 py-1.5 text-xs shadow-float"
          style={
            hovered.xPx < hovered.widthPx / 2
              ? { left: Math.max(0, hovered.xPx - 20) }
              : { right: Math.max(0, hovered.widthPx - hovered.xPx - 20) }
          }
        >
          {hovered.lines.map(({ text, isDetail }) => (
            <div key={text} className={isDetail === true ? 'pl-3 font-mono text-ink-2' : undefined}>
              {text}
            </div>
          ))}
        </div>
      )}
    </div>
  )
}

/** More than these are counted. */
const mostMarkers = 6

function linesAt(
  markers: readonly Marker[],
  places: readonly PlacedMarkers[],
  atMs: number,
  xPx: number,
): readonly HoveredLine[] {
  const gap = gapAt(markers, atMs)
  const here = [...(markersAt(places, xPx)?.markers ?? []), ...(gap === undefined ? [] : [gap])]
  const lines = here
    .slice(0, mostMarkers)
    .flatMap((marker) => [
      { text: describeMarker(marker) },
      ...detailsOfMarker(marker).map((text) => ({ text, isDetail: true })),
    ])
  return here.length > mostMarkers ? [...lines, { text: `and ${here.length - mostMarkers} more` }] : lines
}

function placeCrosshair(element: HTMLElement | null, widthPx: number): void {
  if (element === null) return
  const atMs = pointed.get()
  const { fromMs, toMs } = currentView()
  const share = atMs === undefined ? -1 : (atMs - fromMs) / (toMs - fromMs)
  element.hidden = share < 0 || share > 1
  if (!element.hidden) element.style.transform = `translateX(${Math.round(share * widthPx)}px)`
}
