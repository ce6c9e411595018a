import { paintSign } from '../canvas/paint-sign.ts'
import type { Painter } from '../canvas/painter.ts'
import type { Palette } from '../canvas/palette.ts'
import type { Rect } from '../canvas/viewport.ts'
import type { ItemFindings } from './item-marks.ts'

export interface CardLook {
  readonly selected: boolean
  readonly match: boolean
  /** A search is on, and this is not among what it found. */
  readonly dimmed: boolean
  /** What was found on it, or on what it holds. */
  readonly findings: ItemFindings | undefined
  /** How many matches are inside, in words; empty where none is. */
  readonly inside: string
  /** In a picture nothing is clicked. */
  readonly opens: boolean
}

/** A card with nothing said about it. */
export const plainLook: CardLook = {
  selected: false,
  match: false,
  dimmed: false,
  findings: undefined,
  inside: '',
  opens: true,
}

/** Between a card's edge and what is on it. */
export const pad = 11
const radius = 5

export function paintBack(
  painter: Painter,
  palette: Palette,
  rect: Rect,
  look: CardLook,
  dash: boolean,
): void {
  const { x, y, width, height } = rect
  painter.rect(x, y, width, height, look.selected ? palette.selected : palette.card, radius)
  const stroke = look.selected
    ? { colour: palette.accent, width: 1.5 }
    : { colour: palette.lineStrong, width: 1, ...(dash ? { dash: [4, 3] } : {}) }
  painter.frame(x + 0.5, y + 0.5, width - 1, height - 1, stroke, radius)
  if (look.match) painter.frame(x - 3, y - 3, width + 6, height + 6, { colour: palette.warn, width: 2 }, 7)
}

/** Edges of cards behind: there is more in here. */
export function paintStack(painter: Painter, palette: Palette, { x, y, width, height }: Rect): void {
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

const signPx = 12

/**
 * The sign of what was found, before a card's name.
 * @returns how far the name moves to the right
 */
export function paintFound(painter: Painter, palette: Palette, look: CardLook, { x, y }: Rect): number {
  if (look.findings === undefined) return 0
  const { severity, titles } = look.findings
  return paintSign(painter, palette, { severity, count: titles.length }, x + pad, y + 8.5, signPx) + 6
}
