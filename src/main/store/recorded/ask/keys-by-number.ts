import { type LoadDimension, noKey, type ProcessChoice } from '#shared/activity/index.ts'
import { type WaitClass, waitClasses } from '#shared/waits/index.ts'
import type { Database } from '../../database.ts'
import { readRow } from '../../row-reader.ts'
import { additionsTo } from '../additions.ts'
import type { RecordedTable } from '../tables.ts'
import { dimensions } from './dimensions.ts'
import { readStatementKeys } from './statement-keys.ts'

/** What was read of a file's dictionaries, and how many additions it knows. They are small, and seldom grow. */
interface Remembered {
  readonly asOf: number
  readonly answer: unknown
}

const rememberedByFile = new WeakMap<Database, Map<string, Remembered>>()

/** A question of a window comes every second; most of what it costs is planning its SQL, and little of it is news. */
async function remember<Answer>(
  database: Database,
  name: string,
  table: RecordedTable,
  read: () => Promise<Answer>,
): Promise<Answer> {
  const remembered = rememberedByFile.get(database) ?? new Map<string, Remembered>()
  rememberedByFile.set(database, remembered)
  const asOf = additionsTo(database, [table])
  const known = remembered.get(name)
  if (known?.asOf === asOf) return known.answer as Answer
  const answer = await read()
  remembered.set(name, { asOf, answer })
  return answer
}

/** The key of a number of the dimension's column, as `loadKeyOf` makes them. */
export async function readKeyOf(
  database: Database,
  by: LoadDimension,
): Promise<(number: number | undefined) => string> {
  if (by === 'statement') {
    const statements = await readStatementKeys(database)
    return (number) => statements.of(number)
  }
  const keys = await readKeys(database, by)
  return (number) => (number === undefined ? noKey : (keys.get(number) ?? noKey))
}

/** The numbers that have a key. */
export async function readNumbersOf(
  database: Database,
  by: LoadDimension,
  key: string,
): Promise<readonly number[]> {
  if (by === 'statement') return (await readStatementKeys(database)).numbersOf(key)
  const keys = await readKeys(database, by)
  return [...keys].filter(([, known]) => known === key).map(([number]) => number)
}

function readKeys(
  database: Database,
  by: Exclude<LoadDimension, 'statement'>,
): Promise<ReadonlyMap<number, string>> {
  const { column, keys } = dimensions[by]
  return remember(database, by, column === 'doing_no' ? 'doings' : 'origins', async () => {
    const rows = await database.rows(keys)
    return new Map(rows.map(readRow).map((row) => [row.number('number'), row.text('key')]))
  })
}

/** Wait classes by the number of a doing. */
export function readWaitClasses(database: Database): Promise<ReadonlyMap<number, WaitClass>> {
  return remember(database, 'wait classes', 'doings', async () => {
    const rows = await database.rows('SELECT doing_no, wait_class FROM doings')
    return new Map(
      rows
        .map(readRow)
        .map((row) => [row.number('doing_no'), row.oneOf<WaitClass>('wait_class', waitClasses)]),
    )
  })
}

/** What counts as load, as `isLoad` says it. */
export function readDoingsOfLoad(database: Database, processes: ProcessChoice): Promise<readonly number[]> {
  const clients = processes === 'all' ? '' : "AND backend_type IN ('client backend', 'parallel worker')"
  return remember(database, `load of ${processes}`, 'doings', async () => {
    const rows = await database.rows(
      `SELECT doing_no FROM doings
       WHERE state IN ('active', 'fastpath function call') AND wait_class <> 'Activity' ${clients}`,
    )
    return rows.map(readRow).map((row) => row.number('doing_no'))
  })
}
