import type { TimeRange } from '#shared/series/index.ts'
import type { EpochMs, Milliseconds } from '#shared/units/index.ts'

/** Which part of the session the window looks at: the newest, for as long as it is chosen, or a part that stays. */
export type RangeChoice =
  | { readonly kind: 'follow'; readonly spanMs: Milliseconds }
  | { readonly kind: 'fixed'; readonly fromMs: EpochMs; readonly toMs: EpochMs }

export const defaultSpanMs: Milliseconds = 120_000
/** Narrower than this there is less than a handful of samples. */
export const leastSpanMs: Milliseconds = 1_000
/** A session is hardly longer than that. */
export const mostSpanMs: Milliseconds = 366 * 86_400_000

/** The range that a choice means while the newest moment of the session is `edgeMs`. */
export function resolveRange(choice: RangeChoice, edgeMs: EpochMs): TimeRange {
  return choice.kind === 'follow'
    ? { fromMs: edgeMs - choice.spanMs, toMs: edgeMs }
    : { fromMs: choice.fromMs, toMs: choice.toMs }
}

/** A range that stays; ends in the wrong order are put right, and what is too narrow is widened about its middle. */
export function fixRange(range: TimeRange): RangeChoice {
  const fromMs = Math.min(range.fromMs, range.toMs)
  const toMs = Math.max(range.fromMs, range.toMs)
  if (toMs - fromMs >= leastSpanMs) return { kind: 'fixed', fromMs, toMs }
  const middleMs = (fromMs + toMs) / 2
  return { kind: 'fixed', fromMs: middleMs - leastSpanMs / 2, toMs: middleMs + leastSpanMs / 2 }
}

/**
 * The choice with its span multiplied by `factor`. Following goes on, glued to its edge; a range that stays is zoomed
 * about `aroundMs` (its middle where that is absent), and never past the edge.
 */
export function zoomChoice(
  choice: RangeChoice,
  factor: number,
  edgeMs: EpochMs,
  aroundMs?: EpochMs,
): RangeChoice {
  const { fromMs, toMs } = resolveRange(choice, edgeMs)
  const spanMs = Math.min(mostSpanMs, Math.max(leastSpanMs, (toMs - fromMs) * factor))
  if (choice.kind === 'follow') return { kind: 'follow', spanMs }
  const pivotMs = aroundMs ?? (fromMs + toMs) / 2
  const share = toMs > fromMs ? (pivotMs - fromMs) / (toMs - fromMs) : 0.5
  return keepBefore({ fromMs: pivotMs - share * spanMs, toMs: pivotMs + (1 - share) * spanMs }, edgeMs)
}

/** The range moved by `byMs`, as wide as before: it stays from then on, and goes no further than the edge. */
export function shiftChoice(choice: RangeChoice, byMs: Milliseconds, edgeMs: EpochMs): RangeChoice {
  const { fromMs, toMs } = resolveRange(choice, edgeMs)
  return keepBefore({ fromMs: fromMs + byMs, toMs: toMs + byMs }, edgeMs)
}

/** One end put elsewhere. An end beyond the other takes the other along. */
export function moveEnd(
  choice: RangeChoice,
  end: 'from' | 'to',
  atMs: EpochMs,
  edgeMs: EpochMs,
): RangeChoice {
  const { fromMs, toMs } = resolveRange(choice, edgeMs)
  if (end === 'from') return fixRange({ fromMs: atMs, toMs: Math.max(toMs, atMs + leastSpanMs) })
  return fixRange({ fromMs: Math.min(fromMs, atMs - leastSpanMs), toMs: atMs })
}

/** Whether two choices look at the same. */
export function isSameChoice(a: RangeChoice, b: RangeChoice): boolean {
  if (a.kind === 'follow') return b.kind === 'follow' && a.spanMs === b.spanMs
  return b.kind === 'fixed' && a.fromMs === b.fromMs && a.toMs === b.toMs
}

export function isRangeChoice(value: unknown): value is RangeChoice {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false
  const { kind, spanMs, fromMs, toMs } = value as Readonly<Record<string, unknown>>
  if (kind === 'follow') return isNumber(spanMs) && spanMs >= leastSpanMs && spanMs <= mostSpanMs
  return kind === 'fixed' && isNumber(fromMs) && isNumber(toMs) && fromMs < toMs
}

function keepBefore({ fromMs, toMs }: TimeRange, edgeMs: EpochMs): RangeChoice {
  const overMs = Math.max(0, toMs - edgeMs)
  return { kind: 'fixed', fromMs: fromMs - overMs, toMs: toMs - overMs }
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)
