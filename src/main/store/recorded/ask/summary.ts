import type { MetricId } from '#shared/series/index.ts'
import { currentFormatVersion, type RecordingSummary } from '#shared/session/index.ts'
import type { Bytes } from '#shared/units/index.ts'
import { type Database, sizeOnDisk } from '../../database.ts'
import { present, readRow } from '../../row-reader.ts'
import { readRecordings } from '../recordings.ts'

export async function readSummary(database: Database): Promise<RecordingSummary> {
  const recordings = await readRecordings(database)
  const last = recordings.at(-1)
  const [counts] = await database.rows(
    `SELECT (SELECT count(*) FROM activity_ticks)::DOUBLE AS ticks,
       (SELECT count(*) FROM activity_samples)::DOUBLE AS samples,
       (SELECT count(*) FROM metric_samples)::DOUBLE AS metrics,
       (SELECT count(*) FROM schema_readings)::DOUBLE AS schema_readings,
       (SELECT count(*) FROM statement_deltas)::DOUBLE AS statements,
       (${figure('median', 'observer.lag-ms')})::DOUBLE AS lag_ms,
       (${figure('avg', 'observer.core-share')})::DOUBLE AS core_share,
       (SELECT count(*) FROM lock_ticks WHERE waiters > 0)::DOUBLE AS locks,
       (SELECT count(*) FROM markers WHERE kind = 'gap')::DOUBLE AS gaps,
       (SELECT count(*) FROM markers WHERE kind = 'reset')::DOUBLE AS resets,
       (SELECT count(*) * 1000 / nullif(sum(period_ms), 0) FROM activity_ticks)::DOUBLE AS hz`,
  )
  const row = readRow(counts ?? {})
  return {
    formatVersion: currentFormatVersion,
    ...present({ target: last?.target, startedAtMs: recordings[0]?.startedAtMs, endedAtMs: last?.endedAtMs }),
    samples: {
      activity: row.number('ticks'),
      backends: row.number('samples'),
      metrics: row.number('metrics'),
      locks: row.number('locks'),
      statements: row.number('statements'),
      schema: row.number('schema_readings'),
    },
    gaps: row.number('gaps'),
    resets: row.number('resets'),
    observer: {
      ...present({
        hz: row.optionalNumber('hz'),
        lagP95Ms: row.optionalNumber('lag_ms'),
        coreShare: row.optionalNumber('core_share'),
      }),
      bytes: await sizeWhenClosed(database),
    },
  }
}

/** What is still in the write-ahead log takes other space in the file, where it is packed into blocks. */
async function sizeWhenClosed(database: Database): Promise<Bytes> {
  // Where there is no room for it now, there is none at the end either.
  if (!database.readOnly) await database.run('CHECKPOINT').catch(() => undefined)
  return sizeOnDisk(database.path)
}

function figure(aggregate: 'median' | 'avg', metric: MetricId): string {
  return `SELECT ${aggregate}(value) FROM metric_samples JOIN series USING (series_no) WHERE metric = '${metric}'`
}
