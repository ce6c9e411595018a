import { listValue } from '@duckdb/node-api'
import { type LoadDimension, noKey, textPrefix } from '#shared/activity/index.ts'
import { createFingerprinter } from '#shared/statements/index.ts'
import type { Database } from '../../database.ts'
import { readRow } from '../../row-reader.ts'
import { additionsTo } from '../additions.ts'

/** How statements of samples are told apart, across all recordings of a file. */
export interface StatementKeys {
  /** Query id, or `text:` and the fingerprint of the text, or nothing where it is not known what ran. */
  of(statementNo: number | undefined): string
  /** The numbers that a key has. */
  numbersOf(key: string): readonly number[]
  /** The folded text of a statement that has no query id. */
  foldedText(key: string): string | undefined
}

/** From numbers of statements to keys, as `StatementKeys` tells them, once those were read. */
export const statementKeysSql = `SELECT statement_no AS number,
    coalesce(statements.query_id, shape.query_id, '${textPrefix}' || fingerprint, '${noKey}') AS key
  FROM statements LEFT JOIN temp.text_statements USING (statement_no)
    LEFT JOIN temp.shape_query_ids AS shape USING (fingerprint)`

/** Beside the file, as they can be found anew: what SQL can't tell of a text. */
const besideTheFile = [
  'CREATE TEMP TABLE IF NOT EXISTS text_statements (statement_no INTEGER, fingerprint VARCHAR)',
  'CREATE TEMP TABLE IF NOT EXISTS shape_query_ids (fingerprint VARCHAR, query_id VARCHAR)',
]

/** What was read of a file's dictionaries so far: they only grow. */
interface Known {
  readonly queryIds: Map<number, string>
  readonly fingerprints: Map<number, string>
  /** Folded texts by fingerprint. */
  readonly folded: Map<string, string>
  /** Query ids by the fingerprint of their text. */
  readonly queryIdOf: Map<string, string>
  readonly fingerprint: ReturnType<typeof createFingerprinter>
  lastStatementNo: number
  textsRead: number
  examplesRead: number
  textsLaid: number
  shapesLaid: number
  /** Additions to the tables of statements and texts until then. */
  asOf: number
}

const knownByFile = new WeakMap<Database, Known>()

/**
 * Statements by what tells them apart. Servers before 14, and those that don't compute query ids, tell a text with its
 * values alone; others do so for as long as they parse it. Then all that differ by values only are one statement, which
 * is the one with a query id whose text has the same shape, where there is one.
 */
export async function readStatementKeys(database: Database): Promise<StatementKeys> {
  const known = knownByFile.get(database) ?? (await begin(database))
  knownByFile.set(database, known)
  const additions = additionsTo(database, ['statements', 'statement_texts', 'statement_examples'])
  if (known.asOf !== additions) await learn(database, known)
  known.asOf = additions
  const keyOfText = (fingerprint: string) => known.queryIdOf.get(fingerprint) ?? `${textPrefix}${fingerprint}`
  const of = (statementNo: number | undefined): string => {
    if (statementNo === undefined) return noKey
    const queryId = known.queryIds.get(statementNo)
    if (queryId !== undefined) return queryId
    const fingerprint = known.fingerprints.get(statementNo)
    return fingerprint === undefined ? noKey : keyOfText(fingerprint)
  }
  return {
    of,
    numbersOf: (key) =>
      [...known.queryIds.keys(), ...known.fingerprints.keys()].filter((number) => of(number) === key),
    foldedText: (key) =>
      key.startsWith(textPrefix) ? known.folded.get(key.slice(textPrefix.length)) : undefined,
  }
}

async function learn(database: Database, known: Known): Promise<void> {
  await learnStatements(database, known)
  // Texts are of use to those without query ids only.
  if (known.fingerprints.size === 0) return
  await learnTexts(database, known)
  await learnExamples(database, known)
  await lay(database, known)
}

/** Only where load is told apart by statements: reading what is new of their texts takes its time. */
export async function readStatementKeysFor(
  database: Database,
  by: LoadDimension,
): Promise<StatementKeys | undefined> {
  return by === 'statement' ? await readStatementKeys(database) : undefined
}

async function begin(database: Database): Promise<Known> {
  for (const sql of besideTheFile) await database.run(sql)
  return {
    queryIds: new Map(),
    fingerprints: new Map(),
    folded: new Map(),
    queryIdOf: new Map(),
    fingerprint: createFingerprinter(),
    lastStatementNo: 0,
    textsRead: 0,
    examplesRead: 0,
    textsLaid: 0,
    shapesLaid: 0,
    asOf: -1,
  }
}

/** Lays what is new of texts and their shapes beside the file, for SQL. */
async function lay(database: Database, known: Known): Promise<void> {
  const texts = [...known.fingerprints].slice(known.textsLaid)
  const shapes = [...known.queryIdOf].slice(known.shapesLaid)
  if (texts.length > 0) {
    await database.run('INSERT INTO temp.text_statements SELECT unnest($numbers), unnest($fingerprints)', {
      numbers: listValue(texts.map(([number]) => number)),
      fingerprints: listValue(texts.map(([, fingerprint]) => fingerprint)),
    })
  }
  if (shapes.length > 0) {
    await database.run('INSERT INTO temp.shape_query_ids SELECT unnest($fingerprints), unnest($ids)', {
      fingerprints: listValue(shapes.map(([fingerprint]) => fingerprint)),
      ids: listValue(shapes.map(([, queryId]) => queryId)),
    })
  }
  known.textsLaid += texts.length
  known.shapesLaid += shapes.length
}

async function learnStatements(database: Database, known: Known): Promise<void> {
  const rows = await database.rows(
    `SELECT statement_no, query_id, text FROM statements WHERE statement_no > ${known.lastStatementNo}`,
  )
  for (const row of rows.map(readRow)) {
    const number = row.number('statement_no')
    const queryId = row.optionalText('query_id')
    const text = row.optionalText('text')
    if (queryId !== undefined) known.queryIds.set(number, queryId)
    else if (text !== undefined) {
      const { fingerprint, text: folded } = known.fingerprint(text)
      known.fingerprints.set(number, fingerprint)
      known.folded.set(fingerprint, folded)
    }
    known.lastStatementNo = Math.max(known.lastStatementNo, number)
  }
}

async function learnTexts(database: Database, known: Known): Promise<void> {
  const rows = await database.rows(
    `SELECT query_id, text FROM statement_texts WHERE rowid >= ${known.textsRead} ORDER BY rowid`,
  )
  for (const row of rows.map(readRow)) learnShape(known, row.text('query_id'), row.text('text'))
  known.textsRead += rows.length
}

/** One example of each statement does: they all have one shape. */
async function learnExamples(database: Database, known: Known): Promise<void> {
  const isNew = `statement_examples.rowid >= ${known.examplesRead}`
  const rows = await database.rows(
    `SELECT query_id, any_value(statement_examples.text) AS text, max(statement_examples.rowid)::DOUBLE AS last
     FROM statement_examples JOIN statements USING (statement_no)
     WHERE query_id IS NOT NULL AND ${isNew} GROUP BY query_id`,
  )
  for (const row of rows.map(readRow)) {
    learnShape(known, row.text('query_id'), row.text('text'))
    known.examplesRead = Math.max(known.examplesRead, row.number('last') + 1)
  }
}

function learnShape(known: Known, queryId: string, text: string): void {
  const { fingerprint } = known.fingerprint(text)
  if (!known.queryIdOf.has(fingerprint)) known.queryIdOf.set(fingerprint, queryId)
}
