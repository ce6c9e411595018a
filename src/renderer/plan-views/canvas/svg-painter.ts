import type { Painter, StrokeStyle, TextStyle } from './painter.ts'
import { createTextFit } from './text-fit.ts'

export interface SvgPainter extends Painter {
  /** The picture so far, as a whole document. */
  readonly finish: () => string
}

interface SvgOptions {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly background: string
  readonly family: string
  /** What the picture shows, for whoever can't see it. */
  readonly title: string
}

/**
 * Writes SVG: no external fonts, no styles of a page, no scripts. Widths of texts are judged by their letters, a little
 * wide, since the font of whoever opens the file is not known.
 */
export function createSvgPainter(options: SvgOptions): SvgPainter {
  const { x, y, width, height } = options
  const parts: string[] = [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="${n(width)}" height="${n(height)}" viewBox="${n(x)} ${n(y)} ${n(width)} ${n(height)}" font-family="${escape(options.family)}" style="font-variant-numeric:tabular-nums">`,
    `<title>${escape(options.title)}</title>`,
    `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" fill="${options.background}"/>`,
  ]
  const measure = (text: string, { size, weight }: Pick<TextStyle, 'size' | 'weight'>) =>
    judgeWidth(text) * size * ((weight ?? 400) > 400 ? 1.05 : 1)
  const fits = new Map<string, ReturnType<typeof createTextFit>>()
  const fit = (text: string, style: TextStyle): string => {
    if (style.maxWidth === undefined) return text
    const key = `${style.size} ${style.weight}`
    const known = fits.get(key) ?? createTextFit((part) => measure(part, style))
    fits.set(key, known)
    return known.fit(text, style.maxWidth)
  }
  return {
    rect: (left, top, w, h, colour, radius = 0) => {
      const round = radius > 0 ? ` rx="${n(radius)}"` : ''
      parts.push(
        `<rect x="${n(left)}" y="${n(top)}" width="${n(w)}" height="${n(h)}"${round} fill="${colour}"/>`,
      )
    },
    frame: (left, top, w, h, style, radius = 0) => {
      const round = radius > 0 ? ` rx="${n(radius)}"` : ''
      parts.push(
        `<rect x="${n(left)}" y="${n(top)}" width="${n(w)}" height="${n(h)}"${round} fill="none"${strokeOf(style)}/>`,
      )
    },
    curve: (p, style) => {
      const [x0, y0, x1, y1, x2, y2, x3, y3] = p
      parts.push(
        `<path d="M${n(x0)} ${n(y0)}C${n(x1)} ${n(y1)} ${n(x2)} ${n(y2)} ${n(x3)} ${n(y3)}" fill="none"${strokeOf(style)}/>`,
      )
    },
    polygon: (points, colour) => {
      parts.push(`<polygon points="${points.map(n).join(' ')}" fill="${colour}"/>`)
    },
    text: (text, left, top, style) => {
      const shown = fit(text, style)
      if (shown === '') return
      const anchor = style.align === 'right' ? 'end' : style.align === 'center' ? 'middle' : undefined
      parts.push(
        `<text x="${n(left)}" y="${n(top)}" font-size="${n(style.size)}" fill="${style.colour}"${
          anchor === undefined ? '' : ` text-anchor="${anchor}"`
        }${style.weight === undefined ? '' : ` font-weight="${style.weight}"`}>${escape(shown)}</text>`,
      )
    },
    measure,
    finish: () => `${parts.join('\n')}\n</svg>\n`,
  }
}

/** Two decimals are finer than any screen, and keep a picture of thousands of nodes small. */
function n(value: number): string {
  return String(Math.round(value * 100) / 100)
}

function strokeOf({ colour, width, dash }: StrokeStyle): string {
  const dashes = dash === undefined ? '' : ` stroke-dasharray="${dash.map(n).join(' ')}"`
  return ` stroke="${colour}" stroke-width="${n(width)}"${dashes}`
}

/** Characters that XML 1.0 forbids are left out: a plan may hold anything. */
function escape(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/** Width in units of the font's size. */
function judgeWidth(text: string): number {
  let width = 0
  for (const letter of text) width += letterWidth(letter)
  return width
}

function letterWidth(letter: string): number {
  if (/[iljtfI.,:;'|()[\] ]/.test(letter)) return 0.34
  if (/[mwMW%@…—]/.test(letter)) return 0.9
  if (/[A-Z]/.test(letter)) return 0.69
  return letter.charCodeAt(0) > 0x2e80 ? 1 : 0.6
}
