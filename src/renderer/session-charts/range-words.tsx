import { formatClock } from '#renderer/charts/index.ts'
import { formatDay, formatSpan, useHasEnded, useRangeChoice, useTimeRange } from '#renderer/state/index.ts'

/** Which time a panel is about: `the last 5 min`, or from when to when, with the day unless it is today. */
export function RangeWords() {
  return <span className="min-w-0 truncate text-ink-2">{useRangeWords()}</span>
}

function useRangeWords(): string {
  const { range } = useTimeRange()
  const choice = useRangeChoice()
  const hasEnded = useHasEnded()
  if (choice.kind === 'follow' && !hasEnded) return `the last ${formatSpan(choice.spanMs)}`
  const span = formatSpan(range.toMs - range.fromMs)
  const day = formatDay(range.toMs)
  const clocks = `${formatClock(range.fromMs, 1_000)} – ${formatClock(range.toMs, 1_000)} · ${span}`
  return day === undefined ? clocks : `${day}, ${clocks}`
}
