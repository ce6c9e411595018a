import { colourOf } from '../palette.ts'

/** Where a chart draws: everything in device pixels. */
export interface Canvas {
  readonly context: CanvasRenderingContext2D
  readonly ratio: number
  /** The part that values are drawn in. */
  readonly box: {
    readonly left: number
    readonly top: number
    readonly width: number
    readonly height: number
  }
}

export const fontOf = (ratio: number): string =>
  `${11 * ratio}px "Inter Variable", Inter, system-ui, sans-serif`

/** A colour in hex with some of it let through: `withAlpha('#4f9dde', 0.2)`. */
export function withAlpha(colour: string, alpha: number): string {
  const digits = Math.round(alpha * 255).toString(16)
  return /^#[\da-f]{6}$/i.test(colour) ? `${colour}${digits.padStart(2, '0')}` : colour
}

/** Words over whatever is drawn below them: on a chip of the panel's colour. */
export function drawChip(
  { context, ratio }: Canvas,
  text: string,
  left: number,
  middle: number,
  ink: string,
): void {
  context.font = fontOf(ratio)
  context.textBaseline = 'middle'
  context.textAlign = 'left'
  const width = context.measureText(text).width
  const padding = 3 * ratio
  context.fillStyle = withAlpha(colourOf('--surface-1'), 0.82)
  context.beginPath()
  context.roundRect(left - padding, middle - 7.5 * ratio, width + 2 * padding, 15 * ratio, 3 * ratio)
  context.fill()
  context.fillStyle = ink
  context.fillText(text, left, middle + 0.5 * ratio)
}
