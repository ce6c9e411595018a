import type { RecordedOverview } from '#shared/contract/index.ts'
import type { Database } from '../../database.ts'
import { readRow } from '../../row-reader.ts'
import { readRecordings } from '../recordings.ts'

export async function readOverview(database: Database): Promise<RecordedOverview> {
  const [row] = await database.rows(
    `SELECT epoch_us(min(first_at))::DOUBLE / 1000 AS from_ms, epoch_us(max(last_at))::DOUBLE / 1000 AS to_ms FROM (
       SELECT min(sampled_at) AS first_at, max(sampled_at) AS last_at FROM activity_ticks
       UNION ALL SELECT min(sampled_at), max(sampled_at) FROM metric_ticks)`,
  )
  const recordings = await readRecordings(database)
  const reader = row === undefined ? undefined : readRow(row)
  const fromMs = reader?.optionalNumber('from_ms')
  const toMs = reader?.optionalNumber('to_ms')
  if (fromMs === undefined || toMs === undefined) return { recordings }
  return { range: { fromMs, toMs }, recordings }
}
