import type { TimeRange } from '#shared/series/index.ts'
import { type Marker, markerKinds } from '#shared/session/index.ts'
import type { Database } from '../../database.ts'
import { present, type RowReader, readRow } from '../../row-reader.ts'
import { moment } from './span.ts'

/** More than a timeline can show; of a longer list the newest are told. */
const mostMarkers = 5_000

/** Marks that lie in a range or reach into it, in order of time. */
export async function readMarkers(
  database: Database,
  { fromMs, toMs }: TimeRange,
): Promise<readonly Marker[]> {
  const rows = await database.rows(
    `SELECT kind, epoch_us(started_at)::DOUBLE / 1000 AS started_at, epoch_us(ended_at)::DOUBLE / 1000 AS ended_at,
       label, facts
     FROM markers
     WHERE started_at < ${moment(toMs)} AND coalesce(ended_at, started_at) >= ${moment(fromMs)}
     -- Of a span that was told before it had ended, and again when it had, the later row.
     QUALIFY row_number() OVER (PARTITION BY kind, started_at, label ORDER BY ended_at DESC NULLS LAST) = 1
     ORDER BY started_at DESC, kind, label LIMIT ${mostMarkers}`,
  )
  return rows.map(readRow).flatMap(markerOfRow).toReversed()
}

/** A kind that a later version has brought is none that this one can show. */
function markerOfRow(row: RowReader): readonly Marker[] {
  const kind = markerKinds.find((known) => known === row.text('kind'))
  if (kind === undefined) return []
  return [
    {
      kind,
      atMs: row.number('started_at'),
      ...present({ endedAtMs: row.optionalNumber('ended_at') }),
      label: row.text('label'),
      ...present({ facts: parseFacts(row.text('facts')) }),
    },
  ]
}

/** The file may be anybody's: what isn't a flat list of words and numbers is left out. */
function parseFacts(text: string): Marker['facts'] | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  const facts = Object.entries(value).filter(
    (fact): fact is [string, string | number] => typeof fact[1] === 'string' || typeof fact[1] === 'number',
  )
  return facts.length === 0 ? undefined : Object.fromEntries(facts)
}
