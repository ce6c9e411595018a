import type { Rule } from './finding.ts'
import { coldCache } from './rules/cold-cache.ts'
import { crossJoin } from './rules/cross-join.ts'
import { foreignKeyWithoutIndex } from './rules/foreign-key-without-index.ts'
import { genericPlanGoneWrong } from './rules/generic-plan-gone-wrong.ts'
import { jitDearerThanGain } from './rules/jit-dearer-than-gain.ts'
import { largeInList } from './rules/large-in-list.ts'
import { limitWalksWrongIndex } from './rules/limit-walks-wrong-index.ts'
import { memoizeEvictions } from './rules/memoize-evictions.ts'
import { networkOrSerializationTime } from './rules/network-or-serialization-time.ts'
import { partitionsNotPruned } from './rules/partitions-not-pruned.ts'
import { planningDearerThanExecution } from './rules/planning-dearer-than-execution.ts'
import { settingsDisabledPlanner } from './rules/settings-disabled-planner.ts'
import { slowIoPerBlock } from './rules/slow-io-per-block.ts'
import { slowTriggers } from './rules/slow-triggers.ts'
import { sortedTwice } from './rules/sorted-twice.ts'
import { tempIo } from './rules/temp-io.ts'
import { timingOverhead } from './rules/timing-overhead.ts'
import { walAmplification } from './rules/wal-amplification.ts'
import { wideRows } from './rules/wide-rows.ts'
import { workersNotLaunched } from './rules/workers-not-launched.ts'
import { workersSkewed } from './rules/workers-skewed.ts'

/** Every rule, in the order in which equal findings are told. A new rule is a file in `rules`, a page, and a line here. */
export const rules: readonly Rule[] = [
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
  genericPlanGoneWrong,
  wideRows,
  networkOrSerializationTime,
  timingOverhead,
  sortedTwice,
  largeInList,
  crossJoin,
  settingsDisabledPlanner,
]
