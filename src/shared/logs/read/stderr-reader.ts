import type { LogFormat } from '../log-entry.ts'
import { byteAt, createInterner, decode, readInteger, tab } from './bytes.ts'
import type { LogClock } from './clock.ts'
import type { Wrapping } from './freed-line.ts'
import { keywordAt, type PartWord, textAfter } from './keywords.ts'
import { createLineSplitter } from './lines.ts'
import { closeEntry, named, type OpenEntry, openEntry } from './open-entry.ts'
import { createPrefixMatch, endOf, placeOf } from './prefix.ts'
import { createPrefixFinder } from './prefix-finder.ts'
import type { ReaderShared, RecordReader } from './record-reader.ts'
import { createSyslogHeader, plainTabs } from './syslog-header.ts'
import { detectWrapping } from './wrapping.ts'

/** Entries of other processes that may stand between the lines of one entry. */
const openLimit = 8

type TextField = 'message' | 'detail' | 'hint' | 'context' | 'statement'

const fieldOfPart: Readonly<Record<PartWord, TextField | undefined>> = {
  DETAIL: 'detail',
  HINT: 'hint',
  CONTEXT: 'context',
  STATEMENT: 'statement',
  QUERY: undefined,
  LOCATION: undefined,
  BACKTRACE: undefined,
}

interface Pending {
  readonly entry: OpenEntry
  /** The text that further lines belong to; undefined passes them over. */
  field: TextField | undefined
  bytesKept: number
  isClosed: boolean
}

const letter = (text: string): number => text.charCodeAt(0)
const [pidLetter, userLetter, databaseLetter, applicationLetter, stateLetter, queryLetter] = [
  letter('p'),
  letter('u'),
  letter('d'),
  letter('a'),
  letter('e'),
  letter('Q'),
] as const
const leadingTabs = /\r?\n\t?/g

/**
 * Reads what goes to standard error, and the same out of syslog: a prefix, a keyword, a text that goes on in lines
 * that begin with a tab, and further lines (`DETAIL`, `STATEMENT` …) of the same process.
 *
 * @source PostgreSQL: send_message_to_server_log and write_syslog in src/backend/utils/error/elog.c
 */
export function createStderrReader(
  shared: ReaderShared,
  clock: LogClock,
  options: { readonly format: 'stderr' | 'syslog'; readonly linePrefix: string | undefined },
): RecordReader {
  const format: LogFormat = options.format
  const header = format === 'syslog' ? createSyslogHeader(clock) : undefined
  let wrapping: Wrapping | undefined
  const finder = createPrefixFinder(clock, options.linePrefix)
  const match = createPrefixMatch()
  const intern = createInterner()
  const open: Pending[] = []
  /** Whoever said the last line, with the bytes of its text that are not decoded yet. */
  let current: Pending | undefined
  let rangeStart = 0
  let rangeEnd = 0
  let rangeBytes: Uint8Array | undefined

  /** Decodes what was gathered of the current text. */
  function settle(): void {
    if (rangeBytes === undefined || current?.field === undefined) {
      rangeBytes = undefined
      return
    }
    const { entry, field } = current
    const room = Math.max(0, shared.maxEntryBytes - current.bytesKept)
    const end = Math.min(rangeEnd, rangeStart + room)
    if (end < rangeEnd && !entry.truncated) {
      entry.truncated = true
      shared.warn('tooLong', entry.line)
    }
    current.bytesKept += end - rangeStart
    const text = decode(rangeBytes, rangeStart, end)
    const plain = text.includes('\n') ? text.replaceAll(leadingTabs, '\n') : text
    const known = entry[field]
    entry[field] = known === undefined ? plain : known + plain
    rangeBytes = undefined
  }

  function flush(limit: number): void {
    while (open.length > 0 && (open.length > limit || open[0]?.isClosed === true)) {
      const pending = open.shift()
      if (pending === undefined) return
      if (pending === current) settle()
      if (pending === current) current = undefined
      shared.emit(closeEntry(pending.entry))
    }
  }

  function place(code: number, bytes: Uint8Array): string | undefined {
    const start = placeOf(match, code)
    return start < 0 ? undefined : intern(bytes, start, endOf(match, code))
  }

  function begin(bytes: Uint8Array, severity: string, offset: number, pid: number | undefined): Pending {
    settle()
    for (const pending of open) if (pending.entry.pid === pid) pending.isClosed = true
    flush(openLimit)
    const entry = openEntry(offset, splitter.lines())
    entry.severity = severity
    entry.timeMs = match.timeMs ?? header?.timeMs()
    entry.pid = pid
    entry.user = named(place(userLetter, bytes) ?? '')
    entry.database = named(place(databaseLetter, bytes) ?? '')
    entry.application = named(place(applicationLetter, bytes) ?? '')
    const state = place(stateLetter, bytes)
    if (state !== undefined && state !== '00000') entry.sqlState = state
    const queryId = place(queryLetter, bytes)
    if (queryId !== '0') entry.queryId = queryId
    const pending: Pending = { entry, field: 'message', bytesKept: 0, isClosed: false }
    open.push(pending)
    return pending
  }

  function findOpen(pid: number | undefined): Pending | undefined {
    for (let at = open.length - 1; at >= 0; at -= 1) {
      const pending = open[at]
      if (pending !== undefined && !pending.isClosed && pending.entry.pid === pid) return pending
    }
    return undefined
  }

  /** Appends a line to the current text: by widening the range where it lies behind, else as a text of its own. */
  function extend(bytes: Uint8Array, start: number, end: number, separator: string): void {
    if (current?.field === undefined) return
    if (rangeBytes === bytes && header === undefined && wrapping === undefined) {
      rangeEnd = end
      return
    }
    settle()
    const { entry, field } = current
    entry[field] = (entry[field] ?? '') + separator
    rangeStart = start
    rangeEnd = end
    rangeBytes = bytes
  }

  function continueEntry(bytes: Uint8Array, start: number, end: number, next: number): void {
    if (current === undefined) {
      shared.stray(splitter.lines(), bytes, start, end)
      return
    }
    const isTabbed =
      byteAt(bytes, start) === tab || (header !== undefined && plainTabs.isAt(bytes, start, end))
    const from = isTabbed && end > start ? start + plainTabs.lengthAt(bytes, start) : start
    // A numbered line of syslog without a tab is the rest of one that was too long for it.
    extend(bytes, from, end, header?.isLater() !== true || isTabbed ? '\n' : '')
    current.entry.end = next
  }

  const splitter = createLineSplitter(shared, (lineBytes, lineStart, lineEnd, base, next, isCut) => {
    if (splitter.lines() === 1 && header === undefined)
      wrapping = detectWrapping(lineBytes, lineStart, lineEnd)
    let [bytes, start, end] = [lineBytes, lineStart, lineEnd]
    if (header !== undefined) start = header.skip(bytes, start, end)
    else if (wrapping !== undefined) {
      const freed = wrapping.free(bytes, start, end)
      if (freed === undefined) return
      ;({ bytes, start, end } = freed)
    }
    const isTabbed =
      byteAt(bytes, start) === tab || (header !== undefined && plainTabs.isAt(bytes, start, end))
    const begins = !isTabbed && start < end && finder.find(bytes, start, end, match)
    const keyword = begins ? keywordAt(bytes, match.end, end) : undefined
    // Syslog numbers the lines of a message: a severity in a later one is part of a text.
    if (keyword === undefined || (keyword.part === undefined && header?.isLater() === true)) {
      if (header !== undefined) {
        const pending = findOpen(header.pid())
        if (pending !== current) {
          settle()
          current = pending
        }
      }
      continueEntry(bytes, start, end, next)
      if (isCut) settle()
      return
    }
    const pidStart = placeOf(match, pidLetter)
    const pid =
      (pidStart < 0 ? undefined : readInteger(bytes, pidStart, endOf(match, pidLetter))) ?? header?.pid()
    if (keyword.part === undefined) {
      const pending = begin(bytes, keyword.word, base + lineStart, pid)
      current = pending
      if (isCut) pending.entry.truncated = true
    } else {
      settle()
      current = findOpen(pid)
      if (current === undefined) {
        shared.stray(splitter.lines(), bytes, lineStart, end)
        return
      }
      current.field = fieldOfPart[keyword.part]
    }
    current.entry.end = next
    rangeStart = textAfter(bytes, match.end, end, keyword)
    rangeEnd = end
    rangeBytes = bytes
    // What was left out behind a cut line must not become part of the range.
    if (isCut) settle()
  })

  return {
    format,
    lines: splitter.lines,
    prefixes: finder.formats,
    read: (bytes, start, end, base, last) => {
      const next = splitter.read(bytes, start, end, base, last)
      // The bytes move on; their text is kept.
      settle()
      return next
    },
    finish: () => {
      settle()
      flush(0)
    },
  }
}
