import { gauge } from '../define.ts'

/** Maintenance that takes longer than a few seconds, while it is at work. */
export const progressMetrics = {
  'progress.share': gauge('How far a command is within its phase', 'ratio', 'pg_stat_progress_*', [
    'command',
    'target',
    'phase',
  ]),
} as const
