import type { CounterId } from '#shared/series/index.ts'
import type { ServerFacts } from '#shared/session/index.ts'
import type { Answer } from '../collector.ts'
import type { CounterGroup, FiguresReading } from '../counter-memory.ts'
import { parseCounterRows } from '../counter-rows.ts'

/** In the order of the queries' columns. */
const metrics: readonly CounterId[] = [
  'io.reads',
  'io.read-bytes',
  'io.read-ms',
  'io.writes',
  'io.write-bytes',
  'io.write-ms',
  'io.writebacks',
  'io.writeback-ms',
  'io.extends',
  'io.extend-bytes',
  'io.extend-ms',
  'io.hits',
  'io.evictions',
  'io.reuses',
  'io.fsyncs',
  'io.fsync-ms',
]

export function parseIo(rows: Answer['rows'], server: ServerFacts): FiguresReading {
  const groups = parseCounterRows(rows, { subject: () => 'pg_stat_io', labels: 3, metrics })
  return { groups: [...groups, ...sumsOf(groups, server)] }
}

/** Figures that older versions count in other views: they stay one series across versions. */
function sumsOf(
  groups: readonly CounterGroup[],
  { versionNum, blockBytes }: ServerFacts,
): readonly CounterGroup[] {
  const epoch = groups[0]?.epoch ?? ''
  const sum = (chosen: readonly CounterGroup[], metric: CounterId) =>
    chosen.reduce((total, { values }) => total + (values.get(metric) ?? 0), 0)
  const sums: CounterGroup[] = []
  if (versionNum >= 170_000) {
    const byBackends = groups.filter(({ labels: [backendType = '', object = ''] }) => {
      return object === 'relation' && !writers.has(backendType)
    })
    const writtenBytes = sum(byBackends, 'io.write-bytes') + sum(byBackends, 'io.extend-bytes')
    sums.push({
      key: 'buffers by backends',
      subject: 'pg_stat_io',
      labels: [],
      epoch,
      values: new Map([
        ['buffers.by-backends', writtenBytes / blockBytes],
        ['buffers.backend-fsyncs', sum(byBackends, 'io.fsyncs')],
      ]),
    })
  }
  if (versionNum >= 180_000) {
    const wal = groups.filter(({ labels: [, object, context] }) => object === 'wal' && context === 'normal')
    sums.push({
      key: 'wal',
      subject: 'pg_stat_io',
      labels: [],
      epoch,
      values: new Map([
        ['wal.writes', sum(wal, 'io.writes')],
        ['wal.write-ms', sum(wal, 'io.write-ms')],
        ['wal.syncs', sum(wal, 'io.fsyncs')],
        ['wal.sync-ms', sum(wal, 'io.fsync-ms')],
      ]),
    })
  }
  return sums
}

/** Those whose work it is to write buffers out. */
const writers: ReadonlySet<string> = new Set(['checkpointer', 'background writer'])
