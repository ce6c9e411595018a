import type { Bytes } from '#shared/units/index.ts'

/** An entry of the array that is sorted: pointer, first key, flag. */
const entryBytes = 24

/** A tape keeps no more of a row's head than its length. */
const headBytes = 6
/** Each block of a tape says where the next one is. */
const tapeOverhead = 1.01
/** A number alone, its length before it: nothing of it stands outside the array. */
const loneValueBytes = 12.3

/** What stands around the rows. */
const margin = 1.05

const nextPowerOfTwo = (value: number): number => 2 ** Math.ceil(Math.log2(Math.max(1, value)))

/** A row's own chunk of memory; see `sortBytes`. */
function chunkBytes(packedBytes: number, isRecent: boolean): number {
  if (!isRecent) return nextPowerOfTwo(packedBytes + headBytes) + 16
  return packedBytes <= loneValueBytes ? 0 : Math.ceil((packedBytes + headBytes) / 8) * 8
}

/**
 * Memory that a sort of rows takes which took `diskBytes` on tape.
 *
 * On tape rows lie packed. In memory each has an entry in an array, which grows by doubling as long as there is room and
 * by what is left in the end, and a chunk of its own: up to PostgreSQL 14 rounded up to a power of two behind a header of
 * 16 bytes, in 18 packed to 8 bytes. Measured with 100,000 rows of six shapes on servers 14 and 18: the least work_mem
 * that holds them lies within 5 % below this.
 *
 * @param isRecent the server is known to be 18 or later; unknown counts as old, which asks for more
 * @source PostgreSQL, tuplesort.h (SortTuple), tuplesort.c (grow_memtuples), tuplesortvariants.c (writetup_heap), aset.c, bump.c
 */
export function sortBytes(rows: number, diskBytes: Bytes, isRecent: boolean): Bytes {
  if (rows < 1) return diskBytes * 3
  return rows * (chunkBytes(diskBytes / rows / tapeOverhead, isRecent) + entryBytes) * margin
}
