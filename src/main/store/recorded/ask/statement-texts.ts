import { foldStatement } from '#shared/statements/index.ts'
import { ownStatementMark } from '#shared/workload/index.ts'
import type { Database } from '../../database.ts'
import { readRow } from '../../row-reader.ts'

export interface KnownText {
  readonly text: string
  /** Of one of the observer's own questions. */
  readonly isOwn: boolean
}

/** Enough for a row of a table, and for the comment that may stand before a statement. */
const beginningChars = 2_000

/**
 * Texts of all statements that have a query id: as `pg_stat_statements` keeps them, else folded from what activity once
 * showed, as that has one execution's values in it.
 */
export async function readKnownTexts(
  database: Database,
  how: 'whole' | 'beginning',
): Promise<ReadonlyMap<string, KnownText>> {
  const text = how === 'whole' ? 'text' : `left(text, ${beginningChars})`
  const rows = await database.rows(
    `SELECT query_id, any_value(${text}) AS text, any_value(ends_with(text, $mark)) AS is_own, true AS is_normalised
     FROM statement_texts GROUP BY query_id
     UNION ALL
     SELECT query_id, any_value(${text.replace('text', 'statement_examples.text')}), false, false
     FROM statement_examples JOIN statements USING (statement_no)
     WHERE query_id NOT IN (SELECT query_id FROM statement_texts) GROUP BY query_id`,
    { mark: ownStatementMark },
  )
  return new Map(
    rows.map(readRow).map((row) => {
      const told = row.text('text')
      const known = row.flag('is_normalised') ? told : foldStatement(told)
      return [row.text('query_id'), { text: known, isOwn: row.flag('is_own') }]
    }),
  )
}

/** The whole text of one statement with a query id. */
export async function readTextOf(database: Database, queryId: string): Promise<string | undefined> {
  const [row] = await database.rows(
    `SELECT coalesce(
       (SELECT any_value(text) FROM statement_texts WHERE query_id = $queryId),
       (SELECT any_value(statement_examples.text) FROM statement_examples JOIN statements USING (statement_no)
        WHERE query_id = $queryId)) AS text`,
    { queryId },
  )
  return row === undefined ? undefined : readRow(row).optionalText('text')
}
