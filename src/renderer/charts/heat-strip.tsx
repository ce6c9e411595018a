import { useEffect, useRef, useState } from 'react'
import { classes } from '#renderer/kit/index.ts'
import { cancelDraw, requestDraw } from './draw-loop.ts'
import type { ChartPointer, ChartRange, ChartSource, ColourToken } from './model.ts'
import { nearestIndex } from './nearest.ts'
import { colourOf, onPaletteChange } from './palette.ts'
import { watchSight } from './sight.ts'
import { formatClock } from './time-labels.ts'

export interface HeatStripProps {
  /** What it shows: its name for screen readers. */
  readonly label: string
  /** One row each, from the top down. */
  readonly rows: readonly { readonly key: string; readonly label: string }[]
  /** One list of values a row, from 0 (nothing) to 1 (all of it). */
  readonly source: ChartSource
  readonly colour: ColourToken
  readonly format: (value: number) => string
  readonly range: ChartRange
  readonly pointer: ChartPointer
  readonly className?: string
}

/** A range that has moved by less shows nothing new. */
const leastMovePx = 1

/** Rows over time, darker to brighter the more of them is used: as many rows as there is room for pixels. */
export function HeatStrip(props: HeatStripProps) {
  const { label, rows, source, colour, range, pointer, format, className } = props
  const canvas = useRef<HTMLCanvasElement>(null)
  const [pointedRow, setPointedRow] = useState<number>()

  useEffect(() => {
    const element = canvas.current
    if (element === null) return
    let drawnToMs = 0
    const draw = () => {
      drawnToMs = range.get().toMs
      drawStrip(element, { source, range, pointer, colour, count: rows.length })
    }
    const sight = watchSight(element, () => requestDraw(draw))
    const later = () => {
      if (sight.isInSight()) requestDraw(draw)
    }
    const onRange = () => {
      const { fromMs, toMs } = range.get()
      const movedPx = (Math.abs(toMs - drawnToMs) / (toMs - fromMs)) * element.clientWidth
      if (movedPx >= leastMovePx) later()
    }
    const observer = new ResizeObserver(later)
    observer.observe(element)
    const stops = [
      source.subscribe(later),
      range.subscribe(onRange),
      pointer.subscribe(later),
      onPaletteChange(later),
    ]
    return () => {
      for (const stop of stops) stop()
      sight.stop()
      observer.disconnect()
      cancelDraw(draw)
    }
  }, [source, range, pointer, colour, rows.length])

  return (
    <div className={classes('relative min-h-0', className)}>
      <canvas
        ref={canvas}
        role="img"
        aria-label={label}
        className="absolute inset-0 size-full"
        onPointerMove={(event) => {
          const box = event.currentTarget.getBoundingClientRect()
          const { fromMs, toMs } = range.get()
          pointer.set(fromMs + ((event.clientX - box.left) / box.width) * (toMs - fromMs))
          setPointedRow(Math.floor(((event.clientY - box.top) / box.height) * rows.length))
        }}
        onPointerLeave={() => {
          pointer.set(undefined)
          setPointedRow(undefined)
        }}
      />
      {pointedRow !== undefined && (
        <PointedCell
          row={rows[pointedRow]}
          at={pointedRow}
          source={source}
          pointer={pointer}
          format={format}
        />
      )}
    </div>
  )
}

interface PointedCellProps extends Pick<HeatStripProps, 'source' | 'pointer' | 'format'> {
  readonly row: HeatStripProps['rows'][number] | undefined
  readonly at: number
}

function PointedCell({ row, at, source, pointer, format }: PointedCellProps) {
  const atMs = pointer.get()
  if (row === undefined || atMs === undefined) return null
  const points = source.read()
  const value = points.values[at]?.[nearestIndex(points.atMs, atMs)]
  return (
    <p className="pointer-events-none absolute top-1 right-1 rounded-sm border border-line-strong bg-surface-2 px-1.5 text-xs">
      {row.label} · {typeof value === 'number' ? format(value) : 'not sampled'} · {formatClock(atMs)}
    </p>
  )
}

interface Drawing extends Pick<HeatStripProps, 'source' | 'range' | 'pointer' | 'colour'> {
  readonly count: number
}

/** What is idle still shows that there is a row. */
const faintest = 0.04

function drawStrip(canvas: HTMLCanvasElement, { source, range, pointer, colour, count }: Drawing): void {
  const ratio = window.devicePixelRatio
  const width = Math.round(canvas.clientWidth * ratio)
  const height = Math.round(canvas.clientHeight * ratio)
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width
    canvas.height = height
  }
  const context = canvas.getContext('2d')
  if (context === null || width === 0 || count === 0) return
  context.clearRect(0, 0, width, height)
  const { fromMs, toMs } = range.get()
  const x = (atMs: number) => ((atMs - fromMs) / (toMs - fromMs)) * width
  const { atMs, values } = source.read()
  const stepMs = (atMs[1] ?? 0) - (atMs[0] ?? 0)
  // A line between the rows, where there is room for one.
  const rowPx = height / count
  const gapPx = rowPx >= 6 * ratio ? ratio : 0
  context.fillStyle = colourOf(colour)
  for (let row = 0; row < count; row += 1) {
    const top = Math.round(row * rowPx)
    const bottom = Math.round((row + 1) * rowPx) - gapPx
    atMs.forEach((moment, index) => {
      const value = values[row]?.[index]
      if (typeof value !== 'number') return
      const left = Math.round(x(moment - stepMs / 2))
      const right = Math.round(x(moment + stepMs / 2))
      if (right < 0 || left > width) return
      context.globalAlpha = faintest + (1 - faintest) * Math.min(1, Math.max(0, value))
      context.fillRect(left, top, Math.max(1, right - left), Math.max(1, bottom - top))
    })
  }
  context.globalAlpha = 1
  const pointedMs = pointer.get()
  if (pointedMs === undefined) return
  context.fillStyle = colourOf('--ink-2')
  context.fillRect(Math.round(x(pointedMs)), 0, ratio, height)
}
