import {
  backslash,
  byteAt,
  carriage,
  colon,
  comma,
  createInterner,
  decode,
  encode,
  quote,
  space,
  startsWith,
  tab,
} from './bytes.ts'
import type { LogClock } from './clock.ts'
import { createLineSplitter } from './lines.ts'
import { closeEntry, named, type OpenEntry, openEntry } from './open-entry.ts'
import type { ReaderShared, RecordReader } from './record-reader.ts'

type Take = (entry: OpenEntry, bytes: Uint8Array, start: number, end: number) => void

const openBrace = 123
const closeBrace = 125

/**
 * Reads jsonlog (PostgreSQL 15 and later): an object a line, of which only the keys that matter are decoded.
 *
 * @source PostgreSQL: write_jsonlog in src/backend/utils/error/jsonlog.c
 */
export function createJsonReader(shared: ReaderShared, clock: LogClock): RecordReader {
  const intern = createInterner()
  /** The string that was passed last holds escapes. */
  let isEscaped = false

  /** The place behind the closing quote, or -1. */
  function skipString(bytes: Uint8Array, at: number, end: number): number {
    isEscaped = false
    for (let next = at + 1; next < end; next += 1) {
      const byte = bytes[next]
      if (byte === quote) return next + 1
      if (byte === backslash) {
        isEscaped = true
        next += 1
      }
    }
    return -1
  }

  /** A string's content; escapes are left to JSON itself. */
  function text(bytes: Uint8Array, start: number, end: number): string {
    if (byteAt(bytes, start) !== quote) return decode(bytes, start, end)
    if (!isEscaped) return decode(bytes, start + 1, end - 1)
    const value: unknown = JSON.parse(decode(bytes, start, end))
    return typeof value === 'string' ? value : ''
  }
  const name = (bytes: Uint8Array, start: number, end: number): string | undefined =>
    named(isEscaped ? text(bytes, start, end) : intern(bytes, start + 1, end - 1))

  /** A number or a short text, with or without quotes. */
  const bare = (bytes: Uint8Array, start: number, end: number): string =>
    byteAt(bytes, start) === quote ? intern(bytes, start + 1, end - 1) : decode(bytes, start, end)
  let isInner = false
  function readInner(entry: OpenEntry, bytes: Uint8Array, start: number, end: number): void {
    isInner = true
    readObject(entry, bytes, start, end)
    isInner = false
  }

  const takeTime: Take = (entry, bytes, start, end) => {
    if (clock.readTime(bytes, start + 1, end - 1) !== -1) entry.timeMs = clock.timeMs()
  }
  const takeUser: Take = (entry, bytes, start, end) => (entry.user = name(bytes, start, end))
  const takeDatabase: Take = (entry, bytes, start, end) => (entry.database = name(bytes, start, end))
  const takePid: Take = (entry, bytes, start, end) =>
    (entry.pid = Number(bare(bytes, start, end)) || undefined)
  const takeState: Take = (entry, bytes, start, end) => (entry.sqlState = stateOf(bare(bytes, start, end)))
  const takeStatement: Take = (entry, bytes, start, end) => (entry.statement = text(bytes, start, end))
  const takers: readonly (readonly [key: string, take: Take])[] = [
    ['timestamp', takeTime],
    ['user', takeUser],
    ['dbname', takeDatabase],
    ['pid', takePid],
    ['error_severity', (entry, bytes, start, end) => (entry.severity = intern(bytes, start + 1, end - 1))],
    ['state_code', takeState],
    ['message', (entry, bytes, start, end) => (entry.message = text(bytes, start, end))],
    ['detail', (entry, bytes, start, end) => (entry.detail = text(bytes, start, end))],
    ['hint', (entry, bytes, start, end) => (entry.hint = text(bytes, start, end))],
    ['context', (entry, bytes, start, end) => (entry.context = text(bytes, start, end))],
    ['statement', takeStatement],
    ['application_name', (entry, bytes, start, end) => (entry.application = name(bytes, start, end))],
    ['query_id', (entry, bytes, start, end) => (entry.queryId = queryIdOf(bare(bytes, start, end)))],
    // Operators that run servers in containers put csvlog's columns into an object of their own.
    [
      'record',
      (entry, bytes, start, end) => {
        if (!isInner && byteAt(bytes, start) === openBrace) readInner(entry, bytes, start, end)
      },
    ],
    ['log_time', takeTime],
    ['user_name', takeUser],
    ['database_name', takeDatabase],
    ['process_id', takePid],
    ['sql_state_code', takeState],
    ['query', takeStatement],
  ]
  const wanted: (readonly { readonly key: Uint8Array; readonly take: Take }[] | undefined)[] = []
  for (const [key, take] of takers) {
    wanted[key.length] = [...(wanted[key.length] ?? []), { key: encode(key), take }]
  }

  /** The end of a value, or -1 where the line ends in it. Objects and lists are passed over whole. */
  function skipValue(bytes: Uint8Array, at: number, end: number): number {
    if (byteAt(bytes, at) === quote) return skipString(bytes, at, end)
    let depth = 0
    for (let next = at; next < end; next += 1) {
      const byte = byteAt(bytes, next)
      if (byte === quote) {
        next = skipString(bytes, next, end) - 1
        if (next < at) return -1
      } else if (byte === openBrace || byte === 91) depth += 1
      else if (depth === 0 && (byte === comma || byte === closeBrace)) return next
      else if (byte === closeBrace || byte === 93) depth -= 1
    }
    return -1
  }

  function readObject(entry: OpenEntry, bytes: Uint8Array, start: number, end: number): boolean {
    let at = skipBlanks(bytes, start + 1, end)
    while (at < end && byteAt(bytes, at) === quote) {
      const keyEnd = skipString(bytes, at, end)
      if (keyEnd === -1) return false
      const mark = skipBlanks(bytes, keyEnd, end)
      if (byteAt(bytes, mark) !== colon) return false
      const value = skipBlanks(bytes, mark + 1, end)
      const close = skipValue(bytes, value, end)
      if (close === -1) {
        const isMessage = startsWith(bytes, at + 1, keyEnd, messageKey) && byteAt(bytes, value) === quote
        if (isMessage) entry.message = cutText(decode(bytes, value, end))
        return false
      }
      const candidates = wanted[keyEnd - at - 2]
      if (candidates !== undefined) {
        for (const { key, take } of candidates) {
          if (startsWith(bytes, at + 1, keyEnd, key)) take(entry, bytes, value, close)
        }
      }
      const next = skipBlanks(bytes, close, end)
      if (byteAt(bytes, next) === closeBrace) return true
      if (byteAt(bytes, next) !== comma) return false
      at = skipBlanks(bytes, next + 1, end)
    }
    return at < end && byteAt(bytes, at) === closeBrace
  }

  const splitter = createLineSplitter(shared, (bytes, lineStart, end, base, next, isCut) => {
    const start = skipBlanks(bytes, lineStart, end)
    if (start >= end) {
      shared.stray(splitter.lines(), bytes, start, start)
      return
    }
    if (byteAt(bytes, start) !== openBrace) {
      shared.stray(splitter.lines(), bytes, lineStart, end)
      return
    }
    const entry = openEntry(base + lineStart, splitter.lines())
    entry.end = next
    let isWhole = false
    isInner = false
    try {
      isWhole = readObject(entry, bytes, start, end)
    } catch {
      // A string whose escapes are none of JSON's.
    }
    if (entry.severity === '' && entry.message === '' && (isWhole || entry.timeMs === undefined)) {
      shared.stray(splitter.lines(), bytes, lineStart, end)
      return
    }
    if (!isWhole && !isCut) shared.warn('cutOff', splitter.lines())
    entry.truncated = !isWhole
    if (entry.severity !== '' || entry.message !== '') shared.emit(closeEntry(entry))
  })

  return {
    format: 'jsonlog',
    lines: splitter.lines,
    prefixes: () => [],
    read: (bytes, start, end, base, last) => splitter.read(bytes, start, end, base, last),
    finish: () => {},
  }
}

const messageKey = encode('message"')

/** The content of a string that never closes; half an escape at its end is left out. */
function cutText(open: string): string {
  for (let length = open.length; length > Math.max(0, open.length - 6); length -= 1) {
    try {
      const value: unknown = JSON.parse(`${open.slice(0, length)}"`)
      if (typeof value === 'string') return value
    } catch {
      // One character less, then.
    }
  }
  return open.slice(1)
}

function skipBlanks(bytes: Uint8Array, from: number, end: number): number {
  let at = from
  for (; at < end; at += 1) {
    const byte = byteAt(bytes, at)
    if (byte !== space && byte !== tab && byte !== carriage) break
  }
  return at
}

/** Zero says that the server did not compute one. */
export function queryIdOf(text: string): string | undefined {
  return text === '' || text === '0' ? undefined : text
}

/** Success is no state worth telling. */
export function stateOf(text: string): string | undefined {
  return text === '' || text === '00000' ? undefined : text
}
