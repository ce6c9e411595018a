export type Align = 'left' | 'center' | 'right'

export interface TextStyle {
  readonly size: number
  readonly colour: string
  readonly weight?: 400 | 500 | 600
  readonly align?: Align
  /** Cut off with an ellipsis beyond this width; nothing is drawn where not even two letters fit. */
  readonly maxWidth?: number
}

export interface StrokeStyle {
  readonly colour: string
  readonly width: number
  readonly dash?: readonly number[]
}

/** A cubic curve: start, two handles, end. */
export type Curve = readonly [number, number, number, number, number, number, number, number]

/**
 * What drawings are drawn with: a canvas on screen and for PNG, or markup for SVG. One drawing, so that what is
 * copied looks as what was seen.
 */
export interface Painter {
  readonly rect: (
    x: number,
    y: number,
    width: number,
    height: number,
    colour: string,
    radius?: number,
  ) => void
  readonly frame: (
    x: number,
    y: number,
    width: number,
    height: number,
    stroke: StrokeStyle,
    radius?: number,
  ) => void
  readonly curve: (points: Curve, stroke: StrokeStyle) => void
  readonly polygon: (points: readonly number[], colour: string) => void
  /** `y` is the baseline. */
  readonly text: (text: string, x: number, y: number, style: TextStyle) => void
  readonly measure: (text: string, style: Pick<TextStyle, 'size' | 'weight'>) => number
}
