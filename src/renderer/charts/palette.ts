import { onThemeChange, readToken } from '#renderer/theme/index.ts'
import type { ColourToken } from './model.ts'

const known = new Map<string, string>()
const listeners = new Set<() => void>()
let isWatching = false

/** What a shade is mixed with, and how much of the colour stays: several events of one wait class, told apart. */
const shades = [
  { stays: 1, with: '--surface-1' },
  { stays: 0.7, with: '--surface-1' },
  { stays: 0.72, with: '--ink' },
  { stays: 0.45, with: '--surface-1' },
  { stays: 0.5, with: '--ink' },
] as const

/** How many shades a colour has: `--wait-io/0` is the colour itself. */
export const shadeCount = shades.length

/** A colour for a canvas. Reading styles is slow, so each is read once a theme. */
export function colourOf(token: ColourToken): string {
  const colour = known.get(token) ?? readColour(token)
  known.set(token, colour)
  return colour
}

/** The same colour for a style. */
export function cssColour(token: ColourToken): string {
  const { name, shade } = partsOf(token)
  if (shade.stays === 1) return `var(${name})`
  return `color-mix(in srgb, var(${name}) ${shade.stays * 100}%, var(${shade.with}))`
}

function readColour(token: ColourToken): string {
  const { name, shade } = partsOf(token)
  const colour = readToken(name)
  return shade.stays === 1 ? colour : mix(colour, readToken(shade.with), shade.stays)
}

function partsOf(token: ColourToken) {
  const [name = '--ink-3', number = '0'] = token.split('/')
  const shade = shades[Number(number) % shades.length] ?? shades[0]
  return { name: name as `--${string}`, shade }
}

function mix(colour: string, other: string, stays: number): string {
  const channel = (text: string, at: number) => Number.parseInt(text.slice(1 + 2 * at, 3 + 2 * at), 16)
  const channels = [0, 1, 2].map((at) =>
    Math.round(channel(colour, at) * stays + channel(other, at) * (1 - stays))
      .toString(16)
      .padStart(2, '0'),
  )
  return `#${channels.join('')}`
}

/** Calls back when colours have changed. */
export function onPaletteChange(listener: () => void): () => void {
  listeners.add(listener)
  if (!isWatching) {
    isWatching = true
    onThemeChange(() => {
      known.clear()
      for (const each of Array.from(listeners)) each()
    })
  }
  return () => listeners.delete(listener)
}
