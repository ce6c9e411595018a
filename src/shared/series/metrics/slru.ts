import { counter, type MetricUnit } from '../define.ts'

const of = (label: string, unit: MetricUnit, column: string) =>
  counter(label, unit, `pg_stat_slru.${column}`, ['cache'])

/** Small caches for what transactions need: commit status, subtransactions, members of multixacts, notifications. */
export const slruMetrics = {
  'slru.zeroed': of('SLRU blocks begun', 'blocks', 'blks_zeroed'),
  'slru.hits': of('SLRU blocks found in their cache', 'blocks', 'blks_hit'),
  'slru.reads': of('SLRU blocks read', 'blocks', 'blks_read'),
  'slru.writes': of('SLRU blocks written', 'blocks', 'blks_written'),
  'slru.exists': of('SLRU blocks looked for', 'blocks', 'blks_exists'),
  'slru.flushes': of('SLRU flushes', 'count', 'flushes'),
  'slru.truncates': of('SLRU truncations', 'count', 'truncates'),
} as const
