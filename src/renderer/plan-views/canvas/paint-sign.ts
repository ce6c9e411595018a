import type { Severity } from '#shared/plan/index.ts'
import type { Painter } from './painter.ts'
import type { Palette } from './palette.ts'

const octagon = [0.3, 0, 0.7, 0, 1, 0.3, 1, 0.7, 0.7, 1, 0.3, 1, 0, 0.7, 0, 0.3] as const
const triangle = [0.5, 0.02, 1.04, 0.98, -0.04, 0.98] as const

const signs = {
  critical: { form: octagon, letter: '!' },
  warning: { form: triangle, letter: '!' },
  info: { form: undefined, letter: 'i' },
} as const

/** The colour that a severity has on every screen. */
export function severityColour(palette: Palette, severity: Severity): string {
  return { critical: palette.bad, warning: palette.warn, info: palette.info }[severity]
}

/**
 * That something was found here: a form of its own for each severity, and a number where it is more than one.
 * @returns the width it took
 */
export function paintSign(
  painter: Painter,
  palette: Palette,
  { severity, count }: { readonly severity: Severity; readonly count: number },
  x: number,
  y: number,
  size: number,
): number {
  const { form, letter } = signs[severity]
  const colour = severityColour(palette, severity)
  if (form === undefined) painter.rect(x, y, size, size, colour, size / 2)
  else
    painter.polygon(
      form.map((at, index) => (index % 2 === 0 ? x : y) + at * size),
      colour,
    )
  painter.text(letter, x + size / 2, y + size * (severity === 'warning' ? 0.88 : 0.82), {
    size: size * 0.78,
    weight: 600,
    colour: palette.card,
    align: 'center',
  })
  if (count < 2) return size
  const style = { size: size * 0.85, weight: 500 } as const
  const words = String(count)
  painter.text(words, x + size + 3, y + size * 0.85, { ...style, colour })
  return size + 3 + painter.measure(words, style)
}
