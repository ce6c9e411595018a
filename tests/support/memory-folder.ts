import { readFileSync, statfsSync } from 'node:fs'
import { freemem, tmpdir } from 'node:os'

/** Where Linux keeps files in memory. */
const memory = '/dev/shm'

/** Servers, the demo's two million rows, sessions and browsers' profiles of a run at once, several times over. */
const roomBytes = 6 * 2 ** 30

/**
 * From here on temporary folders are made in memory, in this process and in those that it starts, if there is room:
 * what tests write is thrown away, and a server's folder alone is forty megabytes in a thousand files. On a disk that
 * took half of the processor's time of tests with servers. A `TMPDIR` that somebody has set stays.
 */
export function keepTemporaryFilesInMemory(): void {
  if (process.env['TMPDIR'] === undefined && hasRoom()) process.env['TMPDIR'] = memory
}

/** For what stays from one run to the next: the usual temporary folder. */
export function lastingFolder(): string {
  return process.env['TMPDIR'] === memory ? '/tmp' : tmpdir()
}

function hasRoom(): boolean {
  if (process.platform !== 'linux') return false
  try {
    const { bavail, bsize } = statfsSync(memory)
    // Containers often give it 64 MB, and let nothing be run from it.
    const flags = readFileSync('/proc/mounts', 'utf8')
      .split('\n')
      .map((line) => line.split(' '))
      .findLast(([, place]) => place === memory)?.[3]
    return (
      flags !== undefined &&
      !/\b(ro|noexec)\b/.test(flags) &&
      Math.min(bavail * bsize, freemem()) >= roomBytes
    )
  } catch {
    return false
  }
}
