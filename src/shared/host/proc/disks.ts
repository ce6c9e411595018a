import type { Bytes, Milliseconds } from '../../units/index.ts'
import { splitFields, splitLines, wholeNumber } from './fields.ts'
import { growthOf } from './growth.ts'

/** One block device since boot. */
export interface DiskReading {
  readonly name: string
  /** `major:minor`, as the system numbers devices. */
  readonly device: string
  readonly reads: number
  readonly readBytes: Bytes
  /** Summed over operations: two that take 5 ms at the same time are 10 ms. */
  readonly readMs: Milliseconds
  readonly writes: number
  readonly writtenBytes: Bytes
  readonly writeMs: Milliseconds
  /** With at least one operation under way. */
  readonly busyMs: Milliseconds
  /** Operations under way × time: divided by a span, the average queue. */
  readonly queueMs: Milliseconds
}

/** The kernel counts sectors of 512 bytes here, whatever the device's own are. */
const sectorBytes: Bytes = 512

/**
 * Devices of `/proc/diskstats`: whole disks and what is built of them (LVM, RAID), without partitions, loops and RAM
 * disks. Those that have never done anything are left out.
 *
 * @source Documentation/admin-guide/iostats.rst
 */
export function parseDisks(text: string): readonly DiskReading[] {
  const lines = splitLines(text).map(splitFields)
  const names = new Set(lines.map(([, , name = '']) => name))
  return lines.flatMap((fields): DiskReading[] => {
    const disk = toDisk(fields)
    if (disk === undefined || isNoDisk(disk.name) || isPartition(disk.name, names)) return []
    return disk.reads + disk.writes > 0 ? [disk] : []
  })
}

function toDisk([major, minor, name, ...values]: readonly string[]): DiskReading | undefined {
  const numbers = values.map(wholeNumber)
  // Partitions of kernels before 2.6.25 have four fields; they are of no use here.
  if (name === undefined || numbers.length < 11) return undefined
  if (numbers.slice(0, 11).some((number) => number === undefined)) return undefined
  const at = (index: number): number => numbers[index] ?? 0
  return {
    name,
    device: `${major}:${minor}`,
    reads: at(0),
    readBytes: at(2) * sectorBytes,
    readMs: at(3),
    writes: at(4),
    writtenBytes: at(6) * sectorBytes,
    writeMs: at(7),
    busyMs: at(9),
    queueMs: at(10),
  }
}

function isNoDisk(name: string): boolean {
  return /^(loop|ram|zram|sr|fd|nbd)\d+$/.test(name)
}

/** `sda1` of `sda`; `nvme0n1p2` of `nvme0n1`: where the disk's own name ends in a digit, a `p` stands between. */
function isPartition(name: string, names: ReadonlySet<string>): boolean {
  const afterDigit = /^(.*\d)p\d+$/.exec(name)?.[1]
  if (afterDigit !== undefined && names.has(afterDigit)) return true
  const afterLetter = /^(.*[a-z])\d+$/.exec(name)?.[1]
  return afterLetter !== undefined && names.has(afterLetter)
}

/** What a disk did between two readings; no figure is negative. */
export function diffDisk(before: DiskReading, now: DiskReading): Omit<DiskReading, 'name' | 'device'> {
  const grown = (key: Exclude<keyof DiskReading, 'name' | 'device'>): number =>
    growthOf(before[key], now[key])
  return {
    reads: grown('reads'),
    readBytes: grown('readBytes'),
    readMs: grown('readMs'),
    writes: grown('writes'),
    writtenBytes: grown('writtenBytes'),
    writeMs: grown('writeMs'),
    busyMs: grown('busyMs'),
    queueMs: grown('queueMs'),
  }
}
