import type { TextValue } from '#main/targets/index.ts'

/**
 * What was read last of each entry, in a form that a query can compare with what is there now, so that the server sends
 * the few entries that changed instead of thousands.
 *
 * A table of 4-byte slots: an entry's slot comes from the upper half of its `entry_hash` (which the query computes from
 * role, database, query id and top level), and holds the lower half mixed with `calls + plans`, one of which grows with
 * anything that is counted. Where two entries share a slot, one of them is sent without need. An entry whose change is
 * missed, at one in four thousand million, is sent at its next change.
 */
export interface KnownEntries {
  /** Remembers what was read of an entry. */
  put(entryHash: string, callsAndPlans: number): void
  /** Forgets everything. */
  clear(): void
  /** The query's two parameters. */
  parameters(): readonly [table: TextValue, mask: TextValue]
}

const leastSlots = 1_024
const slotBytes = 4
/** More slots than entries, so that few share one. */
const slotsPerEntry = 3

export function createKnownEntries(): KnownEntries {
  const entries = new Map<string, number>()
  let table = Buffer.alloc(leastSlots * slotBytes)

  function write(entryHash: string, callsAndPlans: number): void {
    const hash = BigInt(entryHash)
    const mask = BigInt(table.length / slotBytes - 1)
    const slot = Number((hash >> 32n) & mask)
    const value = BigInt.asUintN(32, hash ^ (hash >> 32n) ^ BigInt(callsAndPlans))
    table.writeUInt32BE(Number(value), slot * slotBytes)
  }

  return {
    put(entryHash, callsAndPlans) {
      entries.set(entryHash, callsAndPlans)
      if (entries.size * slotsPerEntry > table.length / slotBytes) {
        table = Buffer.alloc(table.length * 2)
        for (const [known, count] of entries) write(known, count)
      } else write(entryHash, callsAndPlans)
    },
    clear() {
      entries.clear()
      table = Buffer.alloc(leastSlots * slotBytes)
    },
    parameters: () => [`\\x${table.toString('hex')}`, String(table.length / slotBytes - 1)],
  }
}

/** The parameters with which every entry is returned. */
export const nothingKnown: readonly [TextValue, TextValue] = ['\\x', '0']
