import { type LoadDimension, noKey } from '#shared/activity/index.ts'
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
