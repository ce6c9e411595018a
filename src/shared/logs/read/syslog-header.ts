import { byteAt, colon, encode, findByte, readInteger, skipDigits, space, startsWith } from './bytes.ts'
import type { LogClock } from './clock.ts'

/** What syslog puts before each line: `Nov 20 17:08:09 host postgres[123]: [5-1] `. */
export interface SyslogHeader {
  /** Where the server's own line begins; the line's start, if there is no header. */
  skip(bytes: Uint8Array, start: number, end: number): number
  /** Of the last line: it is not the first one of its message. */
  readonly isLater: () => boolean
  readonly pid: () => number | undefined
  /** Only of headers that name the year. */
  readonly timeMs: () => number | undefined
}

const octothorpe = encode('#011')

/** A tab, as it is or as syslog daemons spell it. */
export const plainTabs = {
  isAt: (bytes: Uint8Array, at: number, end: number): boolean => startsWith(bytes, at, end, octothorpe),
  lengthAt: (bytes: Uint8Array, at: number): number => (byteAt(bytes, at) === octothorpe[0] ? 4 : 1),
}

const [less, greater, open, close, minus] = [60, 62, 91, 93, 45] as const
/** Header of a line at most. */
const longestHeader = 300

/** @source PostgreSQL: write_syslog in src/backend/utils/error/elog.c; RFC 3164, RFC 5424 */
export function createSyslogHeader(clock: LogClock): SyslogHeader {
  let pid: number | undefined
  let timeMs: number | undefined
  let chunk = 1

  /** `[5-1] `: the number of the message, and of the line in it. */
  function skipSequence(bytes: Uint8Array, start: number, end: number): number {
    chunk = 1
    if (byteAt(bytes, start) !== open) return start
    const dash = skipDigits(bytes, start + 1, end)
    if (dash === start + 1 || byteAt(bytes, dash) !== minus) return start
    const bracket = skipDigits(bytes, dash + 1, end)
    if (byteAt(bytes, bracket) !== close) return start
    chunk = readInteger(bytes, dash + 1, bracket) ?? 1
    return byteAt(bytes, bracket + 1) === space ? bracket + 2 : bracket + 1
  }

  return {
    pid: () => pid,
    timeMs: () => timeMs,
    isLater: () => chunk > 1,
    skip: (bytes, start, end) => {
      const limit = Math.min(end, start + longestHeader)
      const from = byteAt(bytes, start) === less ? findByte(bytes, greater, start, limit) + 1 : start
      timeMs = clock.readTime(bytes, from, limit) === -1 ? undefined : clock.timeMs()
      for (
        let at = findByte(bytes, open, from, limit);
        at !== -1;
        at = findByte(bytes, open, at + 1, limit)
      ) {
        const bracket = skipDigits(bytes, at + 1, limit)
        if (bracket === at + 1 || byteAt(bytes, bracket) !== close || byteAt(bytes, bracket + 1) !== colon)
          continue
        pid = readInteger(bytes, at + 1, bracket)
        const text = byteAt(bytes, bracket + 2) === space ? bracket + 3 : bracket + 2
        return skipSequence(bytes, text, end)
      }
      return start
    },
  }
}

/** True for a line with a header of syslog: a month or an ISO time, then a program with its process id. */
export function hasSyslogHeader(line: string): boolean {
  return /^(?:<\d{1,3}>)?(?:\d )?(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\S*) \S+ \S+?\[\d+\]: /.test(
    line,
  )
}
