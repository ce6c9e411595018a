import type { Environment } from './environment.ts'
import { definedOnly, type Fields } from './fields.ts'

/** The `PG*` variables by libpq's keyword (manual, "Environment Variables" of libpq). */
const variableOf: Readonly<Record<string, string>> = {
  host: 'PGHOST',
  hostaddr: 'PGHOSTADDR',
  port: 'PGPORT',
  dbname: 'PGDATABASE',
  user: 'PGUSER',
  password: 'PGPASSWORD',
  passfile: 'PGPASSFILE',
  service: 'PGSERVICE',
  sslmode: 'PGSSLMODE',
  sslrootcert: 'PGSSLROOTCERT',
  sslcert: 'PGSSLCERT',
  sslkey: 'PGSSLKEY',
  connect_timeout: 'PGCONNECT_TIMEOUT',
  options: 'PGOPTIONS',
}

/** What the variables say; empty ones say nothing. */
export function readVariables(environment: Environment): Fields {
  const { variables } = environment
  const entries = Object.entries(variableOf).map(([keyword, name]) => [keyword, variables[name] || undefined])
  const fields = definedOnly(Object.fromEntries(entries) as Record<string, string>)
  const isOldStyle = fields['sslmode'] === undefined && variables['PGREQUIRESSL']?.startsWith('1') === true
  return (isOldStyle ? { ...fields, sslmode: 'require' } : fields) as Fields
}
