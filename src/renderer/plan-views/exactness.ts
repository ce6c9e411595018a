import type { Exactness, Interval } from '#shared/plan/index.ts'

/** Says of a figure that it is not exact. An interval is told where it is known, else by `±`; `≈` is an estimate. */
export function markExactness(value: string, exactness: Exactness | undefined): string {
  return exactness === 'estimated' ? `≈ ${value}` : exactness === 'bounded' ? `± ${value}` : value
}

/** Why a figure is not exact, for whoever hovers it; `undefined` where it is. */
export function explainExactness(exactness: Exactness | undefined): string | undefined {
  if (exactness === 'bounded') return 'lies in an interval: the server rounds means'
  if (exactness === 'estimated') return 'an estimate: the server does not split this'
  return undefined
}

/** `12–18 ms`: both ends, the unit once where they share it. */
export function formatInterval({ low, high }: Interval, format: (figure: number) => string): string {
  const [from, to] = [format(low), format(high)]
  if (from === to) return from
  const [, lowFigure, lowUnit] = /^(.+?)(\s\S+)?$/.exec(from) ?? []
  return lowUnit !== undefined && to.endsWith(lowUnit) ? `${lowFigure}–${to}` : `${from} – ${to}`
}
