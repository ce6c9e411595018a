import { type LoadDimension, noKey, type ProcessChoice } from '#shared/activity/index.ts'
import type { LoadSeriesQuestion } from '../types.ts'
import { statementKeysSql } from './statement-keys.ts'

interface Dimension {
  /** Of samples and of minutes alike. */
  readonly column: string
  /** From the column's numbers to keys, as `loadKeyOf` makes them. */
  readonly keys: string
}

const doings = (key: string): Dimension => ({
  column: 'doing_no',
  keys: `SELECT doing_no AS number, ${key} AS key FROM doings`,
})
const origins = (column: string): Dimension => ({
  column: 'origin_no',
  keys: `SELECT origin_no AS number, coalesce(${column}, '${noKey}') AS key FROM origins`,
})

/** For statements, `readStatementKeysFor` has to be awaited first. */
export const dimensions: Readonly<Record<LoadDimension, Dimension>> = {
  waitClass: doings('wait_class'),
  waitEvent: doings("concat_ws(':', wait_class, wait_event)"),
  backendType: doings('backend_type'),
  statement: {
    column: 'statement_no',
    keys: statementKeysSql,
  },
  user: origins('user_name'),
  database: origins('database_name'),
  application: origins('application'),
  client: origins('client'),
}

/** What counts as load, as `isLoad` says it. */
function countsAsLoad(processes: ProcessChoice): string {
  const clients = processes === 'all' ? '' : "AND backend_type IN ('client backend', 'parallel worker')"
  return `doing_no IN (SELECT doing_no FROM doings
    WHERE state IN ('active', 'fastpath function call') AND wait_class <> 'Activity' ${clients})`
}

/** Those that a question tells load apart by, or filters it by. */
export function dimensionsIn({
  by,
  filter,
}: Pick<LoadSeriesQuestion, 'by' | 'filter'>): readonly LoadDimension[] {
  return [by, ...(filter?.keys ?? []).map((key) => key.by)]
}

export interface Condition {
  readonly sql: string
  readonly values: Readonly<Record<string, string>>
}

/** The samples (or minutes) that a question is about. */
export function conditionOf(filter: LoadSeriesQuestion['filter']): Condition {
  const values: Record<string, string> = {}
  const parts = [countsAsLoad(filter?.processes ?? 'clients')]
  for (const [index, { by, key }] of (filter?.keys ?? []).entries()) {
    const { column, keys } = dimensions[by]
    values[`key${index}`] = key
    const hasKey = `${column} IN (SELECT number FROM (${keys}) WHERE key = $key${index})`
    parts.push(key === noKey ? `(${column} IS NULL OR ${hasKey})` : hasKey)
  }
  return { sql: parts.join(' AND '), values }
}
