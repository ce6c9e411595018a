import { formatClock } from '#renderer/charts/index.ts'
import { formatDay, formatSpan, useHasEnded, useTimeRange } from '#renderer/state/index.ts'

/** Which time a panel is about: `the last 5 min`, or from when to when, with the day unless it is today. */
export function RangeWords() {
  return <span className="min-w-0 truncate text-ink-2">{useRangeWords()}</span>
}

function useRangeWords(): string {
  const { range, follows } = useTimeRange()
  const hasEnded = useHasEnded()
  const span = formatSpan(range.toMs - range.fromMs)
  if (follows && !hasEnded) return `the last ${span}`
  const day = formatDay(range.toMs)
  const clocks = `${formatClock(range.fromMs, 1_000)} – ${formatClock(range.toMs, 1_000)} · ${span}`
  return day === undefined ? clocks : `${day}, ${clocks}`
}
