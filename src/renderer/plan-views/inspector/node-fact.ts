import type { Exactness } from '#shared/plan/index.ts'

/** One line of the inspector; `origin` says where the figure comes from. */
export interface NodeFact {
  readonly label: string
  readonly value: string
  readonly origin?: string
  readonly tone?: 'warn' | 'bad'
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

export function present(facts: readonly (NodeFact | undefined)[]): readonly NodeFact[] {
  return facts.filter((entry) => entry !== undefined)
}

/** Says of a figure that it is not exact: `±` lies in a known interval, `≈` is an estimate. */
export function mark(value: string, exactness: Exactness | undefined): string {
  return exactness === 'estimated' ? `≈ ${value}` : exactness === 'bounded' ? `± ${value}` : value
}
