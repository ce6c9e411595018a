import { bytesChart, growthChart, shareChart } from './chart-shapes.ts'
import { sum } from './metric-source.ts'

/** Charts that more than one panel shows, the same everywhere. */
export const knownCharts = {
  cacheHits: shareChart({
    title: 'Cache hits',
    line: ['found in shared buffers', '--accent'],
    part: (at) => at('database.blocks-hit'),
    whole: (at) => sum(at('database.blocks-hit'), at('database.blocks-read')),
    base: 'data',
    source: 'pg_stat_database.blks_hit, blks_read',
    formula: 'hit ÷ (hit + read)',
    needs: ['database.blocks-hit'],
    missing: 'No block was asked for in this range.',
  }),
  wal: bytesChart({
    title: 'WAL',
    counters: [['wal.bytes', 'made']],
    source: 'pg_stat_wal.wal_bytes',
    missing: 'No WAL was made in this range.',
  }),
  buffersWritten: growthChart({
    title: 'Buffers written',
    counters: [
      ['buffers.by-checkpoints', 'by checkpoints', '--series-1'],
      ['buffers.by-background-writer', 'by the background writer', '--series-4'],
      ['buffers.by-backends', 'by backends themselves', '--series-3'],
    ],
    source: 'pg_stat_checkpointer, pg_stat_bgwriter, pg_stat_io',
    missing: 'No buffer was written in this range.',
  }),
  temporaryFiles: bytesChart({
    title: 'Temporary files',
    counters: [['database.temp-bytes', 'written']],
    source: 'pg_stat_database.temp_bytes',
    formula: 'growth ÷ time; counted when a file is closed',
    missing: 'Nothing spilled to disk in this range.',
  }),
} as const
