import { formatDuration, type Milliseconds } from '#shared/units/index.ts'

/** How much time a range spans, in round words: `2 min`, `1 h 30 min`, `12.4 s`. */
export function formatSpan(spanMs: Milliseconds): string {
  // Parts of a second matter to nobody in a range of minutes.
  const rounded = spanMs < 60_000 ? spanMs : Math.round(spanMs / 1_000) * 1_000
  return formatDuration(rounded)
}
