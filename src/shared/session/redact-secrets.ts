import type { RunParameter } from './run.ts'

/** What stands where a secret stood. */
const redacted = '***'

/** The password of `postgresql://user:password@host`, and that of `…?password=…`. */
const passwordInUrl = /\b(postgres(?:ql)?:\/\/[^\s:@/'"]*):[^\s/'"]+@/gi
const passwordInQuery = /([?&](?:ssl)?password=)[^\s&'"]+/gi

/** A connection string (`dblink('host=… password=…')`, `CONNECTION '…'`) names another keyword too. */
const connectionKeyword = /\b(?:host|hostaddr|port|dbname|user|service|sslmode)\s*=/i
/** Escapes are counted: a loop over alternatives without end fills the engine's stack. */
const passwordInConnection =
  /\b((?:ssl)?password\s*=\s*)(?:''[^'\\]*(?:\\[^][^'\\]*){0,9999}''|'[^'\\]*(?:\\[^][^'\\]*){0,9999}'|(?=[^\s'])[^\s'\\]*(?:\\[^][^\s'\\]*){0,9999})/gi

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
  const withoutUrls = redactClauses(text)
    .replace(passwordInUrl, `$1:${redacted}@`)
    .replace(passwordInQuery, `$1${redacted}`)
  return replaceParts(withoutUrls, nextQuoted, redactConnection)
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
    return mayHoldSecret(value) ? { ...parameter, value: redactValue(value) } : parameter
  })
}

/** A value (a setting, a parameter) without passwords: it may be a whole connection string, which is not quoted then. */
export function redactValue(value: string): string {
  return mayHoldSecret(value) ? redactConnection(redactSecrets(value)) : value
}

/**
 * A plan in whatever format without the passwords of the statements in it. In JSON (and in what else quotes with `"`)
 * a statement's own quotes and backslashes are written differently: each string is read first. All else stays as it is,
 * to the character.
 */
export function redactPlanSecrets(text: string): string {
  if (!mayHoldSecret(text)) return text
  const withoutStrings = replaceParts(text, nextJsonString, redactJsonString)
  return /^\s*(?:\{|\[\s*\{)/.test(text) ? withoutStrings : redactSecrets(withoutStrings)
}

/** Statements of many megabytes are common enough, secrets in them are not. */
function mayHoldSecret(text: string): boolean {
  return /password|postgres(?:ql)?:\/\//i.test(text)
}

/** `CREATE ROLE … PASSWORD '…'`, `ALTER USER … ENCRYPTED PASSWORD '…'`, `OPTIONS (user 'u', password '…')`. */
function redactClauses(text: string): string {
  const word = /\bpassword\s+(?=E'|U&'|'|\$)/gi
  return replaceParts(
    text,
    (from) => {
      word.lastIndex = from
      for (let found = word.exec(text); found !== null; found = word.exec(text)) {
        const end = endOfLiteral(text, word.lastIndex)
        if (end !== undefined) return [word.lastIndex, end]
      }
      return undefined
    },
    () => `'${redacted}'`,
  )
}

/** A whole connection string: it names another keyword too, so that `password = $1` is none. */
function redactConnection(text: string): string {
  return connectionKeyword.test(text) ? text.replace(passwordInConnection, `$1${redacted}`) : text
}

function redactJsonString(json: string): string {
  // The shortest string with a secret is `"password "`.
  if (json.length < 10 || !mayHoldSecret(json)) return json
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

type Part = readonly [start: number, end: number]

/** Replaces part after part, each looked for behind the one before. */
function replaceParts(
  text: string,
  next: (from: number, text: string) => Part | undefined,
  replace: (part: string) => string,
): string {
  const pieces: string[] = []
  let written = 0
  for (let part = next(0, text); part !== undefined; part = next(part[1], text)) {
    const [start, end] = part
    const before = text.slice(start, end)
    const after = replace(before)
    if (after === before) continue
    pieces.push(text.slice(written, start), after)
    written = end
  }
  return written === 0 ? text : pieces.join('') + text.slice(written)
}

function nextQuoted(from: number, text: string): Part | undefined {
  const start = text.indexOf("'", from)
  return start === -1 ? undefined : [start, endOfQuoted(text, start, false)]
}

function nextJsonString(from: number, text: string): Part | undefined {
  const start = text.indexOf('"', from)
  return start === -1 ? undefined : [start, endOfJsonString(text, start)]
}

const lineFeed = 10
const doubleQuote = 34
const backslash = 92

/** Behind the closing quote; a string ends with its line at the latest. */
function endOfJsonString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === doubleQuote) return at + 1
    if (code === lineFeed) return at
    if (code === backslash) at += 1
  }
  return text.length
}

/** Behind `'…'`, `E'…'`, `U&'…'` or `$tag$…$tag$`; what is not closed runs to the end, as in a statement half typed. */
function endOfLiteral(text: string, start: number): number | undefined {
  const opening = /(E|U&)?'|\$\w*\$/iy
  opening.lastIndex = start
  const [open, prefix] = opening.exec(text) ?? []
  if (open === undefined) return undefined
  const quote = start + open.length - 1
  if (!open.startsWith('$')) return endOfQuoted(text, quote, prefix?.toUpperCase() === 'E')
  const close = text.indexOf(open, quote + 1)
  return close === -1 ? text.length : close + open.length
}

/** Behind the quote that closes; two in a row are one within the string, and so is one behind a backslash in `E'…'`. */
function endOfQuoted(text: string, start: number, hasEscapes: boolean): number {
  for (let from = start + 1; ; ) {
    const quote = text.indexOf("'", from)
    if (quote === -1) return text.length
    const isEscaped = hasEscapes && backslashesBefore(text, quote, from) % 2 === 1
    if (!isEscaped && text[quote + 1] !== "'") return quote + 1
    from = quote + (isEscaped ? 1 : 2)
  }
}

function backslashesBefore(text: string, index: number, from: number): number {
  let at = index
  while (at > from && text.charCodeAt(at - 1) === backslash) at -= 1
  return index - at
}
