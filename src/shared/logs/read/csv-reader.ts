import {
  byteAt,
  carriage,
  comma,
  createInterner,
  decode,
  feed,
  findByte,
  isDigit,
  quote,
  readInteger,
} from './bytes.ts'
import type { LogClock } from './clock.ts'
import { queryIdOf, stateOf } from './json-reader.ts'
import { closeEntry, named, openEntry } from './open-entry.ts'
import type { ReaderShared, RecordReader } from './record-reader.ts'

/** Columns of csvlog, by position; 9.0 has 23, 13 adds the backend's type, 14 the leader's pid and the query id. */
const columns = {
  time: 0,
  user: 1,
  database: 2,
  pid: 3,
  session: 5,
  severity: 11,
  sqlState: 12,
  message: 13,
  detail: 14,
  hint: 15,
  context: 18,
  statement: 19,
  application: 22,
  queryId: 25,
} as const
const fewestColumns = 23
const mostColumns = 64
/** So many bytes behind a line's end tell whether a record begins there. */
const lookAhead = 400

/**
 * Reads csvlog: records of CSV whose texts may hold line breaks. A record that was cut off (a crash, a file that
 * begins in the middle) costs no other: the next line that looks like a record's start is one.
 *
 * @source PostgreSQL: write_csvlog in src/backend/utils/error/csvlog.c
 */
export function createCsvReader(shared: ReaderShared, clock: LogClock): RecordReader {
  const intern = createInterner()
  const starts = new Int32Array(mostColumns + 1)
  let lineCount = 0
  // Where the scan of an unfinished record stands, relative to the record's start.
  let scanned = 0
  let inQuotes = false
  let count = 0
  let feeds = 0
  let skipping = false

  function reset(): void {
    scanned = 0
    inQuotes = false
    count = 0
    feeds = 0
  }

  /** Content of a column, quotes taken off. */
  function text(bytes: Uint8Array, start: number, end: number): string {
    if (byteAt(bytes, start) !== quote) return decode(bytes, start, end)
    const close = end - 1 > start && byteAt(bytes, end - 1) === quote ? end - 1 : end
    const inner = decode(bytes, start + 1, close)
    const plain = inner.includes('""') ? inner.replaceAll('""', '"') : inner
    return plain.includes('\r\n') ? plain.replaceAll('\r\n', '\n') : plain
  }
  /** An empty column without quotes is an absent value. */
  const optional = (bytes: Uint8Array, start: number, end: number): string | undefined =>
    end > start ? text(bytes, start, end) : undefined
  const short = (bytes: Uint8Array, start: number, end: number): string => {
    const isQuoted = byteAt(bytes, start) === quote && end > start + 1
    const [from, to] = isQuoted ? [start + 1, end - 1] : [start, end]
    const isPlain = findByte(bytes, quote, from, to) === -1
    return isPlain ? intern(bytes, from, to) : text(bytes, start, end)
  }

  /** Puts an entry together from the columns between `start` and `end`; false if these are no record of csvlog. */
  function take(
    bytes: Uint8Array,
    start: number,
    end: number,
    base: number,
    next: number,
    isCut: boolean,
  ): boolean {
    const from = (column: number): number => start + (starts[column] ?? 0)
    const to = (column: number): number => (column === count ? end : start + (starts[column + 1] ?? 0) - 1)
    const has = (column: number): boolean => column <= count
    if (count < columns.message || readStart(bytes, start, end, clock) === -1) return false
    if (!isCut && count + 1 < fewestColumns) return false
    const entry = openEntry(base + start, lineCount + 1)
    entry.end = next
    entry.truncated = isCut
    entry.timeMs = clock.timeMs()
    entry.user = named(short(bytes, from(columns.user), to(columns.user)))
    entry.database = named(short(bytes, from(columns.database), to(columns.database)))
    entry.pid = readInteger(bytes, from(columns.pid), to(columns.pid))
    entry.severity = short(bytes, from(columns.severity), to(columns.severity))
    entry.sqlState = stateOf(short(bytes, from(columns.sqlState), to(columns.sqlState)))
    entry.message = text(bytes, from(columns.message), to(columns.message))
    if (has(columns.detail)) entry.detail = optional(bytes, from(columns.detail), to(columns.detail))
    if (has(columns.hint)) entry.hint = optional(bytes, from(columns.hint), to(columns.hint))
    if (has(columns.context)) entry.context = optional(bytes, from(columns.context), to(columns.context))
    if (has(columns.statement))
      entry.statement = optional(bytes, from(columns.statement), to(columns.statement))
    if (has(columns.application))
      entry.application = named(short(bytes, from(columns.application), to(columns.application)))
    if (has(columns.queryId))
      entry.queryId = queryIdOf(decode(bytes, from(columns.queryId), to(columns.queryId)))
    shared.emit(closeEntry(entry))
    return true
  }

  /** Ends the record: hands it out, or says that it is none. */
  function finishRecord(
    bytes: Uint8Array,
    start: number,
    close: number,
    base: number,
    next: number,
    isCut: boolean,
  ): void {
    const end = close > start && byteAt(bytes, close - 1) === carriage ? close - 1 : close
    const isEntry = take(bytes, start, end, base, next, isCut)
    if (isEntry && isCut) shared.warn('cutOff', lineCount + 1)
    if (!isEntry) shared.stray(lineCount + 1, bytes, start, end)
    lineCount += feeds + 1
    reset()
  }

  /** Scans one record; returns where the next one begins, or -1 if the bytes end before it does. */
  function scanRecord(bytes: Uint8Array, start: number, end: number, base: number, last: boolean): number {
    const limit = Math.min(end, start + shared.maxEntryBytes)
    for (let at = start + scanned; at < limit; at += 1) {
      const byte = bytes[at]
      if (byte === quote) inQuotes = !inQuotes
      else if (byte === comma) {
        if (!inQuotes && count < mostColumns - 1) {
          count += 1
          starts[count] = at + 1 - start
        }
      } else if (byte === feed) {
        if (!inQuotes) {
          finishRecord(bytes, start, at, base, base + at + 1, false)
          return at + 1
        }
        // The quote may never close; a record that begins here says so.
        if (at + lookAhead > end && !last) {
          scanned = at - start
          return -1
        }
        if (beginsRecord(bytes, at + 1, Math.min(end, at + lookAhead), clock)) {
          finishRecord(bytes, start, at, base, base + at + 1, true)
          return at + 1
        }
        feeds += 1
      }
    }
    scanned = limit - start
    if (limit < end) {
      shared.warn('tooLong', lineCount + 1)
      take(bytes, start, limit, base, base + limit, true)
      lineCount += feeds
      reset()
      skipping = true
      return limit
    }
    return -1
  }

  /** Passes over the rest of a record that was too long. */
  function skip(bytes: Uint8Array, start: number, end: number, last: boolean): number {
    for (let at = bytes.indexOf(feed, start); at !== -1 && at < end; at = bytes.indexOf(feed, at + 1)) {
      if (at + lookAhead > end && !last) return at
      lineCount += 1
      if (beginsRecord(bytes, at + 1, Math.min(end, at + lookAhead), clock)) {
        skipping = false
        return at + 1
      }
    }
    return end
  }

  return {
    format: 'csvlog',
    lines: () => lineCount,
    prefixes: () => [],
    read: (bytes, from, end, base, last) => {
      let start = from
      while (start < end) {
        if (skipping) {
          start = skip(bytes, start, end, last)
          if (skipping) return start
          continue
        }
        const next = scanRecord(bytes, start, end, base, last)
        if (next === -1) {
          if (!last) return start
          finishRecord(bytes, start, end, base, base + end, inQuotes || count + 1 < fewestColumns)
          return end
        }
        start = next
      }
      return start
    },
    finish: () => {},
  }
}

const dot = 46

/** Reads a record's time, which tools that write CSV anew put in quotes; gives the place behind it, or -1. */
function readStart(bytes: Uint8Array, start: number, end: number, clock: LogClock): number {
  const isQuoted = byteAt(bytes, start) === quote
  const from = isQuoted ? start + 1 : start
  if (!isDigit(byteAt(bytes, from))) return -1
  const at = clock.readTime(bytes, from, end)
  if (!isQuoted || at === -1) return at
  return byteAt(bytes, at) === quote ? at + 1 : -1
}

/**
 * Whether a record of csvlog begins at a place: its time, its pid and its session id. Inside a text the quotes
 * would be doubled.
 */
export function beginsRecord(bytes: Uint8Array, start: number, end: number, clock: LogClock): boolean {
  let at = readStart(bytes, start, end, clock)
  if (at === -1 || byteAt(bytes, at) !== comma) return false
  for (let column = 1; column <= columns.session; column += 1) {
    at += 1
    const from = at
    if (byteAt(bytes, at) === quote) {
      at = findByte(bytes, quote, at + 1, end) + 1
      if (at === 0 || at >= end || byteAt(bytes, at) === quote) return false
    } else while (at < end && byteAt(bytes, at) !== comma && byteAt(bytes, at) !== feed) at += 1
    if (at >= end || byteAt(bytes, at) !== comma) return false
    if (column === columns.pid && readInteger(bytes, from, at) === undefined) return false
    if (column === columns.session && !bytes.subarray(from, at).includes(dot)) return false
  }
  return true
}
