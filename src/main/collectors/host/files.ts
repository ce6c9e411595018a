import { closeSync, openSync, readSync } from 'node:fs'
import type { EpochMs } from '#shared/units/index.ts'

/** Files by path; one that isn't there, or may not be read, is missing. */
export type FileTexts = ReadonlyMap<string, string>

/** Reads small files of one machine. */
export interface FileReader {
  read(paths: readonly string[]): Promise<{ readonly texts: FileTexts; readonly atMs: EpochMs }>
}

/** The longest that is read: `/proc/stat` of a machine with hundreds of cores and interrupts. */
const mostBytes = 512 * 1_024

/**
 * Files of this machine, read without a detour: a file of `/proc` is made in memory when it is read, in some
 * microseconds, while handing it to a thread and back takes ten times that.
 */
export function createLocalReader(now: () => EpochMs): FileReader {
  return {
    read(paths) {
      const texts = new Map<string, string>()
      const atMs = now()
      for (const path of paths) {
        const text = readSmallFile(path)
        if (text !== undefined) texts.set(path, text)
      }
      return Promise.resolve({ texts, atMs })
    },
  }
}

/** Reads are synchronous, so that one buffer serves them all. */
let buffer: Buffer | undefined

/** @returns `undefined` where it isn't there or may not be read */
export function readSmallFile(path: string): string | undefined {
  buffer ??= Buffer.allocUnsafe(mostBytes)
  let file: number | undefined
  try {
    file = openSync(path, 'r')
    let length = 0
    // Such files say that they are empty, and hand out a page or so at a time.
    for (let read = -1; read !== 0 && length < buffer.length; length += read) {
      read = readSync(file, buffer, length, buffer.length - length, null)
    }
    return buffer.toString('utf8', 0, length)
  } catch {
    // Processes end between one look and the next; some files are for their owner alone.
    return undefined
  } finally {
    if (file !== undefined) closeSync(file)
  }
}
