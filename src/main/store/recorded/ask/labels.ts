import { type LoadDimension, noKey } from '#shared/activity/index.ts'
import type { Database } from '../../database.ts'
import { readRow } from '../../row-reader.ts'
import type { StatementKeys } from './statement-keys.ts'

const withoutKey: Readonly<Record<LoadDimension, string>> = {
  waitClass: 'not known',
  waitEvent: 'not known',
  statement: 'no statement known',
  user: 'no user',
  database: 'no database',
  application: 'no application name',
  client: 'local socket',
  backendType: 'not known',
}

/** What people read for keys: statements have their texts, all else speaks for itself. */
export async function labelsOf(
  database: Database,
  by: LoadDimension,
  keys: readonly string[],
  statements?: StatementKeys,
): Promise<readonly string[]> {
  const texts = by === 'statement' ? await readStatementTexts(database, keys) : undefined
  return keys.map((key) =>
    key === noKey ? withoutKey[by] : (texts?.get(key) ?? statements?.foldedText(key) ?? key),
  )
}

/** Texts by query id: as `pg_stat_statements` keeps them, else as activity once showed them. */
export async function readStatementTexts(
  database: Database,
  queryIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (queryIds.length === 0) return new Map()
  const values = Object.fromEntries(queryIds.map((id, index) => [`id${index}`, id]))
  const list = queryIds.map((_, index) => `$id${index}`).join(', ')
  const rows = await database.rows(
    `SELECT query_id, arg_min(text, preference) AS text FROM (
       SELECT query_id, text, 1 AS preference FROM statement_texts WHERE query_id IN (${list})
       UNION ALL
       SELECT query_id, statement_examples.text, 2 FROM statement_examples JOIN statements USING (statement_no)
       WHERE query_id IN (${list}))
     GROUP BY query_id`,
    values,
  )
  return new Map(rows.map(readRow).map((row) => [row.text('query_id'), row.text('text')]))
}
