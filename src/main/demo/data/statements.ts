/**
 * The statements of one of our own SQL files: each ends with a semicolon at the end of a line, comments have lines of
 * their own and are left out. Not for foreign SQL.
 */
export function splitStatements(sql: string): readonly string[] {
  return sql
    .replaceAll(/^[ \t]*--.*$/gm, '')
    .split(/;[ \t]*(?:\r?\n|$)/)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '')
}
