import { useEffect, useRef } from 'react'
import { classes } from '#renderer/kit/index.ts'
import { cancelDraw, requestDraw } from './draw-loop.ts'
import type { ChartValue, ColourToken } from './model.ts'
import { colourOf, onPaletteChange } from './palette.ts'

export interface SparkProps {
  readonly values: readonly ChartValue[]
  readonly colour?: ColourToken
  /** The same scale for sparks beside each other; default: its own highest value. */
  readonly most?: number
  readonly className?: string
}

/** A line as small as a word, for rows of tables; says nothing to screen readers that the row doesn't say. */
export function Spark({ values, colour = '--accent', most, className }: SparkProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const draw = () => {
      if (canvas.current !== null) drawSpark(canvas.current, values, colour, most)
    }
    requestDraw(draw)
    const stop = onPaletteChange(() => requestDraw(draw))
    return () => {
      stop()
      cancelDraw(draw)
    }
  }, [values, colour, most])
  return <canvas ref={canvas} aria-hidden="true" className={classes('block h-4 w-20', className)} />
}

function drawSpark(
  canvas: HTMLCanvasElement,
  values: readonly ChartValue[],
  colour: ColourToken,
  most: number | undefined,
): void {
  const ratio = window.devicePixelRatio
  const width = Math.round(canvas.clientWidth * ratio)
  const height = Math.round(canvas.clientHeight * ratio)
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width
    canvas.height = height
  }
  const context = canvas.getContext('2d')
  if (context === null || width === 0) return
  context.clearRect(0, 0, width, height)
  const highest = most ?? values.reduce<number>((top, value) => Math.max(top, value ?? 0), 0)
  if (highest <= 0) return
  const x = (index: number) => (values.length < 2 ? 0 : (index / (values.length - 1)) * width)
  const y = (value: number) => height - ratio - (value / highest) * (height - 2 * ratio)
  context.strokeStyle = colourOf(colour)
  context.lineWidth = 1.25 * ratio
  context.beginPath()
  let isDown = false
  values.forEach((value, index) => {
    if (value === null) isDown = false
    else if (isDown) context.lineTo(x(index), y(value))
    else {
      context.moveTo(x(index), y(value))
      // One between gaps is a line of a point's length.
      context.lineTo(x(index) - ratio, y(value))
      isDown = true
    }
  })
  context.stroke()
}
