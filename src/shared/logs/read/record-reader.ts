import type { LogEntry, LogFormat } from '../log-entry.ts'

/** What the readers of all formats share. */
export interface ReaderShared {
  readonly maxEntryBytes: number
  readonly emit: (entry: LogEntry) => void
  /** Said once each, however often it happens; `count` grows. */
  readonly warn: (what: Trouble, line: number) => void
  /** What stands outside of any entry. */
  readonly stray: (line: number, bytes: Uint8Array, start: number, end: number) => void
}

/** Troubles that a log may have; each is one warning with its count and its first line. */
export type Trouble = 'tooLong' | 'strange' | 'cutOff'

/** Reads one format. Keeps what it needs between calls; never keeps the bytes. */
export interface RecordReader {
  readonly format: LogFormat
  /**
   * Reads whole records from `start` on.
   * @param base offset of `bytes[0]` in the file
   * @param last nothing follows: take what is there
   * @returns first byte that is still needed
   */
  read(bytes: Uint8Array, start: number, end: number, base: number, last: boolean): number
  /** Hands out what is still open. */
  finish(): void
  /** Lines seen so far. */
  readonly lines: () => number
  /** Prefixes of lines that were made out, the most used first; empty for csvlog and jsonlog. */
  readonly prefixes: () => readonly string[]
}
