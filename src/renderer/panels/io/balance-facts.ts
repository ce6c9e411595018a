import type { Definition } from '#renderer/kit/index.ts'
import type { MetricId, MetricSeries } from '#shared/series/index.ts'
import { formatBytes, formatCountShort, formatDuration, formatPercent } from '#shared/units/index.ts'

export const balanceMetrics: readonly MetricId[] = [
  'buffers.by-checkpoints',
  'buffers.by-background-writer',
  'buffers.by-backends',
  'buffers.writer-stopped',
  'checkpoints.timed',
  'checkpoints.requested',
  'checkpoints.write-ms',
  'checkpoints.sync-ms',
  'wal.bytes',
  'wal.records',
  'wal.full-page-images',
  'wal.buffers-full',
  'database.temp-bytes',
  'database.temp-files',
]
export const balanceSums: readonly string[] = ['database']

export interface WriterShare {
  readonly label: string
  /** 0–1 */
  readonly share: number
  readonly words: string
  readonly colour: `--${string}`
}

const writers = [
  ['buffers.by-checkpoints', 'checkpoints', '--series-1'],
  ['buffers.by-background-writer', 'background writer', '--series-4'],
  ['buffers.by-backends', 'backends themselves', '--series-3'],
] as const

/** Who wrote how much of the buffers that were written; empty where none were. */
export function writerShares(series: readonly MetricSeries[]): readonly WriterShare[] {
  const written = writers.map(([metric, label, colour]) => ({
    label,
    colour,
    blocks: totalOf(series, metric) ?? 0,
  }))
  const all = written.reduce((sum, { blocks }) => sum + blocks, 0)
  if (all === 0) return []
  return written.map(({ label, colour, blocks }) => ({
    label,
    colour,
    share: blocks / all,
    words: formatPercent(blocks / all),
  }))
}

/** What came of checkpoints, WAL and spills, in sum over the range. */
export function describeBalance(series: readonly MetricSeries[]): readonly Definition[] {
  const total = (metric: MetricId): number | undefined => totalOf(series, metric)
  const requested = total('checkpoints.requested')
  const timed = total('checkpoints.timed')
  const records = total('wal.records')
  const images = total('wal.full-page-images')
  const full = total('wal.buffers-full')
  const stopped = total('buffers.writer-stopped')
  const temp = total('database.temp-bytes')
  const files = total('database.temp-files')
  return [
    ...fact('Checkpoints by time', timed, count, 'pg_stat_checkpointer.num_timed'),
    ...fact(
      'Checkpoints by request',
      requested,
      count,
      'pg_stat_checkpointer.num_requested, by WAL too: with many, max_wal_size is small',
      (requested ?? 0) > (timed ?? 0) && (requested ?? 0) > 1,
    ),
    ...fact(
      'They wrote for',
      total('checkpoints.write-ms'),
      formatDuration,
      'pg_stat_checkpointer.write_time',
    ),
    ...fact(
      'They synced for',
      total('checkpoints.sync-ms'),
      formatDuration,
      'pg_stat_checkpointer.sync_time',
    ),
    ...fact(
      'Writer stopped at its limit',
      stopped,
      count,
      'pg_stat_bgwriter.maxwritten_clean: the background writer’s bgwriter_lru_maxpages',
      (stopped ?? 0) > 10,
    ),
    ...fact('WAL made', total('wal.bytes'), formatBytes, 'pg_stat_wal.wal_bytes'),
    ...fact(
      'Full page images',
      images === undefined || !records ? undefined : images / records,
      formatPercent,
      'Of all WAL records: pg_stat_wal.wal_fpi ÷ wal_records',
    ),
    ...fact('WAL buffers full', full, count, 'pg_stat_wal.wal_buffers_full: wal_buffers', (full ?? 0) > 100),
    ...fact('Spilled', temp, formatBytes, 'pg_stat_database.temp_bytes'),
    ...fact('Temporary files', files, count, 'pg_stat_database.temp_files'),
  ]
}

const count = (value: number): string => formatCountShort(Math.round(value))

function fact(
  term: string,
  value: number | undefined,
  format: (value: number) => string,
  title: string,
  isMuch = false,
): readonly Definition[] {
  if (value === undefined) return []
  return [{ term, value: format(value), title, ...(isMuch ? { tone: 'warn' as const } : {}) }]
}

/** Rates × time, over what was sampled; `undefined` where nothing was. */
function totalOf(series: readonly MetricSeries[], metric: MetricId): number | undefined {
  const found = series.filter((one) => one.metric === metric)
  if (found.length === 0) return undefined
  return found.reduce(
    (sum, { values, buckets }) =>
      sum + values.reduce<number>((all, value) => all + ((value ?? 0) * buckets.stepMs) / 1_000, 0),
    0,
  )
}
