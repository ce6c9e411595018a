import { onThemeChange, readToken } from '#renderer/theme/index.ts'
import { mix } from './mix.ts'

/** How loud a figure is; the figure itself always stands beside the colour. */
export type Weight = 'quiet' | 'warm' | 'hot'

/** The theme's colours, as a canvas needs them: values instead of variables. */
export interface Palette {
  readonly surface: string
  readonly card: string
  readonly raised: string
  readonly selected: string
  readonly line: string
  readonly lineStrong: string
  readonly control: string
  readonly ink: string
  readonly ink2: string
  readonly ink3: string
  readonly accent: string
  readonly warn: string
  readonly bad: string
  readonly ok: string
  readonly info: string
  readonly font: string
  readonly mono: string
  readonly weights: Readonly<Record<Weight, string>>
  /** A block's fill by weight, from nothing (0) to all (last): what tells the measure where no text fits. */
  readonly ramps: Readonly<Record<Weight, readonly string[]>>
  /** The same, pale enough for ink to be read on them. */
  readonly tints: Readonly<Record<Weight, readonly string[]>>
}

const rampSteps = 12

/** Builds the colours out of tokens; `read` gives a token's value. */
export function buildPalette(read: (name: `--${string}`) => string): Palette {
  const surface = read('--surface-1')
  const weights = { quiet: read('--accent'), warm: read('--warn'), hot: read('--bad') }
  const ramp = (colour: string, from: number, to: number): readonly string[] =>
    Array.from({ length: rampSteps }, (_, step) =>
      mix(surface, colour, from + ((to - from) * step) / (rampSteps - 1)),
    )
  const byWeight = (from: number, to: number) => ({
    quiet: ramp(weights.quiet, from, to),
    warm: ramp(weights.warm, from, to),
    hot: ramp(weights.hot, from, to),
  })
  return {
    surface,
    card: read('--surface-2'),
    raised: read('--surface-2'),
    selected: read('--surface-3'),
    line: read('--line'),
    lineStrong: read('--line-strong'),
    control: read('--control'),
    ink: read('--ink'),
    ink2: read('--ink-2'),
    ink3: read('--ink-3'),
    accent: read('--accent'),
    warn: read('--warn'),
    bad: read('--bad'),
    ok: read('--ok'),
    info: read('--info'),
    font: read('--font-sans') || 'system-ui, sans-serif',
    mono: read('--font-mono') || 'ui-monospace, monospace',
    weights,
    ramps: byWeight(0.14, 0.86),
    tints: byWeight(0.1, 0.42),
  }
}

/** The shade for a share 0–1 of the whole; small shares are told apart too (square root). */
export function shade(ramps: Palette['ramps'], weight: Weight, share: number): string {
  const ramp = ramps[weight]
  const step = Math.round(Math.sqrt(Math.min(1, Math.max(0, share))) * (ramp.length - 1))
  return ramp[step] ?? '#808080'
}

let known: Palette | undefined
const watchers = new Set<() => void>()

/** The colours of the theme that is on screen now; the same object until the theme changes. */
export function currentPalette(): Palette {
  known ??= buildPalette(readToken)
  return known
}

/** For `useSyncExternalStore`: calls back when the colours have changed. */
export function watchPalette(onChange: () => void): () => void {
  watchers.add(onChange)
  const stop = onThemeChange(() => {
    known = undefined
    onChange()
  })
  // The theme may have changed while nobody watched.
  if (watchers.size === 1) known = undefined
  return () => {
    watchers.delete(onChange)
    stop()
  }
}
