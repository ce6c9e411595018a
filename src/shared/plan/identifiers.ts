/**
 * Words that the server quotes when they name something: every keyword of SQL that is not free to be a name.
 * @source PostgreSQL 18, `pg_get_keywords()` where `catcode` is not `U`; ruleutils.c, quote_identifier
 */
const quotedWords = new Set<string>()

/** A name as the server writes it in text: in double quotes unless it is plain lower case and no keyword. */
export function quoteIdentifier(name: string): string {
  if (/^[a-z_][a-z0-9_]*$/.test(name) && !quotedWords.has(name)) return name
  return `"${name.replaceAll('"', '""')}"`
}
