import type { ColourToken } from '#renderer/charts/index.ts'
import {
  blocksAsBytes,
  chart,
  durationChart,
  formatBytesPerSecond,
  growthChart,
  knownCharts,
  linesOf,
  type MetricChartDefinition,
  type MetricLine,
  perThousand,
  quotient,
  shareChart,
  sum,
  timeOfOne,
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

const since16 = 'Needs pg_stat_io: PostgreSQL 16 and later.'
const noBufferCache = 'Needs the extension pg_buffercache: CREATE EXTENSION pg_buffercache;'
const everyTenSeconds = 'every ten seconds'

function held(state: string, label: string, colour: ColourToken): MetricLine {
  return { key: state, label, colour, formula: (at) => blocksAsBytes(at('buffers.held', state)) }
}

/** What shared buffers hold. */
export const bufferCharts: readonly MetricChartDefinition[] = [
  chart({
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
    rate: everyTenSeconds,
    headline: ([dirty = null, ...others]) => {
      const all = sum(dirty, ...others)
      return dirty === null || all === null ? '–' : `${formatBytes(dirty)} of ${formatBytes(all)} dirty`
    },
    needs: ['buffers.held'],
    missing: noBufferCache,
  }),
  chart({
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
    rate: everyTenSeconds,
    headline: ([often = null, ...others]) => {
      const share = quotient(often, sum(often, ...others))
      return share === null ? '–' : `${formatPercent(share)} used often`
    },
    needs: ['buffers.by-usage'],
    missing: noBufferCache,
  }),
]

/** The server as a whole. */
export const wholeCharts: readonly MetricChartDefinition[] = [
  knownCharts.cacheHits,
  growthChart({
    title: 'Buffers replaced',
    counters: [
      ['io.evictions', 'taken from another block', '--series-3'],
      ['io.reuses', 'of a ring, used again', '--series-7'],
    ],
    source: 'pg_stat_io.evictions, reuses',
    missing: since16,
  }),
  durationChart({
    title: 'Time of a read',
    lines: [
      {
        key: 'read',
        label: 'of one read by the server',
        colour: '--wait-io',
        formula: timeOfOne('io.read-ms', 'io.reads'),
      },
    ],
    source: 'pg_stat_io.read_time, reads',
    formula: 'time ÷ reads; out of the page cache as well as from a disk',
    needs: ['io.read-ms'],
    missing: 'Needs PostgreSQL 16 and track_io_timing = on.',
  }),
  knownCharts.buffersWritten,
  chart({
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
    needs: ['checkpoints.write-ms'],
    missing: 'No checkpoint has ended in this range.',
  }),
  growthChart({
    title: 'fsync by backends',
    counters: [['buffers.backend-fsyncs', 'fsync calls', '--bad']],
    source: 'pg_stat_bgwriter.buffers_backend_fsync, pg_stat_io.fsyncs',
    formula: 'growth ÷ time; more than a few: the checkpointer’s queue is full',
    missing: 'None in this range.',
  }),
  knownCharts.wal,
  shareChart({
    title: 'Full page images',
    line: ['of all WAL records', '--series-2'],
    part: (at) => at('wal.full-page-images'),
    whole: (at) => at('wal.records'),
    source: 'pg_stat_wal.wal_fpi, wal_records',
    formula: 'images ÷ records; many after a checkpoint',
    needs: ['wal.records'],
    missing: 'No WAL was made in this range.',
  }),
  growthChart({
    title: 'WAL buffers full',
    counters: [['wal.buffers-full', 'times', '--warn']],
    source: 'pg_stat_wal.wal_buffers_full',
    formula: 'growth ÷ time; a backend had to write WAL to make room',
    missing: 'Needs PostgreSQL 14 or later.',
  }),
  durationChart({
    title: 'WAL sync',
    lines: [
      {
        key: 'sync',
        label: 'of one sync',
        colour: '--wait-io',
        formula: timeOfOne('wal.sync-ms', 'wal.syncs'),
      },
    ],
    source: 'pg_stat_wal.wal_sync_time, pg_stat_io.fsync_time',
    formula: 'time ÷ syncs; needs track_wal_io_timing = on',
    needs: ['wal.syncs'],
    missing: 'No WAL was synced in this range.',
  }),
  knownCharts.temporaryFiles,
]

/** Reads and writes, by who did them. */
export function whoCharts(types: readonly string[]): readonly MetricChartDefinition[] {
  const of = (metric: MetricId, title: string, source: string): MetricChartDefinition =>
    chart({
      title,
      lines: linesOf(types, (type) => (at) => at(metric, type)),
      shape: 'stack',
      format: formatBytesPerSecond,
      source,
      formula: 'growth ÷ time',
      needs: [metric],
      missing: since16,
    })
  return [
    of('io.read-bytes', 'Bytes read', 'pg_stat_io.read_bytes'),
    of('io.write-bytes', 'Bytes written', 'pg_stat_io.write_bytes'),
  ]
}
