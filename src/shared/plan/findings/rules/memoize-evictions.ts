import { formatBytes, formatCount, formatPercent } from '#shared/units/index.ts'
import type { PlanNode } from '../../plan-types.ts'
import { isWorth, workMemOf } from '../facts.ts'
import type { FindingDraft, Rule, RuleContext } from '../finding.ts'
import { raiseWorkMem, runWith } from '../sql.ts'
import { ownMsBelow } from '../subtree.ts'

/** Share of misses that pushed another entry out. */
const leastEvictionShare = 0.05
/** A cache that answers less than this is in the way. */
const leastHitRate = 0.1
/** Fewer look-ups tell nothing about a cache. */
const leastLookUps = 200
/** Nobody should give a cache more than this for one node. */
const mostBytes = 1_073_741_824

function judge(context: RuleContext, node: PlanNode): FindingDraft | undefined {
  const { memoize } = node
  if (memoize === undefined) return undefined
  const { hits, misses, evictions, overflows, peakMemoryBytes } = memoize
  const lookUps = hits + misses
  if (lookUps < leastLookUps) return undefined
  const hitRate = hits / lookUps
  const lostShare = misses === 0 ? 0 : Math.min(1, (evictions + overflows) / misses)
  const isSmall = lostShare >= leastEvictionShare
  const isUseless = hitRate < leastHitRate
  if (!isSmall && !isUseless) return undefined
  const wholeMs = ownMsBelow(context, node)
  const ownMs = node.exclusiveMs ?? 0
  // Entries pushed out may have to be fetched again; a useless cache costs its own time.
  const atStakeMs =
    wholeMs === undefined ? undefined : isSmall ? ownMs + (wholeMs - ownMs) * lostShare : ownMs
  if (!isWorth(context, atStakeMs)) return undefined
  const needed = Math.min(
    mostBytes,
    ((peakMemoryBytes ?? 4_194_304) * misses) / Math.max(1, misses - evictions) || 0,
  )
  return {
    nodeId: node.id,
    title: isSmall
      ? `The cache pushed out ${formatCount(evictions)} of ${formatCount(misses)} entries; ${formatPercent(hitRate)} of look-ups hit`
      : `Only ${formatPercent(hitRate)} of ${formatCount(lookUps)} look-ups were in the cache`,
    evidence: [
      { label: 'Hits', value: formatCount(hits), nodeId: node.id },
      { label: 'Misses', value: formatCount(misses), nodeId: node.id },
      { label: 'Evictions', value: formatCount(evictions), nodeId: node.id },
      { label: 'Overflows', value: formatCount(overflows), nodeId: node.id },
      ...(peakMemoryBytes === undefined
        ? []
        : [{ label: 'Memory', value: formatBytes(peakMemoryBytes), nodeId: node.id }]),
    ],
    advice: [
      ...(isSmall
        ? [
            raiseWorkMem(
              Math.max(8_388_608, needed),
              workMemOf(context),
              (value) =>
                `Let the cache hold its entries (${value}; it may take work_mem × hash_mem_multiplier).`,
            ),
          ]
        : []),
      runWith(
        isUseless
          ? 'Nearly every key came once: the planner took the column for having few values. Renew its statistics, and compare with the plan without the cache.'
          : 'Compare with the plan without the cache: a hash join reads the inner side once.',
        'Run without Memoize',
        'enable_memoize',
        'off',
      ),
    ],
    timeAtStakeMs: atStakeMs,
    ...(context.plan.timed ? {} : { severity: 'info' as const }),
  }
}

export const memoizeEvictions: Rule = {
  id: 'memoize-evictions',
  name: 'A Memoize cache that does not hold what is asked again',
  why: 'Memoize pays when the same keys return and their rows are still there. Entries that were pushed out are fetched again; keys that never return only cost the caching.',
  verify:
    'Run it again: Evictions and Overflows are 0 and Hits outnumber Misses, or the plan has no Memoize and is faster.',
  notWhen:
    'When the keys come in order: entries pushed out are then never asked for again, and evictions cost nothing.',
  concerns: ({ memoize, neverExecuted }) => memoize !== undefined && !neverExecuted,
  find: (context, nodes) => nodes.map((node) => judge(context, node)).filter((draft) => draft !== undefined),
}
