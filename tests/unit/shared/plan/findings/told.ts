import { derivePlan, type Finding, judgePlan, type RawPlan, type RawRecord } from '#shared/plan/index.ts'
import { planOf } from '../plan-notation.ts'

/** What one rule says about a plan in the notation of plan-notation.ts, or about a raw one. */
export function toldBy(
  rule: string,
  plan: string | RawPlan,
  beside: RawRecord = {},
  statement?: string,
  durationMs?: number,
): readonly Finding[] {
  const raw = typeof plan === 'string' ? planOf(plan, beside) : plan
  return judgePlan(derivePlan(raw), raw, { statement, durationMs }).filter((finding) => finding.rule === rule)
}

/** Node, loudness and whole milliseconds at stake: the gist of findings, to compare with. */
export const gist = (findings: readonly Finding[]): readonly string[] =>
  findings.map(
    ({ nodeId, severity, timeAtStakeMs }) =>
      `${nodeId ?? 'statement'} ${severity}${timeAtStakeMs === undefined ? '' : ` ${Math.round(timeAtStakeMs)} ms`}`,
  )

/** Every statement and every setting that findings advise. */
export const statementsOf = (findings: readonly Finding[]): readonly string[] =>
  findings.flatMap(({ advice }) =>
    advice.map(({ statement }) => statement).filter((one) => one !== undefined),
  )
