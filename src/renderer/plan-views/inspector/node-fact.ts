import type { Exactness, Interval } from '#shared/plan/index.ts'
import { explainExactness, formatInterval, markExactness } from '../exactness.ts'

/** One line of the inspector; `origin` says where the figure comes from. */
export interface NodeFact {
  readonly label: string
  readonly value: string
  readonly origin?: string
  readonly tone?: 'warn' | 'bad'
}

/** How far a figure can be trusted, and the interval it lies in where that is known. */
export interface Trust {
  readonly exactness: Exactness | undefined
  readonly range?: Interval | undefined
}

/** Facts whose figure is absent are left out rather than shown as zero. */
export function fact(
  label: string,
  figure: number | undefined,
  format: (figure: number) => string,
  origin: string,
  tone?: NodeFact['tone'],
): NodeFact | undefined {
  if (figure === undefined) return undefined
  return {
    label,
    value: format(figure),
    origin: `${figure} · ${origin}`,
    ...(tone === undefined ? {} : { tone }),
  }
}

/** A derived figure: with `≈` where it is an estimate, as an interval where it lies in one. */
export function derivedFact(
  label: string,
  figure: number | undefined,
  format: (figure: number) => string,
  origin: string,
  { exactness, range }: Trust,
): NodeFact | undefined {
  if (figure === undefined) return undefined
  const why = explainExactness(exactness)
  const ends = exactness === 'bounded' && range !== undefined ? formatInterval(range, format) : undefined
  // Both ends may read the same: then the figure is as good as exact to who reads it.
  const value = ends === undefined || ends === format(figure) ? undefined : ends
  return {
    label,
    value: value ?? markExactness(format(figure), ends === undefined ? exactness : 'exact'),
    origin: [`${figure}`, origin, why].filter((part) => part !== undefined).join(' · '),
  }
}

export function present(facts: readonly (NodeFact | undefined)[]): readonly NodeFact[] {
  return facts.filter((entry) => entry !== undefined)
}
