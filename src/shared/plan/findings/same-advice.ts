import type { Milliseconds } from '#shared/units/index.ts'
import type { Finding } from './finding.ts'
import { rateSeverity } from './severity.ts'

/** Rules whose index serves each scan of its table. */
const aboutScans: ReadonlySet<string> = new Set([
  'seq-scan-where-index-would-serve',
  'index-scan-poor-selectivity',
  'filter-discards-most-rows',
  'function-or-cast-on-indexed-column',
])

const keyOf = ({ rule, advice }: Finding): string | undefined => {
  const statement = aboutScans.has(rule)
    ? advice.find((one) => one.statement !== undefined)?.statement
    : undefined
  return statement?.includes('CREATE INDEX') === true ? `${rule} ${statement}` : undefined
}

/**
 * Scans of one table that ask for the same index, as one finding: at the scan where most is at stake, with the time of
 * all of them.
 */
export function mergeSameAdvice(findings: readonly Finding[], wholeMs: Milliseconds): readonly Finding[] {
  const merged = new Map<Finding | string, Finding>()
  for (const finding of findings) {
    const key = keyOf(finding) ?? finding
    const known = merged.get(key)
    merged.set(key, known === undefined ? finding : merge(known, finding, wholeMs))
  }
  return merged.size === findings.length ? findings : [...merged.values()]
}

function merge(one: Finding, other: Finding, wholeMs: Milliseconds): Finding {
  const [main, less] = (one.timeAtStakeMs ?? 0) >= (other.timeAtStakeMs ?? 0) ? [one, other] : [other, one]
  const relatedNodeIds = [
    ...new Set([
      ...main.relatedNodeIds,
      ...less.relatedNodeIds,
      ...(less.nodeId === undefined ? [] : [less.nodeId]),
    ]),
  ]
  if (main.timeAtStakeMs === undefined || less.timeAtStakeMs === undefined || wholeMs <= 0)
    return { ...main, relatedNodeIds }
  const timeAtStakeMs = Math.min(main.timeAtStakeMs + less.timeAtStakeMs, wholeMs)
  return {
    ...main,
    relatedNodeIds,
    timeAtStakeMs,
    shareAtStake: timeAtStakeMs / wholeMs,
    severity: rateSeverity(timeAtStakeMs, wholeMs),
  }
}
