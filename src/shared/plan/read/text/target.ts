/** Names as the server writes them behind `on` and `using`: plain, or in double quotes with `""` for a quote. */
const nameToken = /"((?:[^"]|"")*)"|([^\s."(]+)/y

/** A name and where the text goes on behind it, or undefined where none stands. */
function readName(text: string, at: number): { readonly name: string; readonly end: number } | undefined {
  nameToken.lastIndex = at
  const match = nameToken.exec(text)
  if (match === null) return undefined
  const quoted = match[1]
  return { name: quoted?.replaceAll('""', '"') ?? match[2] ?? '', end: nameToken.lastIndex }
}

/** What stands behind `on`: a name, with its schema and alias where the server says them. */
export interface Target {
  readonly schema: string | undefined
  readonly name: string
  readonly alias: string | undefined
}

const isBlank = (char: string | undefined): boolean => char === ' '

/** One name that is all of the text, as `using` and bitmap index scans have it; else the text as it stands. */
export function readLoneName(text: string): string {
  if (!text.includes('"')) return text
  const read = readName(text, 0)
  return read === undefined || read.end !== text.length ? text : read.name
}

/** `schema.name alias` without quotes: most are; undefined for others. */
function readPlainTarget(text: string): Target | undefined {
  let dot = -1
  let blank = -1
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    const isName = code > 0x20 && code < 0x7f && code !== 0x22 && code !== 0x28
    if (code === 0x2e) {
      if (dot !== -1 || blank !== -1) return undefined
      dot = at
    } else if (code === 0x20) {
      if (blank !== -1) return undefined
      blank = at
    } else if (!isName) return undefined
  }
  const end = blank === -1 ? text.length : blank
  if (dot === 0 || end === 0 || dot + 1 === end || blank + 1 === text.length) return undefined
  return {
    schema: dot === -1 ? undefined : text.slice(0, dot),
    name: text.slice(dot + 1, end),
    alias: blank === -1 ? undefined : text.slice(blank + 1),
  }
}

/** `schema.name alias`; a text of another shape (foreign writers) is a name as it stands. */
export function readTarget(text: string): Target {
  const plain = readPlainTarget(text)
  if (plain !== undefined) return plain
  const whole: Target = { schema: undefined, name: text, alias: undefined }
  const first = readName(text, 0)
  if (first === undefined) return whole
  const isPath = text[first.end] === '.'
  const second = isPath ? readName(text, first.end + 1) : undefined
  if (isPath && second === undefined) return whole
  const path: Target =
    second === undefined
      ? { schema: undefined, name: first.name, alias: undefined }
      : { schema: first.name, name: second.name, alias: undefined }
  const { end } = second ?? first
  if (end === text.length) return path
  if (!isBlank(text[end])) return whole
  const alias = readName(text, end + 1)
  return alias === undefined || alias.end !== text.length ? whole : { ...path, alias: alias.name }
}

/**
 * Where ` using ` or ` on ` stands outside double quotes, from `from`; -1 if it does not.
 */
export function findWord(text: string, word: string, from = 0): number {
  let at = text.indexOf(word, from)
  if (at === -1 || !text.includes('"')) return at
  let quotes = 0
  let counted = 0
  while (at !== -1) {
    for (; counted < at; counted += 1) if (text[counted] === '"') quotes += 1
    if (quotes % 2 === 0) return at
    at = text.indexOf(word, at + 1)
  }
  return -1
}
