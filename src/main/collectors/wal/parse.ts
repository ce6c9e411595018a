import type { CounterId } from '#shared/series/index.ts'
import type { Answer } from '../collector.ts'
import type { CounterGroup, FiguresReading } from '../counter-memory.ts'
import { countersOf } from '../counter-rows.ts'

/** In the order of the queries' columns. */
const metrics: readonly CounterId[] = [
  'wal.records',
  'wal.full-page-images',
  'wal.bytes',
  'wal.buffers-full',
  'wal.writes',
  'wal.write-ms',
  'wal.syncs',
  'wal.sync-ms',
  'wal.full-page-image-bytes',
]

/** The position is never reset, so it is a group of its own; where nothing else counts bytes, it stands for them. */
export function parseWal(rows: Answer['rows']): FiguresReading {
  const [position, epoch, ...counters] = rows[0] ?? []
  const groups: CounterGroup[] = []
  if (position !== undefined && position !== null) {
    const isAllThereIs = epoch === undefined
    groups.push({
      key: 'position',
      subject: 'WAL position',
      epoch: '',
      labels: [],
      beganUnseen: true,
      values: countersOf([position, isAllThereIs ? position : null], ['wal.position-bytes', 'wal.bytes']),
    })
  }
  if (epoch !== undefined && epoch !== null) {
    groups.push({
      key: 'counters',
      subject: 'pg_stat_wal',
      epoch,
      labels: [],
      values: countersOf(counters, metrics),
    })
  }
  return { groups }
}
