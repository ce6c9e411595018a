import { activity } from './activity/index.ts'
import { archiver } from './archiver/index.ts'
import { bufferCache } from './buffer-cache/index.ts'
import { checkpoints } from './checkpoints/index.ts'
import type { Collector } from './collector.ts'
import { database } from './database/index.ts'
import { host } from './host/index.ts'
import { io } from './io/index.ts'
import { lockWaits } from './lock-waits/index.ts'
import { locks } from './locks/index.ts'
import { progress } from './progress/index.ts'
import { replication } from './replication/index.ts'
import { schema } from './schema/index.ts'
import { schemaNews } from './schema-news/index.ts'
import { settings } from './settings/index.ts'
import { sizes } from './sizes/index.ts'
import { slru } from './slru/index.ts'
import { statements } from './statements/index.ts'
import { transactions } from './transactions/index.ts'
import { wal } from './wal/index.ts'

/** Every collector, in the order of their first looks. */
export const collectors: readonly Collector[] = [
  activity,
  database,
  settings,
  io,
  wal,
  checkpoints,
  progress,
  replication,
  slru,
  archiver,
  transactions,
  sizes,
  schema,
  schemaNews,
  lockWaits,
  locks,
  statements,
  bufferCache,
  host,
]
