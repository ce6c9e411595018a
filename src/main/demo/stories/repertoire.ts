import { autovacuumDebtStory } from './autovacuum-debt.ts'
import { idleInTransactionStory } from './idle-in-transaction.ts'
import { lockQueueStory } from './lock-queue.ts'
import { misestimateStory } from './misestimate.ts'
import { missingIndexStory } from './missing-index.ts'
import { nPlusOneStory } from './n-plus-one.ts'
import { nightlyBatchStory } from './nightly-batch.ts'
import { spillingSortStory } from './spilling-sort.ts'
import type { Story } from './story.ts'

/** Every story the demo can play: a new one is a file and a line here. */
export const repertoire: readonly Story[] = [
  missingIndexStory,
  nPlusOneStory,
  lockQueueStory,
  spillingSortStory,
  misestimateStory,
  idleInTransactionStory,
  nightlyBatchStory,
  autovacuumDebtStory,
]
