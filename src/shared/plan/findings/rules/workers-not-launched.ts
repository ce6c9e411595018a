import { formatCount, formatDuration } from '#shared/units/index.ts'
import type { PlanNode } from '../../plan-types.ts'
import { isWorth, sumOf } from '../facts.ts'
import type { FindingDraft, Rule, RuleContext } from '../finding.ts'
import { openStatement, runWith } from '../sql.ts'
import { inputsOf, largestBy } from '../subtree.ts'

/** What the missing workers would have taken off the parallel part, had they shared its work evenly. */
function missedMs(context: RuleContext, gather: PlanNode): number | undefined {
  const { workersPlanned: planned = 0, workersLaunched: launched = 0 } = gather
  const parallelMs = sumOf(inputsOf(context, gather), ({ inclusiveMs }) => inclusiveMs)
  return parallelMs === undefined ? undefined : (parallelMs * (planned - launched)) / (planned + 1)
}

function find(context: RuleContext, short: readonly PlanNode[]): readonly FindingDraft[] {
  const { plan } = context
  const gather = largestBy(short, (node) => missedMs(context, node)) ?? short[0]
  const atStakeMs = sumOf(short, (node) => missedMs(context, node))
  if (gather === undefined || !isWorth(context, atStakeMs)) return []
  const planned = sumOf(short, (node) => node.workersPlanned) ?? 0
  const launched = sumOf(short, (node) => node.workersLaunched) ?? 0
  const value = String(Math.max(16, 4 * planned))
  const parallelMs = sumOf(inputsOf(context, gather), ({ inclusiveMs }) => inclusiveMs)
  return [
    {
      nodeId: gather.id,
      relatedNodeIds: short.filter((node) => node !== gather).map(({ id }) => id),
      title: `${formatCount(launched)} of ${formatCount(planned)} planned parallel workers started`,
      evidence: [
        { label: 'Workers planned', value: formatCount(gather.workersPlanned ?? 0), nodeId: gather.id },
        { label: 'Workers launched', value: formatCount(gather.workersLaunched ?? 0), nodeId: gather.id },
        ...(parallelMs === undefined
          ? []
          : [{ label: 'Time of the parallel part', value: formatDuration(parallelMs), nodeId: gather.id }]),
      ],
      advice: [
        runWith(
          'Allow more parallel workers and run it again; every session shares max_parallel_workers.',
          `Run with max_parallel_workers = ${value}`,
          'max_parallel_workers',
          value,
        ),
        openStatement(
          'See who holds the workers now. The pool itself is max_worker_processes, which needs a restart to grow.',
          'Who holds workers',
          "SELECT leader_pid, count(*) FROM pg_stat_activity WHERE backend_type = 'parallel worker' GROUP BY 1 ORDER BY 2 DESC;",
        ),
      ],
      timeAtStakeMs: atStakeMs,
      ...(plan.timed ? {} : { severity: 'info' as const }),
    },
  ]
}

export const workersNotLaunched: Rule = {
  id: 'workers-not-launched',
  name: 'Fewer parallel workers than planned',
  why: 'The planner chose this plan for the workers it counted on. When the pool is empty, the processes that did start do all of the work.',
  verify:
    'Run it again: Workers Launched equals Workers Planned, and the time below the Gather falls with the number of processes.',
  notWhen:
    'When the pool was empty only for a moment, or when the processors are busy anyway: more workers then only wait for each other.',
  concerns: ({ workersPlanned, workersLaunched, neverExecuted }) =>
    workersPlanned !== undefined &&
    workersLaunched !== undefined &&
    workersLaunched < workersPlanned &&
    !neverExecuted,
  find,
}
