import type { ChartLevel, ChartMark, ChartSpec } from '../model.ts'
import { colourOf } from '../palette.ts'
import { scaleLines } from '../scale.ts'
import { timeLabels } from '../time-labels.ts'
import { type Canvas, drawChip, fontOf, withAlpha } from './pixels.ts'

/** Scales of a drawing, in device pixels. */
export interface Scales {
  readonly fromMs: number
  readonly toMs: number
  readonly bottom: number
  readonly top: number
  readonly x: (atMs: number) => number
  readonly y: (value: number) => number
}

/** Room in CSS pixels, below for times. */
export const timesPx = 18

/** What lies behind the values: lines of the scale, and where nothing was sampled. */
export function drawBehind(canvas: Canvas, scales: Scales, spec: ChartSpec): void {
  const { context, ratio, box } = canvas
  for (const mark of spec.marks ?? []) if (mark.tone === 'void') drawVoid(canvas, scales, mark)
  context.lineWidth = Math.max(1, Math.round(ratio))
  context.strokeStyle = colourOf('--line')
  for (const value of scaleLines(scales.bottom, scales.top, box.height / ratio)) {
    line(context, box.left, Math.round(scales.y(value)) + 0.5, box.left + box.width)
  }
  context.strokeStyle = colourOf('--line-strong')
  line(context, box.left, Math.round(box.top + box.height) - 0.5, box.left + box.width)
  for (const mark of spec.marks ?? []) if (mark.tone === 'gap') drawGap(canvas, scales, mark)
  if (spec.isSmall === true) return
  for (const mark of spec.marks ?? [])
    if (mark.tone === 'gap' || mark.tone === 'void') nameSpan(canvas, scales, mark)
}

/** Why there is nothing, where there is room to say it. */
function nameSpan(canvas: Canvas, scales: Scales, mark: ChartMark): void {
  const { context, ratio, box } = canvas
  const left = Math.max(box.left, scales.x(mark.atMs))
  const right = Math.min(box.left + box.width, scales.x(mark.endedAtMs ?? scales.toMs))
  context.font = fontOf(ratio)
  const width = context.measureText(mark.label).width
  if (right - left < width + 24 * ratio) return
  drawChip(canvas, mark.label, (left + right - width) / 2, box.top + box.height / 2, colourOf('--ink-3'))
}

/** What lies over the values: the level, moments that matter, the scale's figures, and times below. */
export function drawOver(canvas: Canvas, scales: Scales, spec: ChartSpec): void {
  for (const mark of spec.marks ?? [])
    if (mark.tone !== 'gap' && mark.tone !== 'void') drawMark(canvas, scales, mark)
  const { context, ratio, box } = canvas
  const levelY = spec.level === undefined ? undefined : drawLevel(canvas, scales, spec.level)
  if (spec.isSmall !== true) {
    let unit = spec.unit
    for (const value of scaleLines(scales.bottom, scales.top, box.height / ratio).toReversed()) {
      const y = Math.max(box.top + 8 * ratio, scales.y(value) + (value === scales.top ? 8 * ratio : 0))
      if (levelY !== undefined && Math.abs(levelY - y) < 15 * ratio) continue
      const words =
        unit === undefined ? spec.format(value) : `${spec.format(value)} ${unit[value === 1 ? 0 : 1]}`
      drawChip(canvas, words, box.left + 6 * ratio, y, colourOf('--ink-3'))
      unit = undefined
    }
    drawTimes(canvas, scales)
  } else {
    context.font = fontOf(ratio)
  }
}

function drawLevel(canvas: Canvas, scales: Scales, level: ChartLevel): number | undefined {
  if (level.value > scales.top || level.value < scales.bottom) return undefined
  const { context, ratio, box } = canvas
  const y = Math.round(scales.y(level.value)) + 0.5
  context.setLineDash([4 * ratio, 4 * ratio])
  context.strokeStyle = withAlpha(colourOf('--ink'), 0.65)
  context.lineWidth = Math.max(1, Math.round(ratio))
  line(context, box.left, y, box.left + box.width)
  context.setLineDash([])
  drawChip(
    canvas,
    level.label,
    box.left + 6 * ratio,
    Math.max(box.top + 8 * ratio, y - 10 * ratio),
    colourOf('--ink-2'),
  )
  return y - 10 * ratio
}

function drawGap({ context, ratio, box }: Canvas, scales: Scales, mark: ChartMark): void {
  const left = Math.max(box.left, scales.x(mark.atMs))
  const right = Math.min(box.left + box.width, scales.x(mark.endedAtMs ?? scales.toMs))
  if (right - left < 0.5) return
  context.save()
  context.beginPath()
  context.rect(left, box.top, right - left, box.height)
  context.clip()
  context.fillStyle = colourOf('--surface-2')
  context.fillRect(left, box.top, right - left, box.height)
  context.strokeStyle = colourOf('--line-strong')
  context.lineWidth = ratio
  const pace = 7 * ratio
  for (let x = left - (left % pace) - box.height; x < right; x += pace) {
    context.beginPath()
    context.moveTo(x, box.top + box.height)
    context.lineTo(x + box.height, box.top)
    context.stroke()
  }
  context.restore()
}

/** Outside of any recording: the chart has no ground there. */
function drawVoid({ context, box }: Canvas, scales: Scales, mark: ChartMark): void {
  const left = Math.max(box.left, scales.x(mark.atMs))
  const right = Math.min(box.left + box.width, scales.x(mark.endedAtMs ?? scales.toMs))
  if (right <= left) return
  context.fillStyle = colourOf('--surface-0')
  context.fillRect(left, box.top, right - left, box.height)
}

const toneTokens = {
  gap: '--ink-3',
  void: '--ink-3',
  quiet: '--ink-3',
  warn: '--warn',
  bad: '--bad',
} as const

function drawMark({ context, ratio, box }: Canvas, scales: Scales, mark: ChartMark): void {
  const x = Math.round(scales.x(mark.atMs)) + 0.5
  if (x < box.left || x > box.left + box.width) return
  context.strokeStyle = colourOf(toneTokens[mark.tone])
  context.lineWidth = Math.max(1, Math.round(ratio))
  context.setLineDash([2 * ratio, 3 * ratio])
  context.beginPath()
  context.moveTo(x, box.top)
  context.lineTo(x, box.top + box.height)
  context.stroke()
  context.setLineDash([])
}

function drawTimes({ context, ratio, box }: Canvas, { fromMs, toMs, x }: Scales): void {
  context.font = fontOf(ratio)
  context.textBaseline = 'top'
  context.textAlign = 'center'
  context.fillStyle = colourOf('--ink-3')
  for (const { atMs, text } of timeLabels(fromMs, toMs, box.width / ratio / 110)) {
    const half = context.measureText(text).width / 2
    const middle = x(atMs)
    // A time that would be cut at an edge is left out rather than put in a wrong place.
    if (middle - half < box.left - 2 * ratio || middle + half > box.left + box.width + 2 * ratio) continue
    context.fillText(text, middle, box.top + box.height + 4 * ratio)
  }
}

function line(context: CanvasRenderingContext2D, left: number, y: number, right: number): void {
  context.beginPath()
  context.moveTo(left, y)
  context.lineTo(right, y)
  context.stroke()
}
