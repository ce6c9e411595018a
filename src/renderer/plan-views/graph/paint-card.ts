import type { PlanNode } from '#shared/plan/index.ts'
import { formatCount, formatPercent } from '#shared/units/index.ts'
import { type Figures, shareOf } from '../canvas/figures.ts'
import { formatFigure } from '../canvas/format-figure.ts'
import { listNodeMarks, type NodeMark } from '../canvas/node-marks.ts'
import type { Painter } from '../canvas/painter.ts'
import type { Palette } from '../canvas/palette.ts'
import type { Rect } from '../canvas/viewport.ts'
import type { GraphItem, Held } from './graph-model.ts'
import { paintWorkerStrip, shareWork } from './worker-strip.ts'

export interface CardLook {
  readonly selected: boolean
  readonly match: boolean
  /** A search is on, and this is not among what it found. */
  readonly dimmed: boolean
}

const pad = 11
const radius = 5

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

function paintBack(painter: Painter, palette: Palette, rect: Rect, look: CardLook, dash: boolean): void {
  const { x, y, width, height } = rect
  painter.rect(x, y, width, height, look.selected ? palette.selected : palette.card, radius)
  const stroke = look.selected
    ? { colour: palette.accent, width: 1.5 }
    : { colour: palette.lineStrong, width: 1, ...(dash ? { dash: [4, 3] } : {}) }
  painter.frame(x + 0.5, y + 0.5, width - 1, height - 1, stroke, radius)
  if (look.match) painter.frame(x - 3, y - 3, width + 6, height + 6, { colour: palette.warn, width: 2 }, 7)
}

/** Edges of cards behind: there is more in here. */
function paintStack(painter: Painter, palette: Palette, { x, y, width, height }: Rect): void {
  for (const step of [6, 3]) {
    painter.rect(x + step, y + step, width - 2 * step, height, palette.card, radius)
    painter.frame(
      x + step + 0.5,
      y + step + 0.5,
      width - 2 * step - 1,
      height - 1,
      { colour: palette.lineStrong, width: 1 },
      radius,
    )
  }
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

  const figure = figures?.own[node.id]
  const said = node.neverExecuted
    ? 'never executed'
    : figures === undefined || figure === undefined || !Number.isFinite(figure)
      ? ''
      : formatFigure(figures.measure.unit, figure)
  const figureStyle = { size: 12, weight: 500, colour: ink } as const
  const figureWidth = painter.measure(said, figureStyle)
  painter.text(node.title.name, x + pad, y + 19, {
    size: 12.5,
    weight: 600,
    colour: ink,
    maxWidth: inner - figureWidth - 10,
  })
  painter.text(said, x + width - pad, y + 19, { ...figureStyle, align: 'right' })

  const marksWidth = paintMarks(
    painter,
    palette,
    listNodeMarks(node),
    x + width - pad,
    y + 36,
    inner * 0.62,
    quiet,
  )
  painter.text(describeTarget(node), x + pad, y + 36, {
    size: 11.5,
    colour: quiet ? palette.ink3 : palette.ink2,
    maxWidth: inner - marksWidth - 6,
  })
  const processes = look.selected ? shareWork(node) : []
  if (processes.length > 0) paintWorkerStrip(painter, palette, processes, x + pad, y + 43, inner - 44)
  else if (figures !== undefined && !node.neverExecuted && figure !== undefined && Number.isFinite(figure)) {
    paintBar(painter, palette, figures, node.id, figure, x + pad, y + 44, inner)
  }
  if (held !== undefined) paintHeld(painter, palette, figures, held, rect)
}

/** What a node works on, or by what it does it. */
function describeTarget(node: PlanNode): string {
  const parts = [node.title.target, node.title.using].filter((part) => part !== undefined)
  if (parts.length > 0) return parts.join(' ')
  const telling = node.conditions.find(({ label }) => tellingLabels.has(label))
  return telling === undefined ? '' : telling.texts.join(', ')
}

const tellingLabels: ReadonlySet<string> = new Set([
  'Hash Cond',
  'Merge Cond',
  'Join Filter',
  'Sort Key',
  'Group Key',
  'Cache Key',
  'Presorted Key',
  'Filter',
])

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
  { x, y, width, height }: Rect,
): void {
  painter.text(`+ ${describeHeld(figures, held)}`, x + width / 2, y + height + 20, {
    size: 11,
    colour: palette.ink2,
    align: 'center',
    maxWidth: width,
  })
}

export function describeHeld(figures: Figures | undefined, held: Held): string {
  const nodes = `${formatCount(held.nodes)} ${held.nodes === 1 ? 'node' : 'nodes'}`
  return held.figure === undefined || figures === undefined
    ? nodes
    : `${nodes} · ${formatFigure(figures.measure.unit, held.figure)}`
}

/** What the members of a group are called. */
export function describeMembers(item: Extract<GraphItem, { kind: 'group' }>): string {
  const count = item.memberIds.length
  const all = count === item.owner.childIds.length
  const noun = /append/i.test(item.owner.nodeType) ? 'member' : 'input'
  return `${formatCount(count)} ${all ? '' : 'more '}${noun}${count === 1 ? '' : 's'}`
}

function paintGroup(
  painter: Painter,
  palette: Palette,
  figures: Figures | undefined,
  item: Extract<GraphItem, { kind: 'group' }>,
  rect: Rect,
  look: CardLook,
): void {
  const { x, y, width } = rect
  const sum =
    item.held.figure === undefined || figures === undefined
      ? ''
      : `Σ ${formatFigure(figures.measure.unit, item.held.figure)}`
  if (item.open) {
    painter.frame(
      x + 0.5,
      y + 0.5,
      width - 1,
      rect.height - 1,
      { colour: look.selected ? palette.accent : palette.lineStrong, width: 1 },
      8,
    )
    painter.text(`${describeMembers(item)}${sum === '' ? '' : ` · ${sum}`}`, x + 16, y + 24, {
      size: 13,
      weight: 600,
      colour: palette.ink,
    })
    return
  }
  paintBack(painter, palette, rect, look, false)
  const ink = look.dimmed ? palette.ink3 : palette.ink
  const sumStyle = { size: 12, weight: 500, colour: ink } as const
  painter.text(describeMembers(item), x + pad, y + 19, {
    size: 12.5,
    weight: 600,
    colour: ink,
    maxWidth: width - 2 * pad - painter.measure(sum, sumStyle) - 8,
  })
  painter.text(sum, x + width - pad, y + 19, { ...sumStyle, align: 'right' })
  const more = item.held.nodes > item.memberIds.length ? `${formatCount(item.held.nodes)} nodes · ` : ''
  painter.text(`${more}click opens`, x + pad, y + 36, {
    size: 11.5,
    colour: palette.ink2,
    maxWidth: width - 2 * pad,
  })
  if (figures !== undefined && item.held.figure !== undefined && figures.whole > 0) {
    const room = width - 2 * pad - 44
    const share = Math.min(1, item.held.figure / figures.whole)
    painter.rect(x + pad, y + 44, room, 5, palette.line, 2)
    if (share > 0) painter.rect(x + pad, y + 44, Math.max(1.5, share * room), 5, palette.control, 2)
    painter.text(formatPercent(share), x + width - pad, y + 50.5, {
      size: 10.5,
      colour: palette.ink2,
      align: 'right',
    })
  }
}
