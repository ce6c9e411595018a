import { type Fields, invalid, isKnownKeyword } from './fields.ts'

/** `keyword = value`, the value bare or in single quotes, with backslash escapes in both. */
const pair = /\s*([^\s=']+)\s*=\s*(?:'((?:[^'\\]|\\[\s\S])*)'(?=\s|$)|((?:[^\s'\\]|\\[\s\S])*)(?=\s|$))/y

/**
 * A `keyword=value` string as libpq reads it. Complaints never quote a value: it may be a password.
 *
 * @source PostgreSQL manual, "Keyword/Value Connection Strings" of libpq
 */
export function parseConninfo(text: string): Fields {
  const fields: Record<string, string> = {}
  let at = 0
  while (text.slice(at).trim() !== '') {
    pair.lastIndex = at
    const match = pair.exec(text)
    if (match === null) {
      throw invalid(
        'Write keyword=value pairs such as host=localhost dbname=shop. A value with spaces or quotes goes in single quotes.',
      )
    }
    const [, keyword = '', quoted, bare] = match
    if (!isKnownKeyword(keyword)) {
      const mayBePassword = fields['password'] !== undefined
      const name = !mayBePassword && /^[a-z_]{1,40}$/i.test(keyword) ? `“${keyword}”` : 'A word before a “=”'
      throw invalid(`${name} is not a known connection parameter.`)
    }
    fields[keyword] = (quoted ?? bare ?? '').replaceAll(/\\([\s\S])/g, '$1')
    at = pair.lastIndex
  }
  return fields
}
