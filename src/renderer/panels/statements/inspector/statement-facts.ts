import type { Definition } from '#renderer/kit/index.ts'
import type { StatementDetail } from '#shared/contract/index.ts'
import {
  type Bytes,
  formatBytes,
  formatCount,
  formatDuration,
  formatFigureAligned,
  formatPercent,
} from '#shared/units/index.ts'
import type { StatementFigures } from '#shared/workload/index.ts'
import { formatFigure, formatMean } from '../columns.tsx'
import type { ListedStatement } from '../listed.ts'

/** Which statement it is, and how much of the load. */
export function identityFacts(
  row: ListedStatement,
  detail: StatementDetail | undefined,
): readonly Definition[] {
  const isFingerprint = row.key.startsWith('text:')
  return present([
    [
      'load',
      row.loadShare === undefined ? undefined : formatPercent(row.loadShare),
      'its share of all load, from samples',
    ],
    [
      'average active sessions',
      row.averageSessions === undefined ? undefined : formatFigureAligned(row.averageSessions),
      'samples in which it was at work ÷ samples, over the time range',
    ],
    [
      row.databases.length === 1 ? 'database' : 'databases',
      row.databases.join(', ') || undefined,
      'dbid, or datname',
    ],
    [row.users.length === 1 ? 'user' : 'users', row.users.join(', ') || undefined, 'userid, or usename'],
    [
      'at top level',
      row.isTopLevel ? undefined : 'no, inside of functions only',
      'pg_stat_statements.toplevel',
    ],
    [
      'entries',
      (detail?.entries.length ?? 0) > 1 ? String(detail?.entries.length) : undefined,
      'by database, user and top level',
    ],
    [
      isFingerprint ? 'fingerprint' : 'query id',
      (isFingerprint ? row.key.slice(5) : row.key) || undefined,
      'tells it from all others',
    ],
  ])
}

/** What it did over the range, what is zero left out. */
export function figureFacts(figures: StatementFigures, blockBytes: Bytes): readonly Definition[] {
  const shown = (name: Parameters<typeof formatFigure>[1]) =>
    (figures[name] ?? 0) > 0 ? formatFigure(figures, name, blockBytes) : undefined
  const hits = figures.sharedHitBlocks + figures.sharedReadBlocks
  return present([
    ['time', formatDuration(figures.executionMs), 'total_exec_time'],
    ['calls', formatCount(figures.calls), 'calls'],
    [
      'time of a call',
      formatMean(figures),
      'mean ± standard deviation: total_exec_time, stddev_exec_time, calls',
    ],
    ['rows', formatCount(figures.rows), 'rows'],
    [
      'rows a call',
      figures.calls > 0 ? formatCount(figures.rows / figures.calls) : undefined,
      'rows ÷ calls',
    ],
    ['planning', shown('planningMs'), 'total_plan_time'],
    [
      'found in shared buffers',
      hits > 0
        ? `${formatPercent(figures.sharedHitBlocks / hits)} of ${formatBytes(hits * blockBytes)}`
        : undefined,
      'shared_blks_hit ÷ (shared_blks_hit + shared_blks_read)',
    ],
    ['read', shown('sharedReadBlocks'), 'shared_blks_read'],
    ['time reading', shown('readMs'), 'shared_blk_read_time + local_blk_read_time; needs track_io_timing'],
    ['made dirty', shown('sharedDirtiedBlocks'), 'shared_blks_dirtied'],
    ['written', shown('sharedWrittenBlocks'), 'shared_blks_written'],
    ['time writing', shown('writeMs'), 'shared_blk_write_time + local_blk_write_time; needs track_io_timing'],
    ['temporary files written', shown('tempWrittenBlocks'), 'temp_blks_written'],
    ['temporary files read', shown('tempReadBlocks'), 'temp_blks_read'],
    [
      'time with temporary files',
      sumOf(figures.tempReadMs, figures.tempWriteMs),
      'temp_blk_read_time + temp_blk_write_time',
    ],
    ['WAL', shown('walBytes'), 'wal_bytes'],
    ['WAL records', shown('walRecords'), 'wal_records'],
    ['WAL buffers full', shown('walBuffersFull'), 'wal_buffers_full'],
    ['just-in-time compilation', shown('jitMs'), 'jit_generation_time + jit_inlining_time + …'],
    [
      'parallel workers',
      (figures.workersPlanned ?? 0) > 0
        ? `${formatCount(figures.workersLaunched ?? 0)} of ${formatCount(figures.workersPlanned ?? 0)} started`
        : undefined,
      'parallel_workers_launched, parallel_workers_to_launch',
    ],
    ['with a generic plan', shown('genericPlanCalls'), 'generic_plan_calls'],
    ['with a custom plan', shown('customPlanCalls'), 'custom_plan_calls'],
  ])
}

function sumOf(first: number | undefined, second: number | undefined): string | undefined {
  const ms = (first ?? 0) + (second ?? 0)
  return ms > 0 ? formatDuration(ms) : undefined
}

function present(
  facts: readonly (readonly [term: string, value: string | undefined, title: string])[],
): readonly Definition[] {
  return facts.flatMap(([term, value, title]) => (value === undefined ? [] : [{ term, value, title }]))
}
