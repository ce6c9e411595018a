import type { ServerClient, TextResult } from '#main/targets/index.ts'
import { splitStatements } from '../data/statements.ts'

/** A statement of a `.sql` file, ready to be sent with different parameters. */
export type Ask = (client: ServerClient, ...parameters: readonly (number | string)[]) => Promise<TextResult>

/** @param sql a file with one statement */
export function ask(sql: string): Ask {
  const statement = splitStatements(sql).join(';\n')
  return (client, ...parameters) => client.query(statement, parameters.map(String))
}

/** The first value of the first row as a number, 0 where there is none. */
export function firstNumber(result: TextResult): number {
  return Number(result.rows[0]?.[0] ?? 0)
}
