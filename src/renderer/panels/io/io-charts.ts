import type { ColourToken } from '#renderer/charts/index.ts'
import {
  formatBytesPerSecond,
  formatMs,
  formatPerSecond,
  type MetricChartDefinition,
  type MetricLine,
  quotient,
  sum,
} from '#renderer/session-charts/index.ts'
import type { MetricId } from '#shared/series/index.ts'
import { formatBytes, formatFigure, formatPercent } from '#shared/units/index.ts'

/** Everything that the charts are made of, told every second or two: of the server as a whole. */
export const wholeMetrics: readonly MetricId[] = [
  'database.blocks-hit',
  'database.blocks-read',
  'database.temp-bytes',
  'database.temp-files',
  'io.reads',
  'io.read-ms',
  'io.evictions',
  'io.reuses',
  'buffers.by-checkpoints',
  'buffers.by-background-writer',
  'buffers.by-backends',
  'buffers.backend-fsyncs',
  'checkpoints.timed',
  'checkpoints.requested',
  'checkpoints.write-ms',
  'checkpoints.sync-ms',
  'wal.bytes',
  'wal.records',
  'wal.full-page-images',
  'wal.buffers-full',
  'wal.syncs',
  'wal.sync-ms',
]
export const wholeSums = ['database', 'backendType', 'object', 'context']

/** Told by who did it. */
export const whoMetrics: readonly MetricId[] = ['io.read-bytes', 'io.write-bytes']
export const whoSums = ['object', 'context']

/** Told every ten seconds, where `pg_buffercache` is there. */
export const bufferMetrics: readonly MetricId[] = ['buffers.held', 'buffers.by-usage']

const rate = 'every second'
const perSecond = 'growth ÷ time'
const since16 = 'Needs pg_stat_io: PostgreSQL 16 and later.'
/** Servers that were built with another block size are rare, and say so nowhere in these views. */
const blockBytes = 8_192

function line(key: MetricId, label: string, colour: ColourToken = '--accent'): MetricLine {
  return { key, label, colour, formula: (at) => at(key) }
}

const palette: readonly ColourToken[] = [1, 2, 3, 4, 5, 6, 7, 8].map(
  (number) => `--series-${number}` as const,
)

function held(state: string, label: string, colour: ColourToken): MetricLine {
  return {
    key: state,
    label,
    colour,
    formula: (at) => {
      const blocks = at('buffers.held', state)
      return blocks === null ? null : blocks * blockBytes
    },
  }
}

const noBufferCache = 'Needs the extension pg_buffercache: CREATE EXTENSION pg_buffercache;'

/** What shared buffers hold. */
export const bufferCharts: readonly MetricChartDefinition[] = [
  {
    title: 'Shared buffers',
    lines: [
      held('dirty', 'dirty: to be written', '--warn'),
      held('clean', 'clean', '--series-1'),
      held('unused', 'never used', '--line-strong'),
    ],
    shape: 'stack',
    format: formatBytes,
    source: 'pg_buffercache',
    formula: 'buffers × 8 KiB',
    rate: 'every ten seconds',
    headline: ([dirty = null, ...others]) => {
      const all = sum(dirty, ...others)
      return dirty === null || all === null ? '–' : `${formatBytes(dirty)} of ${formatBytes(all)} dirty`
    },
    needs: ['buffers.held'],
    missing: noBufferCache,
  },
  {
    title: 'Buffers by usage',
    lines: [5, 4, 3, 2, 1, 0].map((usage, index) => ({
      key: String(usage),
      label: usage === 0 ? 'next to be replaced' : `used ${usage === 5 ? 'often (5)' : usage}`,
      colour: `--series-1/${Math.min(4, index)}` as const,
      formula: (at) => at('buffers.by-usage', String(usage)),
    })),
    shape: 'stack',
    format: formatFigure,
    source: 'pg_buffercache.usagecount',
    formula: 'buffers; what was used often stays longest',
    rate: 'every ten seconds',
    headline: ([often = null, ...others]) => {
      const share = quotient(often, sum(often, ...others))
      return share === null ? '–' : `${formatPercent(share)} used often`
    },
    needs: ['buffers.by-usage'],
    missing: noBufferCache,
  },
]

/** The server as a whole. */
export const wholeCharts: readonly MetricChartDefinition[] = [
  {
    title: 'Cache hits',
    lines: [
      {
        key: 'hits',
        label: 'found in shared buffers',
        colour: '--accent',
        formula: (at) =>
          quotient(at('database.blocks-hit'), sum(at('database.blocks-hit'), at('database.blocks-read'))),
      },
    ],
    shape: 'lines',
    base: 'data',
    most: 1,
    format: formatPercent,
    source: 'pg_stat_database.blks_hit, blks_read',
    formula: 'hit ÷ (hit + read)',
    rate,
    needs: ['database.blocks-hit'],
    missing: 'No block was asked for in this range.',
  },
  {
    title: 'Buffers replaced',
    lines: [
      line('io.evictions', 'taken from another block', '--series-3'),
      line('io.reuses', 'of a ring, used again', '--series-7'),
    ],
    shape: 'stack',
    format: formatPerSecond,
    source: 'pg_stat_io.evictions, reuses',
    formula: perSecond,
    rate,
    needs: ['io.evictions'],
    missing: since16,
  },
  {
    title: 'Time of a read',
    lines: [
      {
        key: 'read',
        label: 'of one read by the server',
        colour: '--wait-io',
        formula: (at) => {
          const readMs = at('io.read-ms')
          // Zero over all reads: the server takes no times.
          return readMs === 0 ? null : quotient(readMs, at('io.reads'))
        },
      },
    ],
    shape: 'lines',
    format: formatMs,
    source: 'pg_stat_io.read_time, reads',
    formula: 'time ÷ reads; out of the page cache as well as from a disk',
    rate,
    needs: ['io.read-ms'],
    missing: 'Needs PostgreSQL 16 and track_io_timing = on.',
  },
  {
    title: 'Who writes buffers',
    lines: [
      line('buffers.by-checkpoints', 'checkpoints', '--series-1'),
      line('buffers.by-background-writer', 'the background writer', '--series-4'),
      line('buffers.by-backends', 'backends themselves', '--series-3'),
    ],
    shape: 'stack',
    format: formatPerSecond,
    source: 'pg_stat_checkpointer, pg_stat_bgwriter, pg_stat_io',
    formula: perSecond,
    rate,
    needs: ['buffers.by-checkpoints', 'buffers.by-background-writer', 'buffers.by-backends'],
    missing: 'No buffer was written in this range.',
  },
  {
    title: 'Checkpoints at work',
    lines: [
      {
        key: 'write',
        label: 'writing',
        colour: '--series-1',
        formula: (at) => perThousand(at('checkpoints.write-ms')),
      },
      {
        key: 'sync',
        label: 'syncing',
        colour: '--warn',
        formula: (at) => perThousand(at('checkpoints.sync-ms')),
      },
    ],
    shape: 'lines',
    format: formatPercent,
    source: 'pg_stat_checkpointer.write_time, sync_time',
    formula: 'time ÷ time; counted when a checkpoint ends',
    rate,
    needs: ['checkpoints.write-ms'],
    missing: 'No checkpoint has ended in this range.',
  },
  {
    title: 'fsync by backends',
    lines: [line('buffers.backend-fsyncs', 'fsync calls', '--bad')],
    shape: 'area',
    format: formatPerSecond,
    source: 'pg_stat_bgwriter.buffers_backend_fsync, pg_stat_io.fsyncs',
    formula: 'growth ÷ time; more than a few: the checkpointer’s queue is full',
    rate,
    needs: ['buffers.backend-fsyncs'],
    missing: 'None in this range.',
  },
  {
    title: 'WAL',
    lines: [line('wal.bytes', 'made')],
    shape: 'area',
    format: formatBytesPerSecond,
    source: 'pg_stat_wal.wal_bytes',
    formula: perSecond,
    rate,
    needs: ['wal.bytes'],
    missing: 'No WAL was made in this range.',
  },
  {
    title: 'Full page images',
    lines: [
      {
        key: 'images',
        label: 'of all WAL records',
        colour: '--series-2',
        formula: (at) => quotient(at('wal.full-page-images'), at('wal.records')),
      },
    ],
    shape: 'lines',
    most: 1,
    format: formatPercent,
    source: 'pg_stat_wal.wal_fpi, wal_records',
    formula: 'images ÷ records; many after a checkpoint',
    rate,
    needs: ['wal.records'],
    missing: 'No WAL was made in this range.',
  },
  {
    title: 'WAL buffers full',
    lines: [line('wal.buffers-full', 'times', '--warn')],
    shape: 'area',
    format: formatPerSecond,
    source: 'pg_stat_wal.wal_buffers_full',
    formula: 'growth ÷ time; a backend had to write WAL to make room',
    rate,
    needs: ['wal.buffers-full'],
    missing: 'Needs PostgreSQL 14 or later.',
  },
  {
    title: 'WAL sync',
    lines: [
      {
        key: 'sync',
        label: 'of one sync',
        colour: '--wait-io',
        formula: (at) => {
          const syncMs = at('wal.sync-ms')
          return syncMs === 0 ? null : quotient(syncMs, at('wal.syncs'))
        },
      },
    ],
    shape: 'lines',
    format: formatMs,
    source: 'pg_stat_wal.wal_sync_time, pg_stat_io.fsync_time',
    formula: 'time ÷ syncs; needs track_wal_io_timing = on',
    rate,
    needs: ['wal.syncs'],
    missing: 'No WAL was synced in this range.',
  },
  {
    title: 'Temporary files',
    lines: [line('database.temp-bytes', 'written', '--series-5')],
    shape: 'area',
    format: formatBytesPerSecond,
    source: 'pg_stat_database.temp_bytes',
    formula: 'growth ÷ time; counted when a file is closed',
    rate,
    needs: ['database.temp-bytes'],
    missing: 'Nothing spilled to disk in this range.',
  },
]

/** Reads and writes, by who did them. */
export function whoCharts(types: readonly string[]): readonly MetricChartDefinition[] {
  const of = (metric: MetricId): readonly MetricLine[] =>
    types.map((type, index) => ({
      key: type,
      label: type,
      colour: palette[index % palette.length] ?? '--accent',
      formula: (at) => at(metric, type),
    }))
  const common = {
    shape: 'stack',
    format: formatBytesPerSecond,
    rate,
    formula: perSecond,
    missing: since16,
  } as const
  return [
    {
      ...common,
      title: 'Bytes read',
      lines: of('io.read-bytes'),
      source: 'pg_stat_io.read_bytes',
      needs: ['io.read-bytes'],
    },
    {
      ...common,
      title: 'Bytes written',
      lines: of('io.write-bytes'),
      source: 'pg_stat_io.write_bytes',
      needs: ['io.write-bytes'],
    },
  ]
}

function perThousand(value: number | null): number | null {
  return value === null ? null : value / 1_000
}
