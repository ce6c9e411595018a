import { formatBytes, formatCountShort, formatDuration, formatPercent } from '../../units/index.ts'
import type { Bottleneck, BottleneckArea, BottleneckSeverity, Evidence, RangeFigures } from './model.ts'

/** At most one decimal, as in "7.8 of 8 cores". */
export function few(value: number): string {
  if (value > 0 && value < 0.05) return '< 0.1'
  const rounded = Math.round(value * 10) / 10
  return value >= 99.5 ? Math.round(value).toLocaleString('en-US') : String(rounded)
}

/** `1 session`, `4.2 sessions`: of what is told by its number. */
export function fewOf(value: number, one: string, many = `${one}s`): string {
  const number = few(value)
  return `${number} ${number === '1' ? one : many}`
}

/** A share as people say it: whole percents, from one on. */
export function share(ratio: number): string {
  return ratio >= 0.01 ? `${Math.round(ratio * 100)} %` : formatPercent(ratio)
}

/** A part of a whole as a ratio; nothing of nothing is 0. */
export function partOf(part: number, whole: number): number {
  return whole > 0 ? Math.min(1, part / whole) : 0
}

/** A sentence out of its parts. */
export function sentence(parts: readonly string[], separator = '; '): string {
  const text = parts.join(separator)
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

const formats = {
  count: few,
  cores: (value: number) => fewOf(value, 'core'),
  share: formatPercent,
  ms: formatDuration,
  bytes: formatBytes,
  'bytes/s': (value: number) => `${formatBytes(value)}/s`,
  'blocks/s': (value: number) => `${formatCountShort(value)} /s`,
} as const

/** One line of evidence; none where the figure is not known. */
export function evidence(
  label: string,
  value: number | undefined,
  unit: keyof typeof formats,
  source: string,
): readonly Evidence[] {
  return value === undefined ? [] : [{ label, value: formats[unit](value), source }]
}

/** Of an area about which nothing was recorded. */
export function unknown(area: BottleneckArea): Bottleneck {
  const said = 'Nothing was recorded that would tell.'
  return { area, severity: 'unknown', verdict: 'not known', sentence: said, evidence: [] }
}

/**
 * That sessions of others are hidden keeps one from saying that nothing is wrong; what was seen to be wrong is so all the
 * same.
 */
export function unlessHidden(judged: Bottleneck, { hidden }: Pick<RangeFigures, 'hidden'>): Bottleneck {
  if (hidden === undefined || judged.severity !== 'none') return judged
  const { area, evidence: seen } = judged
  const { mend } = hidden
  return {
    area,
    severity: 'unknown',
    verdict: 'not known',
    sentence:
      mend === undefined
        ? 'Can’t be judged: what other users’ sessions waited for was hidden from the role that recorded it.'
        : `Can’t be judged: what other users’ sessions wait for is hidden from this role. ${mend} shows it.`,
    evidence: seen.map((one) =>
      one.source === 'pg_stat_activity' ? { ...one, source: `${one.source}, what can be seen of it` } : one,
    ),
    next:
      mend === undefined
        ? 'A role with pg_monitor sees it: connect as one, or grant it to the role, before the next recording.'
        : `For the recording to see it, run: ${mend}`,
  }
}

/** The first severity whose condition holds; `none` where none does. */
export function grade(
  conditions: readonly (readonly [Exclude<BottleneckSeverity, 'unknown' | 'none'>, boolean])[],
): Exclude<BottleneckSeverity, 'unknown'> {
  return conditions.find(([, holds]) => holds)?.[0] ?? 'none'
}
