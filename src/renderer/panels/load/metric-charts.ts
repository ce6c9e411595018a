import {
  blocksAsBytes,
  chart,
  durationChart,
  formatBytesPerSecond,
  growthChart,
  knownCharts,
  type MetricChartDefinition,
  quotient,
  sum,
} from '#renderer/session-charts/index.ts'
import type { MetricId } from '#shared/series/index.ts'
import { formatCount, formatFigure } from '#shared/units/index.ts'

const states = [
  ['active', 'active', '--wait-cpu'],
  ['idle in transaction', 'idle in transaction', '--warn'],
  ['idle in transaction (aborted)', 'idle in failed transaction', '--bad'],
  ['fastpath function call', 'in a function call', '--series-2'],
  ['idle', 'idle', '--wait-activity'],
] as const

/** The small charts of the panel, in their order. */
export const loadCharts: readonly MetricChartDefinition[] = [
  growthChart({
    title: 'Transactions',
    counters: [
      ['database.commits', 'commits'],
      ['database.rollbacks', 'rollbacks', '--bad'],
    ],
    shape: 'lines',
    source: 'pg_stat_database.xact_commit, xact_rollback, without the workbench’s own',
    missing: 'No transaction has ended in this range.',
  }),
  knownCharts.cacheHits,
  chart({
    title: 'Disk reads',
    lines: [
      {
        key: 'read',
        label: 'read from the operating system',
        colour: '--accent',
        formula: (at) => blocksAsBytes(at('database.blocks-read')),
      },
    ],
    shape: 'area',
    format: formatBytesPerSecond,
    source: 'pg_stat_database.blks_read',
    formula: 'blocks × 8 KiB ÷ time',
    needs: ['database.blocks-read'],
    missing: 'No block was read in this range.',
  }),
  durationChart({
    title: 'I/O latency',
    lines: [
      {
        key: 'read',
        label: 'read',
        colour: '--accent',
        formula: (at) => quotient(at('database.read-ms'), at('database.blocks-read')),
      },
      {
        key: 'write',
        label: 'write',
        colour: '--series-3',
        formula: (at) => quotient(at('io.write-ms'), at('io.writes')),
      },
    ],
    source: 'pg_stat_database.blk_read_time, blks_read; pg_stat_io.write_time, writes (16+)',
    formula: 'time ÷ reads, time ÷ writes',
    needs: ['database.read-ms', 'io.write-ms'],
    missing: 'The server takes no times of its I/O: set track_io_timing = on.',
  }),
  growthChart({
    title: 'Rows read',
    counters: [
      ['database.tuples-returned', 'by scans'],
      ['database.tuples-fetched', 'fetched by index', '--series-3'],
    ],
    shape: 'lines',
    source: 'pg_stat_database.tup_returned, tup_fetched',
    missing: 'No row was read in this range.',
  }),
  growthChart({
    title: 'Rows written',
    counters: [
      ['database.tuples-inserted', 'inserted', '--series-1'],
      ['database.tuples-updated', 'updated', '--series-3'],
      ['database.tuples-deleted', 'deleted', '--series-5'],
    ],
    source: 'pg_stat_database.tup_inserted, tup_updated, tup_deleted',
    missing: 'No row was written in this range.',
  }),
  knownCharts.wal,
  knownCharts.buffersWritten,
  chart({
    title: 'Connections',
    lines: states.map(([state, label, colour]) => ({
      key: state,
      label,
      colour,
      // Who counts tells of states that somebody is in; nobody in one is none.
      formula: (at) => at('connections.state', state) ?? (at('connections.limit') === null ? null : 0),
    })),
    shape: 'stack',
    format: formatFigure,
    source: 'pg_stat_activity.state, max_connections',
    // The headline names it; as a line it is worth its room when it comes near.
    level: {
      metric: 'connections.limit',
      label: (limit) => `${formatCount(limit)} allowed`,
      nearShare: 0.6,
    },
    headline: (values, limit) => {
      const all = sum(...values)
      if (all === null) return '–'
      return limit === null ? formatFigure(all) : `${formatFigure(all)} of ${formatCount(limit)}`
    },
    needs: ['connections.state', 'connections.limit'],
    missing: 'No connection was counted in this range.',
  }),
  knownCharts.temporaryFiles,
  growthChart({
    title: 'Checkpoints',
    counters: [
      ['checkpoints.timed', 'by time', '--series-1'],
      ['checkpoints.requested', 'by request', '--warn'],
    ],
    source: 'pg_stat_checkpointer.num_timed, num_requested',
    headline: (values) => {
      const all = sum(...values)
      return all === null ? '–' : `${formatFigure(all * 60)} /min`
    },
    missing: 'No checkpoint began in this range.',
  }),
  growthChart({
    title: 'Deadlocks',
    counters: [['database.deadlocks', 'deadlocks', '--bad']],
    source: 'pg_stat_database.deadlocks',
    missing: 'None in this range.',
  }),
]

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
