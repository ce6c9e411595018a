import type { PackedRows } from './outgoing.ts'
import type { RecordedBatch } from './protocol.ts'
import { referredTables } from './tables.ts'

/** What could not be written yet, oldest first. It may grow to a bound; beyond it the oldest rows are given up. */
export interface Backlog {
  add(batch: RecordedBatch): void
  batches(): readonly RecordedBatch[]
  /** These are on disk. */
  wrote(batches: readonly RecordedBatch[]): void
  isEmpty(): boolean
  /** Rows that were given up since the last call. */
  takeLost(): number
  clear(): void
}

/** Some ten minutes of 100 backends at 10 Hz. */
const mostBytes = 64 * 1_024 * 1_024

export function createBacklog(limitBytes = mostBytes): Backlog {
  let kept: RecordedBatch[] = []
  let bytes = 0
  let lost = 0

  function giveUpOldest(): void {
    for (const [index, batch] of kept.entries()) {
      if (bytes <= limitBytes) return
      const needed = batch.rows.filter(({ table }) => referredTables.has(table))
      if (needed.length === batch.rows.length) continue
      const left: RecordedBatch = { ...batch, rows: needed }
      kept[index] = left
      lost += countRows(batch) - countRows(left)
      bytes -= bytesOf(batch) - bytesOf(left)
    }
  }

  return {
    add(batch) {
      kept.push(batch)
      bytes += bytesOf(batch)
      giveUpOldest()
    },
    batches: () => [...kept],
    wrote(batches) {
      const written = new Set(batches)
      kept = kept.filter((batch) => !written.has(batch))
      bytes = kept.reduce((sum, batch) => sum + bytesOf(batch), 0)
    },
    isEmpty: () => kept.length === 0,
    takeLost() {
      const rows = lost
      lost = 0
      return rows
    },
    clear() {
      kept = []
      bytes = 0
      lost = 0
    },
  }
}

const countRows = ({ rows }: RecordedBatch) => rows.reduce((sum, { count }) => sum + count, 0)

function bytesOf({ rows }: RecordedBatch): number {
  return rows.reduce((sum, packed) => sum + bytesOfRows(packed), 0)
}

function bytesOfRows({ columns }: PackedRows): number {
  return Object.values(columns).reduce(
    (sum, column) =>
      sum +
      (column instanceof Float64Array
        ? column.byteLength
        : column.reduce((chars, text) => chars + 16 + 2 * (text?.length ?? 0), 0)),
    0,
  )
}
