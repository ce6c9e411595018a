/** What stands where a secret stood. */
const redacted = '***'

/** `'…'`, `E'…'`, `U&'…'` and `$tag$…$tag$`; what is not closed runs to the end, as in a statement half typed. */
const literal = String.raw`(?:E'(?:[^'\\]|''|\\[^])*(?:'|$)|(?:U&)?'(?:[^']|'')*(?:'|$)|\$(?<tag>\w*)\$[^]*?(?:\$\k<tag>\$|$))`

/** `CREATE ROLE … PASSWORD '…'`, `ALTER USER … ENCRYPTED PASSWORD '…'`, `OPTIONS (user 'u', password '…')`. */
const passwordClause = new RegExp(String.raw`\b(password\s+)${literal}`, 'gi')

/** The password of `postgresql://user:password@host`, and that of `…?password=…`. */
const passwordInUrl = /\b(postgres(?:ql)?:\/\/[^\s:@/'"]*):[^\s/'"]+@/gi
const passwordInQuery = /([?&](?:ssl)?password=)[^\s&'"]+/gi

/** A quoted connection string (`dblink('host=… password=…')`, `CONNECTION '…'`): it names another keyword too. */
const quoted = /'(?:[^']|'')*(?:'|$)/g
const connectionKeyword = /\b(?:host|hostaddr|port|dbname|user|service|sslmode)\s*=/i
const passwordInConnection = /\b((?:ssl)?password\s*=\s*)(?:''(?:[^'\\]|\\[^])*''|(?:[^\s'\\]|\\[^])+)/gi

/**
 * Takes passwords out of a statement, or of what a server says about one: those of `PASSWORD '…'`, of connection
 * strings and of connection URLs. Other literals stay: they are the statement.
 *
 * A session file is made to be handed on, and the statement of a run is the one place where a password may be typed
 * into it.
 *
 * @source PostgreSQL manual: CREATE ROLE, CREATE USER MAPPING, CREATE SUBSCRIPTION, "Connection Strings" of libpq
 */
export function redactSecrets(text: string): string {
  // Statements of many megabytes are common enough, secrets in them are not.
  if (!/password|postgres(?:ql)?:\/\//i.test(text)) return text
  return text
    .replace(passwordClause, `$1'${redacted}'`)
    .replace(passwordInUrl, `$1:${redacted}@`)
    .replace(passwordInQuery, `$1${redacted}`)
    .replace(quoted, (string) =>
      connectionKeyword.test(string) ? string.replace(passwordInConnection, `$1${redacted}`) : string,
    )
}
