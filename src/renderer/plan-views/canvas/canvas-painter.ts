import type { Painter, StrokeStyle, TextStyle } from './painter.ts'
import { createTextFit, type TextFit } from './text-fit.ts'

const fits = new Map<string, TextFit>()
let ruler: CanvasRenderingContext2D | null | undefined

/** Widths are measured at a round size on a canvas of their own: the same at every zoom, so the cache holds. */
function fitOf(font: string): TextFit {
  const known = fits.get(font)
  if (known !== undefined) return known
  ruler ??= makeRuler()
  const fit = createTextFit((text) => {
    if (ruler === null || ruler === undefined) return text.length * 7
    ruler.font = font
    return ruler.measureText(text).width
  })
  fits.set(font, fit)
  return fit
}

/** In the document: a canvas outside of it knows nothing of the page's tabular figures, which are wider. */
function makeRuler(): CanvasRenderingContext2D | null {
  const canvas = document.createElement('canvas')
  canvas.hidden = true
  document.body.append(canvas)
  return canvas.getContext('2d')
}

/** Forgets all widths: fonts may have arrived after the first texts were measured. */
export function forgetTextWidths(): void {
  fits.clear()
}

/** Draws on a canvas, with the transformation that stands. */
export function createCanvasPainter(context: CanvasRenderingContext2D, family: string): Painter {
  const fontOf = ({ size, weight }: Pick<TextStyle, 'size' | 'weight'>) =>
    `${weight ?? 400} ${size}px ${family}`
  let font = ''
  const stroke = ({ colour, width, dash }: StrokeStyle): void => {
    context.strokeStyle = colour
    context.lineWidth = width
    context.setLineDash(dash === undefined ? [] : [...dash])
    context.stroke()
  }
  context.textBaseline = 'alphabetic'
  return {
    rect: (x, y, width, height, colour, radius = 0) => {
      context.fillStyle = colour
      if (radius === 0) {
        context.fillRect(x, y, width, height)
        return
      }
      context.beginPath()
      context.roundRect(x, y, width, height, radius)
      context.fill()
    },
    frame: (x, y, width, height, style, radius = 0) => {
      context.beginPath()
      if (radius === 0) context.rect(x, y, width, height)
      else context.roundRect(x, y, width, height, radius)
      stroke(style)
    },
    curve: ([x0, y0, x1, y1, x2, y2, x3, y3], style) => {
      context.beginPath()
      context.moveTo(x0, y0)
      context.bezierCurveTo(x1, y1, x2, y2, x3, y3)
      stroke(style)
    },
    polygon: (points, colour) => {
      context.beginPath()
      for (let at = 0; at + 1 < points.length; at += 2) context.lineTo(points[at] ?? 0, points[at + 1] ?? 0)
      context.closePath()
      context.fillStyle = colour
      context.fill()
    },
    text: (text, x, y, style) => {
      const wanted = fontOf(style)
      const shown = style.maxWidth === undefined ? text : fitOf(wanted).fit(text, style.maxWidth)
      if (shown === '') return
      if (font !== wanted) {
        context.font = wanted
        font = wanted
      }
      context.textAlign = style.align ?? 'left'
      context.fillStyle = style.colour
      context.fillText(shown, x, y)
    },
    measure: (text, style) => fitOf(fontOf(style)).measure(text),
  }
}
