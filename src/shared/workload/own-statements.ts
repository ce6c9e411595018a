/**
 * Ends the observer's questions, so that they can be told from everybody else's in `pg_stat_statements`, which keeps a
 * comment behind a statement (from version 18 on not the one before it).
 */
export const ownStatementMark = '-- barograph'

/** A question of the observer’s with its mark at the end. */
export function markAsOwn(sql: string): string {
  return `${sql.trimEnd()}\n${ownStatementMark}`
}

/** Whether a text is that of one of the observer's own questions. */
export function isOwnStatement(text: string): boolean {
  return text.endsWith(ownStatementMark)
}
