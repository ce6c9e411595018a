import type { ServerClient } from '#main/targets/index.ts'
import { ServerError } from '#main/targets/index.ts'
import { WorkbenchError } from '#shared/session/index.ts'
import { countParameters } from '#shared/statements/index.ts'
import { markAsOwn } from '#shared/workload/index.ts'
import parameterTypesSql from './parameter-types.sql?raw'

const statementName = 'barograph_parameter_types'

/**
 * Types of `$1…` as the server derives them, in order. Throws `STATEMENT_INVALID` with the server's words.
 *
 * `PREPARE` plans nothing and runs nothing. It takes SELECT, INSERT, UPDATE, DELETE, MERGE and VALUES; other
 * statements have no parameters.
 */
export async function parameterTypes(client: ServerClient, sql: string): Promise<readonly string[]> {
  if (countParameters(sql) === 0) return []
  try {
    // In a transaction, so that a pooler keeps to one server and nothing stays prepared after an error.
    await client.query('BEGIN')
    await client.query(`PREPARE ${statementName} AS ${sql}`)
    const { rows } = await client.query(markAsOwn(parameterTypesSql), [statementName])
    return rows.map(([name]) => name ?? '')
  } catch (error) {
    if (!(error instanceof ServerError)) throw error
    throw new WorkbenchError('STATEMENT_INVALID', error.message, {
      advice: error.hint ?? 'Types of parameters are known once the statement is valid.',
      data: { sqlState: error.sqlState },
      cause: error,
    })
  } finally {
    await endQuietly(client)
  }
}

async function endQuietly(client: ServerClient): Promise<void> {
  if (client.isLost) return
  await client.query('ROLLBACK').catch(() => {})
  await client.query(`DEALLOCATE ${statementName}`).catch(() => {})
}
