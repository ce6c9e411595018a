import { gauge } from '../define.ts'

/** What shared buffers hold, where `pg_buffercache` is there to tell. */
export const bufferCacheMetrics = {
  'buffers.held': gauge('Shared buffers by what they hold', 'blocks', 'pg_buffercache', ['state']),
  'buffers.pinned': gauge('Shared buffers in use at the moment', 'blocks', 'pg_buffercache.pinning_backends'),
  'buffers.by-usage': gauge('Shared buffers by usage count', 'blocks', 'pg_buffercache.usagecount', [
    'usageCount',
  ]),
} as const
