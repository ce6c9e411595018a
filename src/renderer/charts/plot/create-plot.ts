import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { EpochMs } from '#shared/units/index.ts'
import { bridgeShortGaps } from '../bridge-gaps.ts'
import type { ChartSource, ChartSpec } from '../model.ts'
import { colourOf } from '../palette.ts'
import { reachOf, scaleSpread, scaleTop } from '../scale.ts'
import { type PlotValue, stackInto } from '../stack.ts'
import { drawBehind, drawOver, type Scales, timesPx } from './draw-around.ts'
import { type Canvas, withAlpha } from './pixels.ts'

/** The picture itself: values over a time, on a canvas. */
export interface Plot {
  /** Draws what the source says now; in the same frame. */
  draw(): void
  setSize(widthPx: number, heightPx: number): void
  /** The moment at so many pixels from the left edge. */
  timeAt(xPx: number): EpochMs
  xAt(atMs: EpochMs): number
  readonly canvas: HTMLCanvasElement
  destroy(): void
}

interface Size {
  readonly width: number
  readonly height: number
}

/**
 * @param spec asked for at each drawing: it may change, except for its shape and the number of its series
 */
export function createPlot(parent: HTMLElement, size: Size, spec: () => ChartSpec): Plot {
  const { shape, series } = spec()
  const count = series.length
  const data: [EpochMs[], ...PlotValue[][]] = [[], ...series.map((): PlotValue[] => [])]
  let top: number | undefined
  let drawn: Scales | undefined
  let readVersion: number | undefined

  /** Of a stack, the layer that reaches highest is drawn first: those below it are drawn over it. */
  const seriesOf = (plotIndex: number) => (shape === 'stack' ? count - plotIndex : plotIndex - 1)
  const colour = (plotIndex: number) => colourOf(spec().series[seriesOf(plotIndex)]?.colour ?? '--ink-3')

  const yRange: uPlot.Range.Function = (_plot, lowest, highest) => {
    const { base = 'zero', most, level } = spec()
    // Nothing to draw: any scale will do.
    if (lowest === null || highest === null)
      return [0, (top = scaleTop(Math.min(level?.value ?? 1, 1), undefined))]
    if (base === 'data') return [...scaleSpread(lowest, highest, most)]
    top = Math.min(scaleTop(reachOf(highest, level), top), most ?? Number.POSITIVE_INFINITY)
    return [0, top]
  }

  const plot: uPlot = new uPlot(
    {
      ...size,
      ms: 1,
      pxAlign: 0,
      legend: { show: false },
      cursor: { show: false },
      select: { show: false, left: 0, top: 0, width: 0, height: 0 },
      padding: [2, 0, spec().isSmall === true ? 1 : timesPx, 0],
      scales: { x: { time: true, auto: false }, y: { range: yRange } },
      axes: [{ show: false }, { show: false }],
      series: [
        {},
        ...series.map(
          (_one, index): uPlot.Series => ({
            scale: 'y',
            points: { show: false },
            spanGaps: false,
            ...(shape === 'stack'
              ? { width: 0, fill: () => colour(index + 1), fillTo: 0 }
              : {
                  width: 1.25,
                  stroke: () => colour(index + 1),
                  ...(shape === 'area' ? { fill: () => withAlpha(colour(index + 1), 0.18), fillTo: 0 } : {}),
                }),
          }),
        ),
      ],
      hooks: {
        // The plot remembers what it set last on its context: what is drawn beside it leaves that as it was.
        drawClear: [
          (self) => apart(self, () => drawBehind(canvasOf(self), (drawn = scalesOf(self)), spec())),
        ],
        draw: [(self) => apart(self, () => drawOver(canvasOf(self), (drawn = scalesOf(self)), spec()))],
      },
    },
    data,
    parent,
  )

  /** Sources count what they tell, each for itself. */
  let readSource: ChartSource | undefined
  /** Lines are not drawn across some of them. */
  let readMarks: ChartSpec['marks']

  /** @returns whether there was anything new */
  function read(): boolean {
    const { source, marks } = spec()
    const { atMs, values, version } = source.read()
    if (version !== undefined && version === readVersion && source === readSource && marks === readMarks)
      return false
    readVersion = version
    readSource = source
    readMarks = marks
    const length = atMs.length
    const times = data[0]
    for (let index = 0; index < length; index += 1) times[index] = atMs[index] ?? 0
    times.length = length
    const rows = data.slice(1) as PlotValue[][]
    if (shape === 'stack') stackInto(rows.toReversed(), values, length)
    else
      rows.forEach((row, index) => {
        for (let at = 0; at < length; at += 1) row[at] = values[index]?.[at] ?? null
        row.length = length
      })
    for (const row of rows) bridgeShortGaps(times, row, marks)
    return true
  }

  return {
    canvas: plot.ctx.canvas,
    draw() {
      const isNew = read()
      const { fromMs, toMs } = spec().range.get()
      plot.batch(() => {
        if (isNew) plot.setData(data, false)
        plot.setScale('x', { min: fromMs, max: toMs })
      })
    },
    setSize(width, height) {
      plot.setSize({ width, height })
    },
    timeAt: (xPx) => {
      const { fromMs, toMs } = spec().range.get()
      return fromMs + ((toMs - fromMs) * xPx) / Math.max(1, plot.width)
    },
    xAt: (atMs) => {
      const { fromMs, toMs } = drawn ?? spec().range.get()
      return ((atMs - fromMs) / (toMs - fromMs)) * plot.width
    },
    destroy: () => plot.destroy(),
  }
}

function apart(plot: uPlot, draw: () => void): void {
  plot.ctx.save()
  draw()
  plot.ctx.restore()
}

function canvasOf(plot: uPlot): Canvas {
  return { context: plot.ctx, ratio: uPlot.pxRatio, box: plot.bbox }
}

function scalesOf(plot: uPlot): Scales {
  const { x, y } = plot.scales
  return {
    fromMs: x?.min ?? 0,
    toMs: x?.max ?? 1,
    bottom: y?.min ?? 0,
    top: y?.max ?? 1,
    x: (atMs) => plot.valToPos(atMs, 'x', true),
    y: (value) => plot.valToPos(value, 'y', true),
  }
}
