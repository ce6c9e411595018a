import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { severityToken, waitClassToken } from '#renderer/theme/index.ts'
import { waitClasses } from '#shared/waits/index.ts'

const css = readFileSync('src/renderer/theme/tokens.css', 'utf8')

/** The tokens of one block, by name. */
function readTokens(selector: string): ReadonlyMap<string, string> {
  const block = css.slice(css.indexOf(selector)).split('}')[0] ?? ''
  return new Map(
    [...block.matchAll(/(--[\w-]+):\s*(#[\da-f]{6})/gi)].map(([, name = '', value = '']) => [name, value]),
  )
}

const dark = readTokens(':root {')
const light = new Map([...dark, ...readTokens(':root[data-theme="light"] {')])

/** @source WCAG 2.2, "relative luminance" and "contrast ratio" */
function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

const surfaces = ['--surface-0', '--surface-1', '--surface-2', '--surface-3']

/** Pairs that fall short, in words. */
function tooWeak(
  tokens: ReadonlyMap<string, string>,
  names: readonly string[],
  least: number,
): readonly string[] {
  return names.flatMap((name) =>
    surfaces.flatMap((surface) => {
      const ratio = contrast(tokens.get(name) ?? '#000000', tokens.get(surface) ?? '#000000')
      return ratio >= least ? [] : [`${name} on ${surface}: ${ratio.toFixed(2)}`]
    }),
  )
}

describe.each([
  ['dark', dark],
  ['light', light],
])('the %s tokens', (_name, tokens) => {
  it('have every surface, ink, severity and wait class', () => {
    const names = [
      ...surfaces,
      '--ink',
      '--ink-2',
      '--ink-3',
      ...Object.values(severityToken),
      ...Object.values(waitClassToken),
    ]
    expect(names.filter((name) => !tokens.has(name))).toEqual([])
  })

  it('let text be read on every surface (4.5:1)', () => {
    const inks = ['--ink', '--ink-2', '--ink-3', '--accent', '--ok', ...Object.values(severityToken)]
    expect(tooWeak(tokens, inks, 4.5)).toEqual([])
    expect(contrast(tokens.get('--accent-ink') ?? '', tokens.get('--accent') ?? '')).toBeGreaterThan(4.5)
  })

  it('let shapes be seen on every surface (3:1)', () => {
    const series = Array.from({ length: 8 }, (_, index) => `--series-${index + 1}`)
    const shapes = ['--control', ...series, ...waitClasses.map((waitClass) => waitClassToken[waitClass])]
    expect(tooWeak(tokens, shapes, 3)).toEqual([])
  })

  it('give every wait class a colour of its own', () => {
    const colours = waitClasses.map((waitClass) => tokens.get(waitClassToken[waitClass]))
    expect(new Set(colours).size).toBe(waitClasses.length)
  })
})
