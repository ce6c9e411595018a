import { byteAt, carriage, feed } from './bytes.ts'
import type { ReaderShared } from './record-reader.ts'

/** Hands out the lines of a stream of bytes; one that exceeds the limit is cut, wherever the chunks end. */
export interface LineSplitter {
  read(bytes: Uint8Array, start: number, end: number, base: number, last: boolean): number
  readonly lines: () => number
}

/** @param take one line without its end; `next` is the offset in the file behind it */
export type TakeLine = (
  bytes: Uint8Array,
  start: number,
  end: number,
  base: number,
  next: number,
  isCut: boolean,
) => void

export function createLineSplitter(shared: ReaderShared, take: TakeLine): LineSplitter {
  let lineCount = 0
  /** Bytes behind the start that are known to hold no line's end. */
  let searched = 0
  /** The rest of a cut line is passed over. */
  let skipping = false

  function hand(bytes: Uint8Array, start: number, close: number, base: number, next: number): void {
    lineCount += 1
    const isCut = close - start > shared.maxEntryBytes
    if (isCut) shared.warn('tooLong', lineCount)
    let end = isCut ? start + shared.maxEntryBytes : close
    if (!isCut && end > start && byteAt(bytes, end - 1) === carriage) end -= 1
    // Told from the line alone, not from where a chunk happened to end.
    take(bytes, start, end, base, isCut ? base + end : next, isCut)
  }

  return {
    lines: () => lineCount,
    read: (bytes, from, end, base, last) => {
      let start = from
      while (start < end) {
        const found = bytes.indexOf(feed, start + searched)
        const close = found === -1 || found >= end ? -1 : found
        if (skipping) {
          searched = 0
          if (close === -1) return end
          skipping = false
          start = close + 1
          continue
        }
        if (close !== -1) {
          searched = 0
          hand(bytes, start, close, base, base + close + 1)
          start = close + 1
        } else if (end - start > shared.maxEntryBytes + 1) {
          searched = 0
          hand(bytes, start, end, base, base + end)
          skipping = true
          return end
        } else if (last) {
          hand(bytes, start, end, base, base + end)
          return end
        } else {
          searched = end - start
          return start
        }
      }
      searched = 0
      return start
    },
  }
}
