import { formatCount } from '#shared/units/index.ts'
import type { LogEntry, LogFormat } from './log-entry.ts'
import { decode, encode } from './read/bytes.ts'
import { createClock } from './read/clock.ts'
import { createCsvReader } from './read/csv-reader.ts'
import { detectionBytes, detectLogFormat } from './read/detect-format.ts'
import { createJsonReader } from './read/json-reader.ts'
import type { ReaderShared, RecordReader, Trouble } from './read/record-reader.ts'
import { createStderrReader } from './read/stderr-reader.ts'

export interface LogReaderOptions {
  /** Told from the first bytes unless given. */
  readonly format?: LogFormat | undefined
  /** The server's `log_line_prefix`; told from the lines unless given. */
  readonly linePrefix?: string | undefined
  /** Texts of one entry are cut here: 64 MiB unless told. */
  readonly maxEntryBytes?: number | undefined
  /** Offset in the file of the first byte that comes, for reading a part again. */
  readonly startOffset?: number | undefined
  /** Takes each line that belongs to no entry, as of what somebody pasted between them: no warning counts it then. */
  readonly onStrayLine?: ((text: string, line: number) => void) | undefined
}

/** Reads one log, however large, in pieces of any size; holds no more than the entries that are still open. */
export interface LogReader {
  /** Takes the next piece, cut anywhere, even inside of a character; gives the entries that it completed. */
  push(chunk: Uint8Array | string): readonly LogEntry[]
  /** Nothing follows: gives what is still open. */
  end(): readonly LogEntry[]
  /** Undefined while too little was read, and for what is no server log. */
  readonly format: () => LogFormat | undefined
  readonly bytes: () => number
  readonly lines: () => number
  readonly entries: () => number
  /** `log_line_prefix` as it was made out, the last used first; `%?` is a field of unknown meaning. */
  readonly prefixes: () => readonly string[]
  /** What could not be read as it stands, a sentence each. */
  readonly warnings: () => readonly string[]
}

const usualMaxEntryBytes = 64 * 1024 * 1024
const nothing: readonly LogEntry[] = []

const told: Readonly<Record<Trouble, (count: string, line: string, limit: string) => string>> = {
  tooLong: (count, line, limit) =>
    `${count} too long: only the first ${limit} MiB were kept (the first on line ${line}).`,
  strange: (count, line) => `${count} outside of any entry, and passed over (the first on line ${line}).`,
  cutOff: (count, line) => `${count} cut off, and read as far as they go (the first on line ${line}).`,
}

/**
 * Makes a reader of a server's log: stderr with any `log_line_prefix`, syslog, csvlog or jsonlog.
 *
 * Never throws on what it reads. Ask `format()` after `end()`: where it is undefined, the file is no server log.
 *
 * @source PostgreSQL manual, "Error Reporting and Logging"
 */
export function createLogReader(options: LogReaderOptions = {}): LogReader {
  const maxEntryBytes = options.maxEntryBytes ?? usualMaxEntryBytes
  const clock = createClock()
  const troubles = new Map<Trouble, { count: number; readonly line: number }>()
  let ready: LogEntry[] = []
  let entryCount = 0
  let byteCount = options.startOffset ?? 0
  let reader: RecordReader | undefined
  let hasBegun = false
  /** Bytes that no record was completed from yet, with room to grow; `base` is the offset of the first. */
  let kept = new Uint8Array(0)
  let keptLength = 0
  let base = byteCount

  function warn(what: Trouble, line: number): void {
    const known = troubles.get(what)
    if (known === undefined) troubles.set(what, { count: 1, line })
    else known.count += 1
  }
  const shared: ReaderShared = {
    maxEntryBytes,
    emit: (entry) => {
      entryCount += 1
      ready.push(entry)
    },
    warn,
    stray: (line, bytes, start, end) => {
      if (options.onStrayLine !== undefined) options.onStrayLine(decode(bytes, start, end), line)
      else if (end > start) warn('strange', line)
    },
  }

  function open(format: LogFormat): RecordReader {
    if (format === 'csvlog') return createCsvReader(shared, clock)
    if (format === 'jsonlog') return createJsonReader(shared, clock)
    return createStderrReader(shared, clock, { format, linePrefix: options.linePrefix })
  }

  /** Adds to what is kept; room doubles, so that a long entry in small pieces is not copied over and over. */
  function keep(chunk: Uint8Array): void {
    const needed = keptLength + chunk.length
    if (needed > kept.length) {
      const wider = new Uint8Array(Math.max(needed, kept.length * 2))
      wider.set(kept.subarray(0, keptLength))
      kept = wider
    }
    kept.set(chunk, keptLength)
    keptLength = needed
  }

  function read(last: boolean): void {
    const bytes = kept.subarray(0, keptLength)
    if (reader === undefined) {
      if (keptLength < detectionBytes && !last && options.format === undefined) return
      const assumed = options.linePrefix === undefined ? undefined : 'stderr'
      const format = options.format ?? detectLogFormat(bytes) ?? assumed
      if (format === undefined) {
        // No log: nothing is kept, so that garbage of any size stays cheap.
        if (!last) drop(keptLength)
        return
      }
      reader = open(format)
    }
    // A mark of the byte order, as some editors leave at the start.
    const from = !hasBegun && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
    hasBegun = true
    drop(reader.read(bytes, from, keptLength, base, last))
  }

  function drop(count: number): void {
    if (count === 0) return
    kept.copyWithin(0, count, keptLength)
    keptLength -= count
    base += count
    // The room that a huge entry needed is given back.
    if (kept.length > 4 * 1024 * 1024 && keptLength < kept.length / 8) kept = kept.slice(0, keptLength)
  }

  function handOut(): readonly LogEntry[] {
    if (ready.length === 0) return nothing
    const entries = ready
    ready = []
    return entries
  }

  const count = (what: Trouble, number: number): string => {
    const noun = what === 'strange' ? 'line' : 'entr'
    if (number === 1) return what === 'strange' ? '1 line was' : '1 entry was'
    return `${formatCount(number)} ${noun}${what === 'strange' ? 's' : 'ies'} were`
  }

  return {
    push: (chunk) => {
      const bytes = typeof chunk === 'string' ? encode(chunk) : chunk
      byteCount += bytes.length
      keep(bytes)
      read(false)
      return handOut()
    },
    end: () => {
      read(true)
      reader?.finish()
      return handOut()
    },
    format: () => reader?.format,
    bytes: () => byteCount - (options.startOffset ?? 0),
    lines: () => reader?.lines() ?? 0,
    entries: () => entryCount,
    prefixes: () => reader?.prefixes() ?? [],
    warnings: () => [
      ...[...troubles].map(([what, { count: number, line }]) =>
        told[what](count(what, number), formatCount(line), formatCount(maxEntryBytes / 1024 / 1024)),
      ),
      ...[...clock.unknownZones].map(
        (zone) => `The time zone “${zone}” is unknown; its times were taken as UTC.`,
      ),
    ],
  }
}
