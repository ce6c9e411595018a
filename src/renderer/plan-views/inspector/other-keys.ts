import type { RawPlanNode, RawValue } from '#shared/plan/index.ts'

/** A key of the server's that nothing above tells. */
export interface OtherKey {
  readonly key: string
  readonly value: string
}

/** Keys that the inspector tells in its own words, or that say the node's place in the tree. */
const told: ReadonlySet<string> = new Set(
  [
    'Node Type|Plans|Parent Relationship|Parallel Aware|Async Capable|Disabled',
    'Startup Cost|Total Cost|Plan Rows|Plan Width',
    'Actual Startup Time|Actual Total Time|Actual Rows|Actual Loops',
    'Schema|Relation Name|Alias|Index Name|CTE Name|Function Name|Subplan Name',
    'Table Function Name|Tuplestore Name|Custom Plan Provider',
    'Join Type|Strategy|Partial Mode|Operation|Command|Scan Direction',
    'Workers|Workers Planned|Workers Launched|Output|Subplans Removed',
    'Sort Method|Sort Space Used|Sort Space Type',
    'Hash Buckets|Original Hash Buckets|Hash Batches|Original Hash Batches|HashAgg Batches',
    'Peak Memory Usage|Disk Usage|Planned Partitions',
    'Cache Hits|Cache Misses|Cache Evictions|Cache Overflows',
    'Exact Heap Blocks|Lossy Heap Blocks|Heap Fetches|Index Searches',
    'WAL Records|WAL FPI|WAL Bytes|WAL Buffers Full',
  ].flatMap((line) => line.split('|')),
)

const toldKinds =
  /^(?:Rows Removed by |(?:Shared |Local |Temp )(?:Hit|Read|Dirtied|Written) Blocks$|(?:Shared |Local |Temp )?I\/O (?:Read|Write) Time$)/

/**
 * What the server said of a node and the inspector has no place for: keys of newer servers and of extensions, and
 * flags like `Inner Unique`. Conditions stand in blocks of their own and are left out.
 *
 * @param shownElsewhere labels of the node's conditions
 */
export function listOtherKeys(
  raw: RawPlanNode | undefined,
  shownElsewhere: readonly string[],
): readonly OtherKey[] {
  if (raw === undefined) return []
  const shown = new Set(shownElsewhere)
  return Object.entries(raw)
    .filter(([key]) => !told.has(key) && !toldKinds.test(key) && !shown.has(key))
    .map(([key, value]) => ({ key, value: say(value) }))
}

function say(value: RawValue): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value) && value.every((entry) => typeof entry === 'string')) return value.join(', ')
  return JSON.stringify(value)
}
