import {
  bridgeShortGaps,
  type ChartPoints,
  colourOf,
  type PlotValue,
  scaleTop,
  stackInto,
  timeLabels,
} from '#renderer/charts/index.ts'
import { sessionLoadColours } from '#renderer/session-charts/index.ts'
import type { Unrecorded } from '#renderer/state/index.ts'
import type { TimeRange } from '#shared/series/index.ts'
import type { Marker } from '#shared/session/index.ts'
import { type MarkerShape, markerLooks } from './marker-looks.ts'
import { type PlacedMarkers, weightiest } from './place-markers.ts'

/** Room in CSS pixels, from the top: load, marks, times. */
const marksPx = 13
const timesPx = 15

export interface TimelinePicture {
  readonly points: ChartPoints
  readonly view: TimeRange
  readonly cores: number | undefined
  /** In a low timeline marks lie on the load. */
  readonly isLow: boolean
  readonly markers: readonly Marker[]
  /** What nobody meant to look at has no ground. */
  readonly unrecorded: readonly Unrecorded[]
  readonly places: readonly PlacedMarkers[]
}

interface Surface {
  readonly context: CanvasRenderingContext2D
  readonly width: number
  readonly loadHeight: number
  readonly marksTop: number
  readonly x: (atMs: number) => number
}

/** Rows that are added up anew at each drawing; kept, so that drawing leaves nothing behind. */
const rows: PlotValue[][] = sessionLoadColours.map(() => [])

/** Draws the whole session: load by wait class, the line of cores, gaps, marks and times. */
export function paintTimeline(canvas: HTMLCanvasElement, picture: TimelinePicture): void {
  const ratio = window.devicePixelRatio
  const [width, height] = [canvas.clientWidth, canvas.clientHeight]
  if (width === 0) return
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio)
    canvas.height = Math.round(height * ratio)
  }
  const context = canvas.getContext('2d')
  if (context === null) return
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  context.clearRect(0, 0, width, height)
  const { view, markers, places } = picture
  const pxPerMs = width / (view.toMs - view.fromMs)
  const surface = {
    context,
    width,
    loadHeight: height - timesPx - (picture.isLow ? 0 : marksPx),
    marksTop: height - timesPx - marksPx,
    x: (atMs: number) => (atMs - view.fromMs) * pxPerMs,
  }
  for (const span of picture.unrecorded) paintVoid(surface, span, view)
  for (const marker of markers) if (marker.kind === 'gap') paintGap(surface, marker, view)
  paintLoad(surface, picture)
  for (const place of places) paintPlace(surface, place)
  paintTimes(surface, view, height)
}

function paintLoad({ context, width, loadHeight, x }: Surface, { points, cores }: TimelinePicture): void {
  const { atMs, values } = points
  stackInto(rows, values, atMs.length)
  for (const row of rows) bridgeShortGaps(atMs, row)
  const highest = (rows.at(-1) ?? []).reduce<number>((most, value) => Math.max(most, value ?? 0), 0)
  const shown = cores !== undefined && cores <= highest * 4 ? Math.max(highest, cores) : highest
  const top = scaleTop(shown, undefined)
  const y = (value: number) => loadHeight - (value / top) * (loadHeight - 2)
  // The top layer first: those below are painted over it.
  for (let layer = rows.length - 1; layer >= 0; layer -= 1) {
    context.fillStyle = colourOf(sessionLoadColours[layer] ?? '--ink-3')
    context.beginPath()
    for (const run of runsOf(rows[layer] ?? [])) {
      context.moveTo(x(atMs[run[0] ?? 0] ?? 0), loadHeight)
      for (const index of run) context.lineTo(x(atMs[index] ?? 0), y(rows[layer]?.[index] ?? 0))
      context.lineTo(x(atMs[run.at(-1) ?? 0] ?? 0), loadHeight)
    }
    context.fill()
  }
  context.fillStyle = colourOf('--line-strong')
  context.fillRect(0, loadHeight, width, 1)
  if (cores === undefined || cores > top) return
  context.strokeStyle = colourOf('--ink-2')
  context.setLineDash([3, 4])
  context.beginPath()
  context.moveTo(0, Math.round(y(cores)) + 0.5)
  context.lineTo(width, Math.round(y(cores)) + 0.5)
  context.stroke()
  context.setLineDash([])
}

function paintVoid({ context, loadHeight, x }: Surface, span: Unrecorded, view: TimeRange): void {
  const { fromMs = view.fromMs, toMs = view.toMs } = span
  const left = x(Math.max(view.fromMs, fromMs))
  const right = x(Math.min(view.toMs, toMs))
  if (right <= left) return
  context.fillStyle = colourOf('--surface-0')
  context.fillRect(left, 0, right - left, loadHeight)
}

function paintGap({ context, loadHeight, x }: Surface, { atMs, endedAtMs }: Marker, view: TimeRange): void {
  const left = Math.max(x(view.fromMs), x(atMs))
  const right = Math.min(x(view.toMs), x(endedAtMs ?? view.toMs))
  if (right <= left) return
  context.save()
  context.beginPath()
  context.rect(left, 0, Math.max(2, right - left), loadHeight)
  context.clip()
  context.fillStyle = colourOf('--surface-3')
  context.fillRect(left, 0, Math.max(2, right - left), loadHeight)
  context.strokeStyle = colourOf('--line-strong')
  for (let at = left - loadHeight; at < right; at += 5) {
    context.beginPath()
    context.moveTo(at, loadHeight)
    context.lineTo(at + loadHeight, 0)
    context.stroke()
  }
  context.restore()
}

function paintPlace({ context, marksTop }: Surface, { xPx, markers }: PlacedMarkers): void {
  const marker = weightiest(markers)
  if (marker === undefined) return
  const { shape, colour } = markerLooks[marker.kind]
  context.fillStyle = colourOf(colour)
  context.strokeStyle = colourOf(colour)
  context.lineWidth = 1.5
  const middle = marksTop + marksPx / 2 + 0.5
  paintShape(context, shape, Math.round(xPx), middle)
  context.lineWidth = 1
  // More than one: a line below says so, and the words on hover name them.
  if (markers.length > 1) context.fillRect(Math.round(xPx) - 4, marksTop + marksPx - 0.5, 8, 1)
}

function paintShape(context: CanvasRenderingContext2D, shape: MarkerShape, x: number, y: number): void {
  const corners: Partial<Record<MarkerShape, readonly (readonly [number, number])[]>> = {
    diamond: [
      [0, -4.5],
      [4.5, 0],
      [0, 4.5],
      [-4.5, 0],
    ],
    square: [
      [-3, -3],
      [3, -3],
      [3, 3],
      [-3, 3],
    ],
    up: [
      [0, -4.5],
      [4.5, 3.5],
      [-4.5, 3.5],
    ],
    right: [
      [-3, -4.5],
      [4.5, 0],
      [-3, 4.5],
    ],
    bar: [
      [-1, -5],
      [1, -5],
      [1, 5],
      [-1, 5],
    ],
  }
  context.beginPath()
  if (shape === 'disc' || shape === 'ring') context.arc(x, y, 3.5, 0, 2 * Math.PI)
  else if (shape === 'cross') {
    context.moveTo(x - 3.5, y - 3.5)
    context.lineTo(x + 3.5, y + 3.5)
    context.moveTo(x + 3.5, y - 3.5)
    context.lineTo(x - 3.5, y + 3.5)
  } else {
    for (const [dx, dy] of corners[shape] ?? []) context.lineTo(x + dx, y + dy)
    context.closePath()
  }
  if (shape === 'ring' || shape === 'cross') context.stroke()
  else context.fill()
}

function paintTimes({ context, width, x }: Surface, view: TimeRange, height: number): void {
  context.font = '11px "Inter Variable", Inter, system-ui, sans-serif'
  context.textBaseline = 'bottom'
  context.textAlign = 'center'
  context.fillStyle = colourOf('--ink-3')
  for (const { atMs, text } of timeLabels(view.fromMs, view.toMs, width / 120)) {
    const half = context.measureText(text).width / 2
    const middle = x(atMs)
    if (middle - half >= 0 && middle + half <= width) context.fillText(text, middle, height - 1)
  }
}

/** Indices of values that belong together: a null ends a stretch, `undefined` is passed over. */
function runsOf(row: readonly PlotValue[]): readonly (readonly number[])[] {
  const runs: number[][] = [[]]
  row.forEach((value, index) => {
    if (value === null) runs.push([])
    else if (value !== undefined) runs.at(-1)?.push(index)
  })
  return runs.filter((run) => run.length > 0)
}
