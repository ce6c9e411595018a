import { noKey } from '#shared/activity/index.ts'
import type { Database } from '../../database.ts'
import type { LoadSeriesQuestion } from '../types.ts'
import { dimensions } from './dimensions.ts'
import { readDoingsOfLoad, readNumbersOf } from './keys-by-number.ts'

/** SQL for the samples (or minutes) that a question is about. */
export async function readCondition(
  database: Database,
  filter?: LoadSeriesQuestion['filter'],
): Promise<string> {
  const parts = [isAmong('doing_no', await readDoingsOfLoad(database, filter?.processes ?? 'clients'))]
  for (const { by, key } of filter?.keys ?? []) {
    const { column } = dimensions[by]
    const hasKey = isAmong(column, await readNumbersOf(database, by, key))
    parts.push(key === noKey ? `(${column} IS NULL OR ${hasKey})` : hasKey)
  }
  return parts.join(' AND ')
}

/** Whether a column holds one of these numbers. */
export function isAmong(column: string, numbers: readonly number[]): string {
  return numbers.length === 0 ? 'false' : `${column} IN (${numbers.join(', ')})`
}
