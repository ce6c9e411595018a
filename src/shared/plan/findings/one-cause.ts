import { settingOf } from './facts.ts'
import type { Finding, RuleContext } from './finding.ts'

/** Rules on joins: what they say of a loop holds for the kept rows that it walks through. */
const aboutPairs: ReadonlySet<string> = new Set([
  'nested-loop-large-outer',
  'cross-join',
  'or-defeats-index',
  'filter-discards-most-rows',
])

/** Rules that tell of a scan that no index serves. */
const aboutScans: ReadonlySet<string> = new Set([
  'function-or-cast-on-indexed-column',
  'filter-discards-most-rows',
  'index-scan-poor-selectivity',
])

/** Rules whose index finds the rows of a table in all its partitions. */
const leadsByIndex: ReadonlySet<string> = new Set([
  'seq-scan-where-index-would-serve',
  'filter-discards-most-rows',
  'function-or-cast-on-indexed-column',
])

const spills: ReadonlySet<string> = new Set(['sort-spilled', 'hash-spilled', 'hash-batches-grown'])

const isForced = (context: RuleContext): boolean =>
  ['enable_hashjoin', 'enable_mergejoin'].some((name) => settingOf(context, name) === 'off')

function isBelow({ plan, parent }: RuleContext, id: number, aboveId: number): boolean {
  for (let at = plan.nodes[id]; at !== undefined; at = parent(at)) if (at.id === aboveId) return true
  return false
}

/** True if `teller` says already why `finding` is there. */
function isToldBy(context: RuleContext, finding: Finding, teller: Finding): boolean {
  const { nodeId } = finding
  if (nodeId === undefined || teller === finding) return false
  const node = context.plan.nodes[nodeId]
  const isSame = teller.nodeId === nodeId
  switch (finding.rule) {
    case 'repeated-materialize-or-cte-fence':
      return (
        (isSame && teller.rule === 'subplan-per-row') ||
        (node?.nodeType === 'Materialize' &&
          aboutPairs.has(teller.rule) &&
          teller.nodeId === node.parentId &&
          teller.nodeId !== undefined)
      )
    case 'misestimate-at-origin':
      // The parameter is the cause; nothing else about the estimate can be mended.
      return (
        (isSame && teller.rule === 'generic-plan-gone-wrong') ||
        (isSame && finding.timeAtStakeMs === undefined && aboutPairs.has(teller.rule)) ||
        // The column left alone has statistics of its own.
        (finding.timeAtStakeMs === undefined &&
          ((isSame && teller.rule === 'function-or-cast-on-indexed-column') ||
            (teller.rule === 'partitions-not-pruned' &&
              (node?.parentId === teller.nodeId || teller.relatedNodeIds.includes(nodeId)) &&
              teller.evidence.some(({ label }) => label === 'Filter'))))
      )
    case 'sort-spilled':
      // A sort in vain, or of all rows for the first few, need not be made to fit.
      return isSame && (teller.rule === 'sorted-twice' || teller.rule === 'sort-for-few-rows')
    case 'wide-rows':
      // What is wide about the rows is that they did not fit: the spill says so, and what to leave out.
      return isSame && spills.has(teller.rule)
    case 'partitions-not-pruned':
      // Whoever looks for another key has to look everywhere: with an index that costs next to nothing.
      return (
        leadsByIndex.has(teller.rule) &&
        !finding.evidence.some(({ label }) => label === 'Filter') &&
        teller.nodeId !== undefined &&
        isBelow(context, teller.nodeId, nodeId)
      )
    case 'seq-scan-where-index-would-serve':
      // First the index that may be there has to be allowed.
      return (
        teller.rule === 'settings-disabled-planner' &&
        teller.timeAtStakeMs !== undefined &&
        (isSame || teller.relatedNodeIds.includes(nodeId))
      )
    case 'memoize-evictions':
      // Other joins are switched off: with them nobody would have to look so many rows up.
      return (
        teller.rule === 'nested-loop-large-outer' && isForced(context) && node?.parentId === teller.nodeId
      )
    case 'temp-io':
      return (
        teller.rule === 'repeated-materialize-or-cte-fence' &&
        (isSame || (node?.cte !== undefined && context.plan.nodes[teller.nodeId ?? -1]?.cte === node.cte))
      )
    case 'nested-loop-large-outer':
      return (
        (isSame && teller.rule === 'or-defeats-index') ||
        (teller.rule === 'memoize-evictions' &&
          !isForced(context) &&
          context.plan.nodes[teller.nodeId ?? -1]?.parentId === nodeId)
      )
    default:
      // The time goes into the patterns, not into the rows that an index leads to.
      if (isSame && aboutScans.has(finding.rule) && teller.rule === 'large-in-list') return true
      // A function around the partition key is told at the Append, where it costs the partitions.
      return (
        aboutScans.has(finding.rule) &&
        teller.rule === 'partitions-not-pruned' &&
        (node?.parentId === teller.nodeId || teller.relatedNodeIds.includes(nodeId)) &&
        teller.evidence.some(({ label }) => label === 'Filter')
      )
  }
}

/** One cause, one finding: leaves out what another rule tells already, nearer to the cause. */
export function dropRepeated(context: RuleContext, findings: readonly Finding[]): readonly Finding[] {
  // Most plans have one finding or none; a broken one may have thousands, of a few rules.
  const tellers = findings.filter(({ rule }) => tells.has(rule))
  return tellers.length === 0
    ? findings
    : findings.filter((finding) => !tellers.some((teller) => isToldBy(context, finding, teller)))
}

const tells: ReadonlySet<string> = new Set([
  ...aboutPairs,
  ...leadsByIndex,
  'subplan-per-row',
  'generic-plan-gone-wrong',
  'repeated-materialize-or-cte-fence',
  'large-in-list',
  'memoize-evictions',
  'partitions-not-pruned',
  'settings-disabled-planner',
  'sorted-twice',
  'sort-for-few-rows',
  ...spills,
])
