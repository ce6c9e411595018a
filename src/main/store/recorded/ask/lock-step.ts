import type { EpochMs } from '#shared/units/index.ts'
import type { Database } from '../../database.ts'
import { readRow } from '../../row-reader.ts'
import type { LockStepQuestion } from '../types.ts'
import { moment } from './span.ts'

export async function lockStep(
  database: Database,
  { atMs, to }: LockStepQuestion,
): Promise<{ readonly atMs: EpochMs } | undefined> {
  const nearest =
    to === 'earlier'
      ? `max(sampled_at) FILTER (sampled_at < ${moment(atMs)})`
      : `min(sampled_at) FILTER (sampled_at > ${moment(atMs)})`
  const [row] = await database.rows(
    `SELECT epoch_ms(${nearest})::DOUBLE AS at_ms FROM lock_ticks WHERE waiters > 0`,
  )
  const foundMs = row === undefined ? undefined : readRow(row).optionalNumber('at_ms')
  return foundMs === undefined ? undefined : { atMs: foundMs }
}
