import { condenseStatement, foldStatement } from '#shared/statements/index.ts'
import { ownStatementMark } from '#shared/workload/index.ts'
import type { Database } from '../../database.ts'
import { readRow } from '../../row-reader.ts'
import { additionsTo } from '../additions.ts'
import { readStatementKeys } from './statement-keys.ts'

export interface KnownText {
  readonly text: string
  /** Of one of the observer's own questions. */
  readonly isOwn: boolean
}

/** Enough for a row of a table, and for the comment that may stand before a statement. */
const beginningChars = 2_000
/** As much of a text as a row of a table may show. */
const shownChars = 240

/**
 * Texts of statements that have a query id, from these rows of the file on: as `pg_stat_statements` keeps them, else as
 * activity once showed them, which has one execution's values in it.
 */
const textsSql = (text: string, textsFrom: number, examplesFrom: number) =>
  `SELECT query_id, any_value(${text}) AS text, any_value(ends_with(text, $mark)) AS is_own, true AS is_normalised,
     max(rowid)::DOUBLE AS last
   FROM statement_texts WHERE rowid >= ${textsFrom} GROUP BY query_id
   UNION ALL
   SELECT query_id, any_value(${text.replace('text', 'statement_examples.text')}), false, false,
     max(statement_examples.rowid)::DOUBLE
   FROM statement_examples JOIN statements USING (statement_no)
   WHERE query_id IS NOT NULL AND statement_examples.rowid >= ${examplesFrom} GROUP BY query_id`

/** Whole texts of all statements that have a query id, without anybody's values. */
export async function readKnownTexts(database: Database): Promise<ReadonlyMap<string, KnownText>> {
  const known = new Map<string, KnownText>()
  const rows = await database.rows(textsSql('text', 0, 0), { mark: ownStatementMark })
  for (const row of rows.map(readRow)) {
    const queryId = row.text('query_id')
    const isNormalised = row.flag('is_normalised')
    if (!isNormalised && known.has(queryId)) continue
    const text = row.text('text')
    known.set(queryId, {
      text: isNormalised ? text : foldStatement(text),
      isOwn: row.flag('is_own'),
    })
  }
  return known
}

/** What was read of a file's texts so far: they only grow, and come in the order of their rows. */
interface Beginnings {
  readonly texts: Map<string, KnownText & { readonly isNormalised: boolean }>
  textsRead: number
  examplesRead: number
  /** Additions to the tables of texts until then. */
  asOf: number
}

const textTables = ['statement_texts', 'statement_examples', 'statements'] as const

const beginningsOf = new WeakMap<Database, Beginnings>()

/** The same texts in short, on one line each: what a table of them shows. */
export async function readBeginnings(database: Database): Promise<ReadonlyMap<string, KnownText>> {
  const known = beginningsOf.get(database) ?? { texts: new Map(), textsRead: 0, examplesRead: 0, asOf: -1 }
  beginningsOf.set(database, known)
  const additions = additionsTo(database, textTables)
  if (known.asOf === additions) return known.texts
  const rows = await database.rows(
    textsSql(`left(text, ${beginningChars})`, known.textsRead, known.examplesRead),
    { mark: ownStatementMark },
  )
  for (const row of rows.map(readRow)) {
    const queryId = row.text('query_id')
    const isNormalised = row.flag('is_normalised')
    const after = row.number('last') + 1
    if (isNormalised) known.textsRead = Math.max(known.textsRead, after)
    else known.examplesRead = Math.max(known.examplesRead, after)
    const before = known.texts.get(queryId)
    if (before !== undefined && (before.isNormalised || !isNormalised)) continue
    const told = row.text('text')
    known.texts.set(queryId, {
      text: nameOfStatement(isNormalised ? told : foldStatement(told)),
      isOwn: row.flag('is_own'),
      isNormalised,
    })
  }
  known.asOf = additions
  return known.texts
}

/** A statement on one line, without what would hide what tells it from others. */
export const nameOfStatement = (text: string): string =>
  condenseStatement(text.slice(0, beginningChars), shownChars)

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

/** Whole texts by statements' keys, without anybody's values. */
export async function statementTexts(
  database: Database,
  keys: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  const ofKeys = await readStatementKeys(database)
  const known = await readKnownTexts(database)
  return Object.fromEntries(
    keys.flatMap((key) => {
      const text = known.get(key)?.text ?? ofKeys.foldedText(key)
      return text === undefined ? [] : [[key, text]]
    }),
  )
}
