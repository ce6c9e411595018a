import { formatCount, formatDuration, formatPercent } from '#shared/units/index.ts'
import { isWorth, sumOf } from '../facts.ts'
import type { Evidence, FindingDraft, Rule, RuleContext } from '../finding.ts'
import { runWith } from '../sql.ts'

/**
 * Compiled expressions seldom take more than a quarter off a statement: compiling for longer than that does not pay. On
 * PostgreSQL 15 with all of it compiled, a group by of 800,000 rows gained 4 %, sixty sums over them nearly half.
 */
const likelyGain = 0.25

function find(context: RuleContext): readonly FindingDraft[] {
  const { plan, wholeMs } = context
  const { jit } = plan
  if (jit === undefined || wholeMs <= 0) return []
  const phases = [
    ['Generation', jit.generationMs],
    ['Inlining', jit.inliningMs],
    ['Optimization', jit.optimizationMs],
    ['Emission', jit.emissionMs],
  ] as const
  const totalMs = jit.totalMs ?? phases.reduce((sum, [, ms]) => sum + (ms ?? 0), 0)
  // The server sums leader and workers, which compile at the same time.
  const processes = 1 + (sumOf(plan.nodes, ({ workersLaunched }) => workersLaunched) ?? 0)
  const atStakeMs = Math.min(totalMs / processes, wholeMs)
  if (atStakeMs < likelyGain * wholeMs || !isWorth(context, atStakeMs)) return []
  const cost = plan.nodes[0]?.totalCost
  const above = cost === undefined ? undefined : Math.ceil((2 * cost) / 100_000) * 100_000
  const evidence: readonly Evidence[] = [
    {
      label: 'Compiling',
      value: `${formatDuration(totalMs)}${processes > 1 ? ` over ${processes} processes` : ''}`,
    },
    ...phases.flatMap(([label, ms]) =>
      ms === undefined || ms === 0 ? [] : [{ label, value: formatDuration(ms) }],
    ),
    ...(jit.functions === undefined
      ? []
      : [{ label: 'Functions compiled', value: formatCount(jit.functions) }]),
    { label: 'Share of the statement', value: formatPercent(atStakeMs / wholeMs) },
  ]
  return [
    {
      nodeId: undefined,
      title: `Just-in-time compilation takes ${formatPercent(atStakeMs / wholeMs)} of the time`,
      evidence,
      advice: [
        runWith('Run it without just-in-time compilation and compare.', 'Run with jit = off', 'jit', 'off'),
        ...(above === undefined
          ? []
          : [
              {
                text: 'Where statements like this one are the rule, compile only what is dearer than this.',
                statement: `ALTER SYSTEM SET jit_above_cost = ${above};\nSELECT pg_reload_conf();`,
              },
            ]),
      ],
      timeAtStakeMs: atStakeMs,
    },
  ]
}

export const jitDearerThanGain: Rule = {
  id: 'jit-dearer-than-gain',
  name: 'Just-in-time compilation that does not pay',
  why: 'The planner switches compilation on by estimated cost alone. Compiling costs the same for one row as for millions, and again in every process and every run.',
  verify:
    'Run it with jit = off several times in turn with jit = on: the faster one wins, not the one with fewer milliseconds under JIT.',
  notWhen:
    'When the same expressions run over far more rows on other days, or when the run without it turned out slower.',
  find,
}
