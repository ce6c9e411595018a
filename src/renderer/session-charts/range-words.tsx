import { formatClock } from '#renderer/charts/index.ts'
import { formatSpan, useTimeRange } from '#renderer/state/index.ts'

/** Which time a panel is about: `the last 5 min`, or from when to when. */
export function RangeWords() {
  const { range, follows } = useTimeRange()
  const span = formatSpan(range.toMs - range.fromMs)
  const words = follows
    ? `the last ${span}`
    : `${formatClock(range.fromMs, 1_000)} – ${formatClock(range.toMs, 1_000)} (${span})`
  return <span className="min-w-0 truncate text-ink-2">{words}</span>
}
