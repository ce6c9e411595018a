import { formatCount, formatPercent } from '#shared/units/index.ts'
import type { Figures } from '../canvas/figures.ts'
import { formatFigure } from '../canvas/format-figure.ts'
import type { Painter } from '../canvas/painter.ts'
import type { Palette } from '../canvas/palette.ts'
import type { Rect } from '../canvas/viewport.ts'
import { type CardLook, pad, paintBack, paintFound } from './card-frame.ts'
import { describeMembers } from './card-words.ts'
import type { GraphItem } from './graph-model.ts'

/** Closed: a card for what is too many to stand side by side. Open: the frame and the heading around them. */
export function paintGroup(
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
  const sign = paintFound(painter, palette, look, rect)
  painter.text(describeMembers(item), x + pad + sign, y + 19, {
    size: 12.5,
    weight: 600,
    colour: ink,
    maxWidth: width - 2 * pad - sign - painter.measure(sum, sumStyle) - 8,
  })
  painter.text(sum, x + width - pad, y + 19, { ...sumStyle, align: 'right' })
  const more = item.held.nodes > item.memberIds.length ? `${formatCount(item.held.nodes)} nodes` : ''
  const words = [look.inside === '' ? more : look.inside, look.opens ? 'click opens' : '']
  painter.text(words.filter((part) => part !== '').join(' · '), x + pad, y + 36, {
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
