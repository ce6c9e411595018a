import { type PlanNode, titleOf } from '#shared/plan/index.ts'
import { formatPercent } from '#shared/units/index.ts'
import { type Figures, shareOf } from '../canvas/figures.ts'
import type { NodeMark } from '../canvas/node-marks.ts'
import type { Painter } from '../canvas/painter.ts'
import type { Palette } from '../canvas/palette.ts'
import type { Rect } from '../canvas/viewport.ts'
import { type CardLook, pad, paintBack, paintFound, paintStack } from './card-frame.ts'
import { describeHeld, describeOwn, describeTarget, marksBeside } from './card-words.ts'
import { compactCardHeight } from './compact-layout.ts'
import type { GraphItem, Held } from './graph-model.ts'
import { paintGroup } from './paint-group.ts'
import { paintWorkerStrip, shareWork } from './worker-strip.ts'

/** Where on a card its lines are: baselines, and the bar's top. */
interface CardLines {
  readonly name: number
  readonly marks: number
  readonly bar: number
}

const fullLines: CardLines = { name: 19, marks: 36, bar: 44 }
/** Of a low card: its target follows the name, its marks stand beside the bar. */
const lowLines: CardLines = { name: 15.5, marks: 30.5, bar: 24 }

/** A card with all that fits on it: name, target, own figure with its bar, and marks in words. */
export function paintCard(
  painter: Painter,
  palette: Palette,
  figures: Figures | undefined,
  item: GraphItem,
  rect: Rect,
  look: CardLook,
): void {
  if (item.held !== undefined && !(item.kind === 'group' && item.open)) paintStack(painter, palette, rect)
  if (item.kind === 'group') paintGroup(painter, palette, figures, item, rect, look)
  else paintNode(painter, palette, figures, item.node, item.held, rect, look)
}

function paintNode(
  painter: Painter,
  palette: Palette,
  figures: Figures | undefined,
  node: PlanNode,
  held: Held | undefined,
  rect: Rect,
  look: CardLook,
): void {
  const { x, y, width } = rect
  const quiet = node.neverExecuted || look.dimmed
  paintBack(painter, palette, rect, look, node.neverExecuted)
  const ink = quiet ? palette.ink3 : palette.ink
  const inner = width - 2 * pad

  const isLow = rect.height <= compactCardHeight
  const lines = isLow ? lowLines : fullLines
  const figure = figures?.own[node.id]
  const said = describeOwn(node, figures)
  const figureStyle = { size: 12, weight: 500, colour: ink } as const
  const nameStyle = { size: 12.5, weight: 600, colour: ink } as const
  const targetStyle = { size: 11.5, colour: quiet ? palette.ink3 : palette.ink2 } as const
  const figureWidth = painter.measure(said, figureStyle)
  const sign = paintFound(painter, palette, look, { ...rect, y: y + lines.name - fullLines.name })
  const nameRoom = inner - figureWidth - sign - 10
  painter.text(titleOf(node).name, x + pad + sign, y + lines.name, { ...nameStyle, maxWidth: nameRoom })
  painter.text(said, x + width - pad, y + lines.name, { ...figureStyle, align: 'right' })

  const marksWidth = paintMarks(
    painter,
    palette,
    marksBeside(node, figures),
    x + width - pad,
    y + lines.marks,
    inner * 0.62,
    quiet,
  )
  const target = describeTarget(node)
  if (isLow) {
    const used = painter.measure(titleOf(node).name, nameStyle) + 6
    if (nameRoom - used > leastTargetPx)
      painter.text(target, x + pad + sign + used, y + lines.name, {
        ...targetStyle,
        maxWidth: nameRoom - used,
      })
  } else painter.text(target, x + pad, y + lines.marks, { ...targetStyle, maxWidth: inner - marksWidth - 6 })
  const room = isLow && marksWidth > 0 ? inner - marksWidth - 4 : inner
  const processes = look.selected ? shareWork(node) : []
  if (processes.length > 0)
    paintWorkerStrip(painter, palette, processes, x + pad, y + lines.bar - 1, room - 44)
  else if (figures !== undefined && !node.neverExecuted && figure !== undefined && Number.isFinite(figure)) {
    paintBar(painter, palette, figures, node.id, figure, x + pad, y + lines.bar, room)
  }
  if (held !== undefined) paintHeld(painter, palette, figures, held, look.inside, rect)
}

/** Less of a target is a riddle. */
const leastTargetPx = 24

/** Words right to left in chips, as many as there is room for. @returns the room they took */
function paintMarks(
  painter: Painter,
  palette: Palette,
  marks: readonly NodeMark[],
  right: number,
  baseline: number,
  room: number,
  quiet: boolean,
): number {
  let taken = 0
  for (const mark of marks) {
    const style = { size: 10.5, weight: 500 } as const
    const width = painter.measure(mark.text, style) + 10
    if (taken + width > room) continue
    const colour = quiet ? palette.ink3 : toneColour(palette, mark.tone)
    const left = right - taken - width
    painter.frame(left + 0.5, baseline - 11.5, width - 1, 15, { colour: palette.lineStrong, width: 1 }, 3)
    painter.text(mark.text, left + 5, baseline - 0.5, { ...style, colour })
    taken += width + 4
  }
  return taken
}

function toneColour(palette: Palette, tone: NodeMark['tone']): string {
  return tone === 'bad' ? palette.bad : tone === 'warn' ? palette.warn : palette.ink2
}

function paintBar(
  painter: Painter,
  palette: Palette,
  figures: Figures,
  nodeId: number,
  figure: number,
  x: number,
  y: number,
  width: number,
): void {
  const share = shareOf(figures, figure)
  const label = share === undefined ? '' : formatPercent(share)
  const room = share === undefined ? width : width - 44
  painter.rect(x, y, room, 5, palette.line, 2)
  const length = (figures.bar[nodeId] ?? 0) * room
  if (length > 0) {
    painter.rect(
      x,
      y,
      Math.max(1.5, length),
      5,
      palette.weights[figures.weightOf(nodeId)],
      Math.min(2, length / 2),
    )
  }
  painter.text(label, x + width, y + 6.5, { size: 10.5, colour: palette.ink2, align: 'right' })
}

/** Under a folded card: what it holds. */
function paintHeld(
  painter: Painter,
  palette: Palette,
  figures: Figures | undefined,
  held: Held,
  inside: string,
  { x, y, width, height }: Rect,
): void {
  const found = inside === '' ? '' : ` · ${inside}`
  painter.text(`+ ${describeHeld(figures, held)}${found}`, x + width / 2, y + height + 20, {
    size: 11,
    colour: palette.ink2,
    align: 'center',
    maxWidth: width,
  })
}
