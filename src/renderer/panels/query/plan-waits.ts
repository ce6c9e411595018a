import type { PlanFact } from '#renderer/plan-views/index.ts'
import type { Run } from '#shared/session/index.ts'
import { formatPercent } from '#shared/units/index.ts'

/** From this share of samples on, waiting is worth a colour. */
const waitingWorthSaying = 0.2

/** What the run waited for most, to stand among the plan's headline figures. */
export function buildWaitFact(run: Run): PlanFact | undefined {
  const top = run.topWaits.find((wait) => wait.waitClass !== 'CPU')
  if (top === undefined) return undefined
  const all = run.topWaits.filter((wait) => wait.waitClass === top.waitClass)
  const ratio = all.reduce((sum, wait) => sum + wait.share, 0)
  return {
    id: 'waiting',
    value: formatPercent(ratio),
    label: `waiting on ${top.waitClass}`,
    origin: `${all.map((wait) => `${wait.waitEvent ?? wait.waitClass}: ${wait.samples} samples`).join(', ')} · pg_stat_activity at ${run.waits.requestedHz} Hz`,
    tone: ratio >= waitingWorthSaying ? 'warn' : 'plain',
  }
}
