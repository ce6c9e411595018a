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
import { formatCount, formatFigure, formatPercent } from '#shared/units/index.ts'

const rate = 'every second'
const perSecond = 'growth ÷ time'
/** Servers that were built with another block size are rare, and say so nowhere in these views. */
const blockBytes = 8_192

const main = '--accent' as const

function line(key: MetricId, label: string, colour: MetricLine['colour'] = main): MetricLine {
  return { key, label, colour, formula: (at) => at(key) }
}

const states = [
  ['active', 'active', '--wait-cpu'],
  ['idle in transaction', 'idle in transaction', '--warn'],
  ['idle in transaction (aborted)', 'idle in failed transaction', '--bad'],
  ['fastpath function call', 'in a function call', '--series-2'],
  ['idle', 'idle', '--wait-activity'],
] as const

/** The small charts of the panel, in their order. */
export const loadCharts: readonly MetricChartDefinition[] = [
  {
    title: 'Transactions',
    lines: [line('database.commits', 'commits'), line('database.rollbacks', 'rollbacks', '--bad')],
    shape: 'lines',
    format: formatPerSecond,
    source: 'pg_stat_database.xact_commit, xact_rollback',
    formula: perSecond,
    rate,
    needs: ['database.commits'],
    missing: 'No transaction has ended in this range.',
  },
  {
    title: 'Cache hits',
    lines: [
      {
        key: 'hits',
        label: 'found in shared buffers',
        colour: main,
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
    title: 'Disk reads',
    lines: [
      {
        key: 'read',
        label: 'read from the operating system',
        colour: main,
        formula: (at) => scale(at('database.blocks-read'), blockBytes),
      },
    ],
    shape: 'area',
    format: formatBytesPerSecond,
    source: 'pg_stat_database.blks_read',
    formula: 'blocks × 8 KiB ÷ time',
    rate,
    needs: ['database.blocks-read'],
    missing: 'No block was read in this range.',
  },
  {
    title: 'I/O latency',
    lines: [
      {
        key: 'read',
        label: 'read',
        colour: main,
        formula: (at) => quotient(at('database.read-ms'), at('database.blocks-read')),
      },
      {
        key: 'write',
        label: 'write',
        colour: '--series-3',
        formula: (at) => quotient(at('io.write-ms'), at('io.writes')),
      },
    ],
    shape: 'lines',
    format: formatMs,
    source: 'pg_stat_database.blk_read_time, blks_read; pg_stat_io.write_time, writes (16+)',
    formula: 'time ÷ reads, time ÷ writes',
    rate,
    needs: ['database.read-ms', 'io.write-ms'],
    missing: 'The server takes no times of its I/O: set track_io_timing = on.',
  },
  {
    title: 'Rows read',
    lines: [
      line('database.tuples-returned', 'by scans'),
      line('database.tuples-fetched', 'fetched by index', '--series-3'),
    ],
    shape: 'lines',
    format: formatPerSecond,
    source: 'pg_stat_database.tup_returned, tup_fetched',
    formula: perSecond,
    rate,
    needs: ['database.tuples-returned'],
    missing: 'No row was read in this range.',
  },
  {
    title: 'Rows written',
    lines: [
      line('database.tuples-inserted', 'inserted', '--series-1'),
      line('database.tuples-updated', 'updated', '--series-3'),
      line('database.tuples-deleted', 'deleted', '--series-5'),
    ],
    shape: 'stack',
    format: formatPerSecond,
    source: 'pg_stat_database.tup_inserted, tup_updated, tup_deleted',
    formula: perSecond,
    rate,
    needs: ['database.tuples-inserted', 'database.tuples-updated', 'database.tuples-deleted'],
    missing: 'No row was written in this range.',
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
    title: 'Buffers written',
    lines: [
      line('buffers.by-checkpoints', 'by checkpoints', '--series-1'),
      line('buffers.by-background-writer', 'by the background writer', '--series-4'),
      line('buffers.by-backends', 'by backends themselves', '--series-3'),
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
    title: 'Connections',
    lines: states.map(([state, label, colour]) => ({
      key: state,
      label,
      colour,
      formula: (at) => at('connections.state', state),
    })),
    shape: 'stack',
    format: formatFigure,
    source: 'pg_stat_activity.state, max_connections',
    rate,
    level: { metric: 'connections.limit', label: (limit) => `${formatCount(limit)} allowed` },
    headline: (values, limit) => {
      const all = sum(...values)
      if (all === null) return '–'
      return limit === null ? formatFigure(all) : `${formatFigure(all)} of ${formatCount(limit)}`
    },
    needs: ['connections.state'],
    missing: 'No connection was counted in this range.',
  },
  {
    title: 'Temporary files',
    lines: [line('database.temp-bytes', 'written')],
    shape: 'area',
    format: formatBytesPerSecond,
    source: 'pg_stat_database.temp_bytes',
    formula: perSecond,
    rate,
    needs: ['database.temp-bytes'],
    missing: 'Nothing spilled to disk in this range.',
  },
  {
    title: 'Checkpoints',
    lines: [
      line('checkpoints.timed', 'by time', '--series-1'),
      line('checkpoints.requested', 'by request', '--warn'),
    ],
    shape: 'stack',
    format: formatPerSecond,
    source: 'pg_stat_checkpointer.num_timed, num_requested',
    formula: perSecond,
    rate,
    headline: (values) => {
      const all = sum(...values)
      return all === null ? '–' : `${formatFigure(all * 60)} /min`
    },
    needs: ['checkpoints.timed', 'checkpoints.requested'],
    missing: 'No checkpoint began in this range.',
  },
  {
    title: 'Deadlocks',
    lines: [line('database.deadlocks', 'deadlocks', '--bad')],
    shape: 'area',
    format: formatPerSecond,
    source: 'pg_stat_database.deadlocks',
    formula: perSecond,
    rate,
    needs: ['database.deadlocks'],
    missing: 'None in this range.',
  },
]

function scale(value: number | null, by: number): number | null {
  return value === null ? null : value * by
}

/** Everything that the charts above are made of. */
export const loadMetrics: readonly MetricId[] = [
  'connections.state',
  'connections.limit',
  'database.commits',
  'database.rollbacks',
  'database.blocks-hit',
  'database.blocks-read',
  'database.read-ms',
  'io.writes',
  'io.write-ms',
  'database.tuples-returned',
  'database.tuples-fetched',
  'database.tuples-inserted',
  'database.tuples-updated',
  'database.tuples-deleted',
  'database.temp-bytes',
  'database.deadlocks',
  'wal.bytes',
  'checkpoints.timed',
  'checkpoints.requested',
  'buffers.by-checkpoints',
  'buffers.by-background-writer',
  'buffers.by-backends',
]
