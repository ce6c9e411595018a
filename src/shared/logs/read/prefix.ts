import { byteAt, encode, isDigit, skipDigits, startsWith } from './bytes.ts'
import type { LogClock } from './clock.ts'
import { keywordAt, longestPrefix } from './keywords.ts'

/** What a prefix told about one line: places of its fields, -1 where it has none. Reused from line to line. */
export interface PrefixMatch {
  /** Where the keyword stands. */
  end: number
  timeMs: number | undefined
  /** By escape letter: start at `letter * 2`, end behind it. */
  readonly places: Int32Array
}

export function createPrefixMatch(): PrefixMatch {
  return { end: 0, timeMs: undefined, places: new Int32Array(512) }
}

type Part =
  | { readonly kind: 'literal'; readonly bytes: Uint8Array }
  | { readonly kind: 'blanks' }
  | { readonly kind: 'field'; readonly letter: number; readonly scan: Scan | undefined }

/** Where a field of this kind ends, or -1; free texts have no scan of their own. */
type Scan = (bytes: Uint8Array, at: number, end: number) => number

const minus = 45
const slash = 47
const dot = 46
const space = 32

/** What `log_line_prefix` says of each line, ready to be held against bytes. */
export interface LinePrefix {
  readonly format: string
  /** The letters of its escapes. */
  readonly has: (letter: string) => boolean
  /** True when the line's prefix fits and a keyword follows; the places are in `match`. */
  readonly matches: (
    bytes: Uint8Array,
    start: number,
    end: number,
    clock: LogClock,
    match: PrefixMatch,
  ) => boolean
  /** As `matches`, but the line must have what `%q` leaves out of processes without a session. */
  readonly matchesWhole: LinePrefix['matches']
}

const isHex = (byte: number): boolean => isDigit(byte) || (byte >= 97 && byte <= 102)

const digits: Scan = (bytes, at, end) => {
  const close = skipDigits(bytes, at, end)
  return close === at ? -1 : close
}
const maybeDigits: Scan = skipDigits
const signedDigits: Scan = (bytes, at, end) => digits(bytes, byteAt(bytes, at) === minus ? at + 1 : at, end)
const session: Scan = (bytes, at, end) => {
  let next = at
  while (next < end && (isHex(byteAt(bytes, next)) || byteAt(bytes, next) === dot)) next += 1
  return next === at ? -1 : next
}
/** `3/42`; processes without a transaction have none. */
const virtualTransaction: Scan = (bytes, at, end) => {
  const next = skipDigits(bytes, byteAt(bytes, at) === minus ? at + 1 : at, end)
  return next < end && byteAt(bytes, next) === slash ? skipDigits(bytes, next + 1, end) : next
}
const stateCode: Scan = (_bytes, at, end) => (at + 5 <= end ? at + 5 : -1)
const epoch: Scan = (bytes, at, end) => {
  const next = digits(bytes, at, end)
  return next !== -1 && byteAt(bytes, next) === dot ? skipDigits(bytes, next + 1, end) : next
}

const scans: Readonly<Record<string, Scan>> = {
  p: digits,
  P: maybeDigits,
  l: digits,
  c: session,
  v: virtualTransaction,
  x: maybeDigits,
  e: stateCode,
  Q: signedDigits,
  n: epoch,
}

const mostSteps = 10_000

const letterCode = (letter: string): number => letter.charCodeAt(0)
const timeLetters: ReadonlySet<number> = new Set(['m', 't', 's'].map(letterCode))
const epochLetter = letterCode('n')
/** User and database. */
const nameLetters: ReadonlySet<number> = new Set(['u', 'd'].map(letterCode))
const noLetters: ReadonlySet<number> = new Set()
const namesWithBlanks: readonly ReadonlySet<number>[] = [['u'], ['d'], ['u', 'd']].map(
  (letters) => new Set(letters.map(letterCode)),
)
const startLetter = letterCode('s')

function compileParts(format: string): {
  readonly parts: readonly Part[]
  readonly stop: number | undefined
} {
  const parts: Part[] = []
  let stop: number | undefined
  let literal = ''
  const flush = (): void => {
    if (literal !== '') parts.push({ kind: 'literal', bytes: encode(literal) })
    literal = ''
  }
  const escapes = /%(-?\d+)?([A-Za-z?%])|[^%]+|%/g
  for (const [whole, padding, letter] of format.matchAll(escapes)) {
    if (letter === undefined) literal += whole
    else if (letter === '%') literal += '%'
    else {
      flush()
      if (letter === 'q') {
        stop ??= parts.length
        continue
      }
      if (padding !== undefined) parts.push({ kind: 'blanks' })
      parts.push({ kind: 'field', letter: letterCode(letter), scan: scans[letter] })
      if (padding !== undefined) parts.push({ kind: 'blanks' })
    }
  }
  flush()
  return { parts, stop }
}

/** What the server knows behind `%`; the last ones came with 14 and later. */
const knownEscapes = new Set('audrhbpPtmniecslvxq%QL')

/**
 * Why a text is no `log_line_prefix`, in a sentence; undefined if it is one.
 *
 * @source PostgreSQL manual, "Error Reporting and Logging", log_line_prefix
 */
export function refuseLinePrefix(format: string): string | undefined {
  for (const [whole, letter = ''] of format.matchAll(/%(?:-?\d+)?(.?)/gs)) {
    if (letter === '') return 'A log_line_prefix does not end in %: a percent sign itself is %%.'
    if (!knownEscapes.has(letter)) return `A log_line_prefix has no ${whole}: see the server’s manual.`
  }
  return undefined
}

/**
 * Makes a matcher of a `log_line_prefix`. `%?` stands for a text that nobody knows the meaning of.
 *
 * @source PostgreSQL manual, "Error Reporting and Logging", log_line_prefix
 */
export function compilePrefix(format: string): LinePrefix {
  const { parts, stop } = compileParts(format)
  const hasNames = parts.some((part) => part.kind === 'field' && nameLetters.has(part.letter))
  const letters = new Set(parts.map((part) => (part.kind === 'field' ? part.letter : 0)))

  /** Names with blanks in them are only thought of where nothing else fits: a user's before a database's, both last. */
  let spaced: ReadonlySet<number> = noLetters
  /** Places tried on this line; whoever writes a line that needs more of them means harm. */
  let steps = 0

  /** Free texts end at the nearest place from which the rest fits; few fields and a short line keep that cheap. */
  function follow(
    bytes: Uint8Array,
    from: number,
    end: number,
    index: number,
    count: number,
    clock: LogClock,
    match: PrefixMatch,
  ): boolean {
    let at = from
    for (let next = index; next < count; next += 1) {
      const part = parts[next]
      if (part === undefined) return false
      if (part.kind === 'literal') {
        if (!startsWith(bytes, at, end, part.bytes)) return false
        at += part.bytes.length
      } else if (part.kind === 'blanks') {
        while (at < end && byteAt(bytes, at) === space) at += 1
      } else if (timeLetters.has(part.letter)) {
        const close = clock.readTime(bytes, at, end)
        if (close === -1) return false
        if (part.letter !== startLetter) match.timeMs = clock.timeMs()
        at = close
      } else if (part.scan !== undefined) {
        const close = part.scan(bytes, at, end)
        if (close === -1) return false
        match.places[part.letter * 2] = at
        match.places[part.letter * 2 + 1] = close
        at = close
      } else {
        const after = parts[next + 1]
        const first = after?.kind === 'literal' && next + 1 < count ? byteAt(after.bytes, 0) : -1
        const isName = nameLetters.has(part.letter) && !spaced.has(part.letter)
        for (let close = at; close <= end; close += 1) {
          if (isName && close > at && byteAt(bytes, close - 1) === space) break
          if ((steps += 1) > mostSteps) return false
          if (first !== -1 && byteAt(bytes, close) !== first) continue
          if (!follow(bytes, close, end, next + 1, count, clock, match)) continue
          match.places[part.letter * 2] = at
          match.places[part.letter * 2 + 1] = close
          return true
        }
        return false
      }
    }
    if (keywordAt(bytes, at, end) === undefined) return false
    match.end = at
    return true
  }

  function attempt(
    bytes: Uint8Array,
    start: number,
    end: number,
    count: number,
    clock: LogClock,
    match: PrefixMatch,
    blanks = noLetters,
  ): boolean {
    match.places.fill(-1)
    match.timeMs = undefined
    spaced = blanks
    steps = 0
    if (!follow(bytes, start, end, 0, count, clock, match)) return false
    if (letters.has(epochLetter)) match.timeMs = readEpoch(bytes, match)
    return true
  }

  return {
    format,
    has: (letter) => letters.has(letterCode(letter)),
    matchesWhole: (bytes, start, end, clock, match) =>
      attempt(bytes, start, Math.min(end, start + longestPrefix), parts.length, clock, match),
    matches: (bytes, start, lineEnd, clock, match) => {
      const end = Math.min(lineEnd, start + longestPrefix)
      return (
        attempt(bytes, start, end, parts.length, clock, match) ||
        (stop !== undefined && attempt(bytes, start, end, stop, clock, match)) ||
        (hasNames &&
          namesWithBlanks.some((names) => attempt(bytes, start, end, parts.length, clock, match, names)))
      )
    },
  }
}

/** `%n`: seconds since 1970 with their fraction. */
function readEpoch(bytes: Uint8Array, { places }: PrefixMatch): number | undefined {
  const at = places[epochLetter * 2] ?? -1
  const close = places[epochLetter * 2 + 1] ?? -1
  if (at < 0) return undefined
  let text = ''
  for (let index = at; index < close; index += 1) text += String.fromCharCode(byteAt(bytes, index))
  return Math.round(Number(text) * 1_000)
}

/** Places of a field, as a pair. */
export function placeOf({ places }: PrefixMatch, letter: number): number {
  return places[letter * 2] ?? -1
}

export function endOf({ places }: PrefixMatch, letter: number): number {
  return places[letter * 2 + 1] ?? -1
}
