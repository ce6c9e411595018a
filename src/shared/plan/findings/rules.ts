import type { Rule } from './finding.ts'
import { coldCache } from './rules/cold-cache.ts'
import { countEverything } from './rules/count-everything.ts'
import { crossJoin } from './rules/cross-join.ts'
import { distinctHidesJoin } from './rules/distinct-hides-join.ts'
import { filterDiscardsMostRows } from './rules/filter-discards-most-rows.ts'
import { foreignKeyWithoutIndex } from './rules/foreign-key-without-index.ts'
import { functionOrCastOnIndexedColumn } from './rules/function-or-cast-on-indexed-column.ts'
import { genericPlanGoneWrong } from './rules/generic-plan-gone-wrong.ts'
import { hashBatchesGrown } from './rules/hash-batches-grown.ts'
import { hashSpilled } from './rules/hash-spilled.ts'
import { indexOnlyScanHeapFetches } from './rules/index-only-scan-heap-fetches.ts'
import { indexScanPoorSelectivity } from './rules/index-scan-poor-selectivity.ts'
import { jitDearerThanGain } from './rules/jit-dearer-than-gain.ts'
import { largeInList } from './rules/large-in-list.ts'
import { limitWalksWrongIndex } from './rules/limit-walks-wrong-index.ts'
import { lossyBitmap } from './rules/lossy-bitmap.ts'
import { memoizeEvictions } from './rules/memoize-evictions.ts'
import { misestimateAtOrigin } from './rules/misestimate-at-origin.ts'
import { nestedLoopLargeOuter } from './rules/nested-loop-large-outer.ts'
import { networkOrSerializationTime } from './rules/network-or-serialization-time.ts'
import { offsetDeepPaging } from './rules/offset-deep-paging.ts'
import { orDefeatsIndex } from './rules/or-defeats-index.ts'
import { partitionsNotPruned } from './rules/partitions-not-pruned.ts'
import { planningDearerThanExecution } from './rules/planning-dearer-than-execution.ts'
import { repeatedMaterializeOrCteFence } from './rules/repeated-materialize-or-cte-fence.ts'
import { seqScanWhereIndexWouldServe } from './rules/seq-scan-where-index-would-serve.ts'
import { settingsDisabledPlanner } from './rules/settings-disabled-planner.ts'
import { slowIoPerBlock } from './rules/slow-io-per-block.ts'
import { slowTriggers } from './rules/slow-triggers.ts'
import { sortForFewRows } from './rules/sort-for-few-rows.ts'
import { sortSpilled } from './rules/sort-spilled.ts'
import { sortedTwice } from './rules/sorted-twice.ts'
import { subplanPerRow } from './rules/subplan-per-row.ts'
import { tempIo } from './rules/temp-io.ts'
import { timingOverhead } from './rules/timing-overhead.ts'
import { walAmplification } from './rules/wal-amplification.ts'
import { wideRows } from './rules/wide-rows.ts'
import { workersNotLaunched } from './rules/workers-not-launched.ts'
import { workersSkewed } from './rules/workers-skewed.ts'

/** Every rule, in the order in which equal findings are told. A new rule is a file in `rules`, a page, and a line here. */
export const rules: readonly Rule[] = [
  filterDiscardsMostRows,
  seqScanWhereIndexWouldServe,
  functionOrCastOnIndexedColumn,
  orDefeatsIndex,
  indexScanPoorSelectivity,
  indexOnlyScanHeapFetches,
  lossyBitmap,
  sortSpilled,
  hashSpilled,
  hashBatchesGrown,
  nestedLoopLargeOuter,
  misestimateAtOrigin,
  repeatedMaterializeOrCteFence,
  subplanPerRow,
  offsetDeepPaging,
  countEverything,
  distinctHidesJoin,
  workersNotLaunched,
  workersSkewed,
  jitDearerThanGain,
  planningDearerThanExecution,
  slowTriggers,
  foreignKeyWithoutIndex,
  partitionsNotPruned,
  coldCache,
  tempIo,
  walAmplification,
  slowIoPerBlock,
  memoizeEvictions,
  limitWalksWrongIndex,
  sortForFewRows,
  genericPlanGoneWrong,
  wideRows,
  networkOrSerializationTime,
  timingOverhead,
  sortedTwice,
  largeInList,
  crossJoin,
  settingsDisabledPlanner,
]
