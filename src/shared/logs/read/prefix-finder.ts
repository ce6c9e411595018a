import { decode, encode, startsWith } from './bytes.ts'
import type { LogClock } from './clock.ts'
import { inferPrefix, knownPrefixes } from './infer-prefix.ts'
import { findKeyword, keywordAt, textAfter } from './keywords.ts'
import { compilePrefix, type LinePrefix, type PrefixMatch } from './prefix.ts'

/** Finds the prefix of each line: the one that fitted last is tried first. */
export interface PrefixFinder {
  /** True if the line begins an entry or a part of one; `match` tells where its fields are. */
  find(bytes: Uint8Array, start: number, end: number, match: PrefixMatch): boolean
  /** Prefixes seen so far, the last used first. */
  readonly formats: () => readonly string[]
}

/** A log has a handful of prefixes (processes without a session leave fields out); more are no prefixes. */
const mostPrefixes = 24

/** A text full of words that look like a line's beginning must not slow the reader down for ever. */
const mostFailures = 2_000

/**
 * @param format `log_line_prefix`, where it is known; else prefixes are told from the lines
 */
export function createPrefixFinder(clock: LogClock, format: string | undefined): PrefixFinder {
  const found: LinePrefix[] = format === undefined ? [] : [compilePrefix(format)]
  const known = knownPrefixes.map(compilePrefix)

  let failures = 0

  /** Once a line had a time, all have: a text that mentions `ERROR:` is no line of its own. */
  function learn(bytes: Uint8Array, start: number, end: number, match: PrefixMatch): boolean {
    if (found.length >= mostPrefixes || failures >= mostFailures) return false
    const keyword = findKeyword(bytes, start, end)
    if (keyword === -1) return false
    failures += 1
    const usual = known.find(
      (prefix) => prefix.matchesWhole(bytes, start, end, clock, match) && match.end === keyword,
    )
    const prefix = usual ?? compilePrefix(inferPrefix(decode(bytes, start, keyword)))
    const isTimed = hasTime(prefix)
    // But one with the names of user and database is no text: the prefix was changed.
    if (!isTimed && found.some(hasTime) && !(prefix.has('u') && prefix.has('d'))) return false
    if (!prefix.matches(bytes, start, end, clock, match)) return false
    failures -= 1
    // Lines before the first timed one were somebody else's: a start script's, initdb's.
    if (isTimed && !found.every(hasTime)) found.length = 0
    // A name with a blank was taken for two words, as long as none without told better.
    const mistaken = found.findIndex((other) => other.format.replaceAll('%? ', '') === prefix.format)
    if (mistaken !== -1 && found[mistaken]?.has('?') === true) found.splice(mistaken, 1)
    if (!found.some((other) => other.format === prefix.format)) found.unshift(prefix)
    if (prefix.has('?')) learnNames(prefix, bytes, start, end, match)
    return true
  }

  /** The first word that a session's own line about itself says of fields whose meaning nobody knew. */
  function learnNames(
    prefix: LinePrefix,
    bytes: Uint8Array,
    start: number,
    end: number,
    match: PrefixMatch,
  ): void {
    const names = namesOf(bytes, match.end, end)
    if (names === undefined) return
    const named = compilePrefix(inferPrefix(decode(bytes, start, match.end), names))
    // Names that are alike, or a prefix that has none of them, tell nothing.
    if (!named.has('u') && !named.has('d')) return
    if (!named.matches(bytes, start, end, clock, match)) {
      prefix.matches(bytes, start, end, clock, match)
      return
    }
    const at = found.indexOf(prefix)
    if (at !== -1) found.splice(at, 1)
    if (!found.some((other) => other.format === named.format)) found.unshift(named)
  }

  return {
    formats: () => found.map((prefix) => prefix.format),
    find: (bytes, start, end, match) => {
      for (let at = 0; at < found.length; at += 1) {
        const prefix = found[at]
        if (prefix === undefined || !prefix.matches(bytes, start, end, clock, match)) continue
        if (at > 0) {
          found.splice(at, 1)
          found.unshift(prefix)
        }
        if (format === undefined && prefix.has('?')) learnNames(prefix, bytes, start, end, match)
        return true
      }
      return format === undefined && learn(bytes, start, end, match)
    },
  }
}

const authorized = encode('connection authorized: user=')
const session = /^(.+?) database=(.+?)(?: application_name=| SSL enabled| GSS \(|$)/

/** What `log_connections` tells of a session: which word is its user's name, and which its database's. */
function namesOf(
  bytes: Uint8Array,
  keywordStart: number,
  end: number,
): ReadonlyMap<string, string> | undefined {
  const keyword = keywordAt(bytes, keywordStart, end)
  if (keyword === undefined) return undefined
  const text = textAfter(bytes, keywordStart, end, keyword)
  if (!startsWith(bytes, text, end, authorized)) return undefined
  const [, user, database] =
    session.exec(decode(bytes, text + authorized.length, Math.min(end, text + 1_000))) ?? []
  if (user === undefined || database === undefined || user === database) return undefined
  return new Map([
    [user, '%u'],
    [database, '%d'],
  ])
}

function hasTime(prefix: LinePrefix): boolean {
  return prefix.has('m') || prefix.has('t') || prefix.has('n')
}
