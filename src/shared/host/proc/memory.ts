import type { Bytes } from '../../units/index.ts'
import { readNamedNumbers } from './fields.ts'

export interface MemoryReading {
  readonly totalBytes: Bytes
  readonly freeBytes: Bytes
  /** What programs can still get without swapping; estimated on kernels before 3.14. */
  readonly availableBytes: Bytes
  /** Pages of files that are kept, clean or dirty, with what the kernel can give back of its own. Without shared memory. */
  readonly cachedBytes: Bytes
  /** Shared memory and tmpfs: PostgreSQL's shared buffers are here, unless they are huge pages. */
  readonly sharedBytes: Bytes
  /** Waiting to be written to disk, or just being written. */
  readonly dirtyBytes: Bytes
  readonly swapTotalBytes: Bytes
  readonly swapUsedBytes: Bytes
  /** Set apart for huge pages, used or not; 0 where there are none. */
  readonly hugePagesBytes: Bytes
}

/**
 * `/proc/meminfo`.
 *
 * @returns `undefined` where it does not even say how much there is
 * @source proc(5), /proc/meminfo
 */
export function parseMemory(text: string): MemoryReading | undefined {
  const kilobytes = readNamedNumbers(text)
  const bytes = (name: string): Bytes => (kilobytes.get(name) ?? 0) * 1_024
  const totalBytes = bytes('MemTotal')
  if (totalBytes === 0) return undefined
  const sharedBytes = bytes('Shmem')
  const cachedBytes = Math.max(0, bytes('Cached') + bytes('Buffers') + bytes('SReclaimable') - sharedBytes)
  const freeBytes = bytes('MemFree')
  return {
    totalBytes,
    freeBytes,
    availableBytes: kilobytes.has('MemAvailable')
      ? bytes('MemAvailable')
      : Math.min(totalBytes, freeBytes + cachedBytes),
    cachedBytes,
    sharedBytes,
    dirtyBytes: bytes('Dirty') + bytes('Writeback'),
    swapTotalBytes: bytes('SwapTotal'),
    swapUsedBytes: Math.max(0, bytes('SwapTotal') - bytes('SwapFree')),
    // HugePages_Total counts pages, of Hugepagesize kB each.
    hugePagesBytes: (kilobytes.get('HugePages_Total') ?? 0) * bytes('Hugepagesize'),
  }
}

/** Pages moved between memory and swap since boot. */
export interface SwapReading {
  readonly pagesIn: number
  readonly pagesOut: number
}

/**
 * The two lines of `/proc/vmstat` that tell of swapping.
 *
 * @source proc(5), /proc/vmstat
 */
export function parseSwap(text: string): SwapReading | undefined {
  // The file has some two hundred lines: two searches are cheaper than reading them all.
  const find = (name: string): number | undefined => {
    const digits = new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1]
    return digits === undefined ? undefined : Number(digits)
  }
  const pagesIn = find('pswpin')
  const pagesOut = find('pswpout')
  return pagesIn === undefined || pagesOut === undefined ? undefined : { pagesIn, pagesOut }
}
