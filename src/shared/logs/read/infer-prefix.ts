/**
 * Prefixes that can't be told from their look: a colon between fields that hold colons, a program's name with blanks.
 * The longer ones first.
 */
export const knownPrefixes: readonly string[] = [
  '%t:%r:%u@%d:[%p]:',
  '%t:%r:%u@%d:[%p]:%l:%e:%s:%v:%x:%c:%q%a:',
  '%m:%r:%u@%d:[%p]:%l:%e:%s:%v:%x:%c:%q%a:',
  '%m [%p] %q%u@%d/%a ',
  '%m [%p] %q%a %u@%d %h ',
  '%m [%p] %q%h %u@%d %a ',
  '%m [%p] %q%u@%d %a ',
  '%m [%p] %q%u@%d ',
  '%m [%p]: [%l-1] %q%u@%d ',
  '%m [%p] ',
  '%t [%p] ',
  '%t-%c-',
]

interface Pattern {
  /** Sticky; group 1, where there is one, stays as it is, the rest becomes the escape. */
  readonly pattern: RegExp
  readonly escapes: readonly string[]
}

/** `user=`, `db=` …: the key tells what follows. */
const keys: Readonly<Record<string, string>> = {
  user: '%u',
  usr: '%u',
  username: '%u',
  u: '%u',
  role: '%u',
  db: '%d',
  database: '%d',
  dbname: '%d',
  d: '%d',
  app: '%a',
  application: '%a',
  appname: '%a',
  application_name: '%a',
  a: '%a',
  client: '%h',
  host: '%h',
  remote: '%h',
  addr: '%h',
  h: '%h',
  r: '%r',
  pid: '%p',
  process: '%p',
  p: '%p',
  line: '%l',
  l: '%l',
  session: '%c',
  sid: '%c',
  c: '%c',
  vxid: '%v',
  xid: '%x',
  txid: '%x',
  x: '%x',
  sqlstate: '%e',
  state: '%e',
  e: '%e',
  tag: '%i',
  query_id: '%Q',
  queryid: '%Q',
  qid: '%Q',
  backend: '%b',
  type: '%b',
}

const key = /([A-Za-z_]+)[=:] ?/y
const keyValue = /[^\s,;|\])]*/y
const name = String.raw`(?:\[unknown\]|[^\s@[\](),;|:=]+)`

/** In this order at each place; an escape is used once, further ones of its kind are of unknown meaning. */
const patterns: readonly Pattern[] = [
  {
    pattern:
      /\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d\.\d+(?: ?[+-]\d\d(?::?\d\d)?(?![\d.])| [A-Za-z]{1,5}(?![A-Za-z@]))?/y,
    escapes: ['%m', '%s'],
  },
  {
    pattern:
      /\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?: ?[+-]\d\d(?::?\d\d)?(?![\d.])| [A-Za-z]{1,5}(?![A-Za-z@]))?/y,
    escapes: ['%t', '%s'],
  },
  { pattern: /\d{10}\.\d{3}(?!\d)/y, escapes: ['%n'] },
  { pattern: /[0-9a-f]{8}\.[0-9a-f]+/y, escapes: ['%c'] },
  { pattern: /(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f:]+|[\w.-]+)\(\d+\)/y, escapes: ['%r'] },
  { pattern: /\d{1,3}(?:\.\d{1,3}){3}|\[local\]|::1/y, escapes: ['%h'] },
  { pattern: /-?\d+\/\d+/y, escapes: ['%v'] },
  { pattern: /\d{5}(?= *$)/y, escapes: ['%e'] },
  { pattern: /\d+(?![\w.])/y, escapes: ['%p', '%l', '%x'] },
]
const userAtDatabase = new RegExp(`${name}@${name}`, 'y')
const word = /\[unknown\]|[^\s,;|[\]():<>@=]+/y

const noNames: ReadonlyMap<string, string> = new Map()

/**
 * Guesses `log_line_prefix` from one line's prefix: times, numbers in brackets, `key=value` and `user@database` tell
 * themselves; words that don't become `%?`.
 *
 * @param names escapes of words that are known to be a user's or a database's name
 */
export function inferPrefix(prefix: string, names: ReadonlyMap<string, string> = noNames): string {
  const used = new Set<string>()
  let format = ''
  let at = 0
  const take = (escape: string): void => {
    format += used.has(escape) ? '%?' : escape
    used.add(escape)
  }
  while (at < prefix.length) {
    const spelled = matchAt(key, prefix, at)
    const escape = keys[spelled?.[1]?.toLowerCase() ?? '']
    if (spelled !== undefined && escape !== undefined) {
      const from = at + spelled[0].length
      format += spelled[0].replaceAll('%', '%%')
      take(escape)
      at = from + (matchAt(keyValue, prefix, from)?.[0].length ?? 0)
      continue
    }
    const known = findName(prefix, at, names)
    if (known !== undefined && !used.has(known.escape)) {
      used.add(known.escape)
      format += known.escape
      at += known.length
      continue
    }
    const typed = findTyped(prefix, at, used)
    if (typed !== undefined) {
      used.add(typed.escape)
      format += typed.escape
      at += typed.length
      continue
    }
    const both = matchAt(userAtDatabase, prefix, at)
    if (both !== undefined && !used.has('%u')) {
      used.add('%u')
      used.add('%d')
      format += '%u@%d'
      at += both[0].length
      continue
    }
    // A name may stand behind it: `/` is of a word, but not of `app/shop`.
    const parts = names.size > 0 && !/[\p{L}\p{N}_[]/u.test(prefix[at] ?? '')
    const free = parts ? undefined : matchAt(word, prefix, at)
    if (free !== undefined) {
      format += /[A-Za-z0-9]/.test(free[0]) ? '%?' : free[0].replaceAll('%', '%%')
      at += free[0].length
      continue
    }
    format += prefix[at] === '%' ? '%%' : (prefix[at] ?? '')
    at += 1
  }
  return format
}

const letter = /[\p{L}\p{N}_]/u

/** A name that stands here as a whole. */
function findName(
  prefix: string,
  at: number,
  names: ReadonlyMap<string, string>,
): { readonly escape: string; readonly length: number } | undefined {
  if (names.size === 0 || letter.test(prefix[at - 1] ?? '')) return undefined
  for (const [text, escape] of names) {
    const { length } = text
    if (prefix.startsWith(text, at) && !letter.test(prefix[at + length] ?? '')) return { escape, length }
  }
  return undefined
}

function findTyped(
  prefix: string,
  at: number,
  used: ReadonlySet<string>,
): { readonly escape: string; readonly length: number } | undefined {
  for (const { pattern, escapes } of patterns) {
    const found = matchAt(pattern, prefix, at)
    const escape = escapes.find((candidate) => !used.has(candidate))
    if (found !== undefined && escape !== undefined) return { escape, length: found[0].length }
  }
  return undefined
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at
  return pattern.exec(text) ?? undefined
}
