import type { RunParameter } from './run.ts'

/** What stands where a secret stood. */
const redacted = '***'

/**
 * `'…'`, `E'…'`, `U&'…'` and `$tag$…$tag$`; what is not closed runs to the end, as in a statement half typed. No loop
 * over alternatives goes character by character: at 30 million of them the engine's stack is full.
 */
const literal = String.raw`(?:E'[^'\\]*(?:(?:''|\\[^])[^'\\]*)*(?:'|$)|(?:U&)?'[^']*(?:''[^']*)*(?:'|$)|\$(?<tag>\w*)\$[^]*?(?:\$\k<tag>\$|$))`

/** `CREATE ROLE … PASSWORD '…'`, `ALTER USER … ENCRYPTED PASSWORD '…'`, `OPTIONS (user 'u', password '…')`. */
const passwordClause = new RegExp(String.raw`\b(password\s+)${literal}`, 'gi')

/** The password of `postgresql://user:password@host`, and that of `…?password=…`. */
const passwordInUrl = /\b(postgres(?:ql)?:\/\/[^\s:@/'"]*):[^\s/'"]+@/gi
const passwordInQuery = /([?&](?:ssl)?password=)[^\s&'"]+/gi

/** A quoted connection string (`dblink('host=… password=…')`, `CONNECTION '…'`): it names another keyword too. */
const quoted = /'[^']*(?:''[^']*)*(?:'|$)/g
const connectionKeyword = /\b(?:host|hostaddr|port|dbname|user|service|sslmode)\s*=/i
const passwordInConnection =
  /\b((?:ssl)?password\s*=\s*)(?:''[^'\\]*(?:\\[^][^'\\]*)*''|'[^'\\]*(?:\\[^][^'\\]*)*'|(?=[^\s'])[^\s'\\]*(?:\\[^][^\s'\\]*)*)/gi

/** Statements of many megabytes are common enough, secrets in them are not. */
function mayHoldSecret(text: string): boolean {
  return /password|postgres(?:ql)?:\/\//i.test(text)
}

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
  if (!mayHoldSecret(text)) return text
  return text
    .replace(passwordClause, `$1'${redacted}'`)
    .replace(passwordInUrl, `$1:${redacted}@`)
    .replace(passwordInQuery, `$1${redacted}`)
    .replace(quoted, redactConnection)
}

/** A whole connection string: it names another keyword too, so that `password = $1` is none. */
function redactConnection(text: string): string {
  return connectionKeyword.test(text) ? text.replace(passwordInConnection, `$1${redacted}`) : text
}

/** `PASSWORD $1`, and `'host=… password=' || $1`: the value of that parameter is a password. */
const secretParameter = /\bpassword(?:\s+|\s*=\s*'\s*\|\|\s*)\$(\d+)/gi

/**
 * The values of a statement's parameters without passwords: where the statement says that the value is one, and within
 * values that are connection strings or statements themselves.
 */
export function redactParameters(
  statement: string,
  parameters: readonly RunParameter[],
): readonly RunParameter[] {
  const secret = new Set([...statement.matchAll(secretParameter)].map(([, number]) => Number(number)))
  return parameters.map((parameter, index) => {
    const { value } = parameter
    if (value === null) return parameter
    if (secret.has(index + 1)) return { ...parameter, value: redacted }
    return mayHoldSecret(value) ? { ...parameter, value: redactConnection(redactSecrets(value)) } : parameter
  })
}

/**
 * A plan in whatever format without the passwords of the statements in it. In JSON (and in what else quotes with `"`)
 * a statement's own quotes and backslashes are written differently: each string is read first. All else stays as it is,
 * to the character.
 */
export function redactPlanSecrets(text: string): string {
  if (!mayHoldSecret(text)) return text
  const isJson = /^\s*(?:\{|\[\s*\{)/.test(text)
  const redactedStrings = redactStrings(text)
  return isJson ? redactedStrings : redactSecrets(redactedStrings)
}

/** Replaces what is secret in `"…"`; a string ends with its line at the latest. */
function redactStrings(text: string): string {
  const parts: string[] = []
  let written = 0
  for (let start = text.indexOf('"'); start !== -1; ) {
    const end = endOfString(text, start)
    const string = text.slice(start, end)
    const changed = mayHoldSecret(string) ? redactString(string) : string
    if (changed !== string) {
      parts.push(text.slice(written, start), changed)
      written = end
    }
    start = text.indexOf('"', end)
  }
  return parts.join('') + text.slice(written)
}

/** Behind the closing quote, or at the end of the line. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const char = text[at]
    if (char === '"') return at + 1
    if (char === '\n') return at
    if (char === '\\') at += 1
  }
  return text.length
}

function redactString(json: string): string {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return redactSecrets(json)
  }
  if (typeof value !== 'string') return json
  const changed = redactSecrets(value)
  return changed === value ? json : JSON.stringify(changed)
}
