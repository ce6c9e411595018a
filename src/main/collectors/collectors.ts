import { activity } from './activity/index.ts'
import type { Collector } from './collector.ts'
import { connections } from './connections/index.ts'
import { database } from './database/index.ts'
import { io } from './io/index.ts'
import { statements } from './statements/index.ts'

/** Every collector, in the order of their first looks. */
export const collectors: readonly Collector[] = [activity, connections, database, io, statements]
