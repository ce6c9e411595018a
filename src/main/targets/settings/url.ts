import { type Fields, invalid, isKnownKeyword } from './fields.ts'

/** As applications in Java write it, too. */
const scheme = /^(?:jdbc:)?postgres(?:ql)?:\/\//i

export function isUrl(text: string): boolean {
  return scheme.test(text)
}

/** Whether it is a URL of something else. */
export function isForeignUrl(text: string): boolean {
  return /^[a-z][a-z\d+.:-]*:\/\//i.test(text) && !isUrl(text)
}

/**
 * A connection URL as libpq reads it. Complaints never quote the text: any part of it may be a password.
 *
 * @source PostgreSQL manual, "Connection URIs" of libpq
 */
export function parseUrl(text: string): Fields {
  const body = text.replace(scheme, '')
  const [beforeQuery, query] = splitOnce(body, '?')
  const [authority, database] = splitOnce(beforeQuery, '/')
  // libpq takes the first @, so that one in a password must be encoded; the last one is never wrong.
  const at = authority.lastIndexOf('@')
  const fields: Record<string, string> = {}
  if (at >= 0) {
    const [user, password] = splitOnce(authority.slice(0, at), ':')
    if (user !== '') fields['user'] = decode(user)
    if (password) fields['password'] = decode(password)
  }
  if (at < 0 && database?.includes('@') === true) throw invalid(slashInPassword)
  Object.assign(fields, parseHost(authority.slice(at + 1)))
  if (database) fields['dbname'] = decode(database)
  return { ...fields, ...parseQuery(query ?? '') }
}

const slashInPassword =
  'There is an “@” behind the first “/”. A “/” in a user name or password must be written as %2F.'

function parseHost(text: string): Fields {
  if (text === '') return {}
  if (text.includes(',')) {
    throw invalid('Several hosts are given. One target is one server: keep the host you want to look at.')
  }
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(text)
  if (text.startsWith('[') && bracketed === null) throw invalid('An IPv6 address needs a “]” at its end.')
  const [host = '', port] = bracketed === null ? splitOnce(text, ':') : [bracketed[1], bracketed[2]]
  return { ...(host === '' ? {} : { host: decode(host) }), ...(port ? { port: decode(port) } : {}) }
}

function parseQuery(query: string): Fields {
  const fields: Record<string, string> = {}
  for (const part of query.split('&').filter((piece) => piece !== '')) {
    const [rawKeyword, rawValue] = splitOnce(part, '=')
    if (rawValue === undefined) throw invalid('A parameter behind the “?” has no “=”.')
    const keyword = decode(rawKeyword)
    const value = decode(rawValue)
    // JDBC's way to ask for TLS; libpq understands it too.
    if (keyword === 'ssl' && value === 'true') fields['sslmode'] = 'require'
    else if (isKnownKeyword(keyword)) fields[keyword] = value
    else throw invalid(unknownParameter(keyword, query.includes('@')))
  }
  return fields
}

/** Only a plain word is repeated, and not where an “@” follows: it might be the rest of a password with a “?” in it. */
function unknownParameter(keyword: string, mayBePassword: boolean): string {
  const name =
    !mayBePassword && /^[a-z_]{1,40}$/i.test(keyword) ? `“${keyword}”` : 'A parameter behind the “?”'
  return `${name} is not a known connection parameter. A “?” in a password must be written as %3F.`
}

function decode(text: string): string {
  try {
    const decoded = decodeURIComponent(text)
    if (!decoded.includes('\0')) return decoded
  } catch {
    // Said below.
  }
  throw invalid('A “%” is not followed by two hexadecimal digits. A “%” itself must be written as %25.')
}

function splitOnce(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator)
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}
