import type { EpochMs } from '#shared/units/index.ts'
import type { PackedRows } from './outgoing.ts'
import type { RecordedBatch } from './protocol.ts'
import { referredTables } from './tables.ts'

/** Rows that were given up, and the span that they were about. */
export interface LostRows {
  readonly rows: number
  readonly fromMs: EpochMs
  readonly toMs: EpochMs
}

/** What could not be written yet, oldest first. It may grow to a bound; beyond it the oldest rows are given up. */
export interface Backlog {
  add(batch: RecordedBatch): void
  batches(): readonly RecordedBatch[]
  /** The oldest so many are on disk. */
  wrote(count: number): void
  isEmpty(): boolean
  /** What was given up since the last call. */
  takeLost(): LostRows | undefined
  clear(): void
}

/** Some ten minutes of 100 backends at 10 Hz. */
const mostBytes = 64 * 1_024 * 1_024

export function createBacklog(limitBytes = mostBytes): Backlog {
  let kept: RecordedBatch[] = []
  let bytes = 0
  let lost: LostRows | undefined

  function giveUpOldest(): void {
    for (const [index, batch] of kept.entries()) {
      if (bytes <= limitBytes) return
      const left: RecordedBatch = {
        ...batch,
        rows: batch.rows.filter(({ table }) => referredTables.has(table)),
      }
      const given = batch.rows.filter(({ table }) => !referredTables.has(table))
      if (given.length === 0) continue
      kept[index] = left
      lost = addLost(lost, given)
      bytes -= bytesOf({ rows: given })
    }
  }

  return {
    add(batch) {
      kept.push(batch)
      bytes += bytesOf(batch)
      giveUpOldest()
    },
    batches: () => [...kept],
    wrote(count) {
      kept = kept.slice(count)
      bytes = kept.reduce((sum, batch) => sum + bytesOf(batch), 0)
    },
    isEmpty: () => kept.length === 0,
    takeLost() {
      const taken = lost
      lost = undefined
      return taken
    },
    clear() {
      kept = []
      bytes = 0
      lost = undefined
    },
  }
}

function addLost(before: LostRows | undefined, given: readonly PackedRows[]): LostRows {
  let { rows = 0, fromMs = Number.POSITIVE_INFINITY, toMs = Number.NEGATIVE_INFINITY } = before ?? {}
  for (const { count, columns } of given) {
    rows += count
    // In order of time, but for a clock that was set back.
    const moments = columns['sampled_at'] ?? []
    fromMs = Math.min(fromMs, Number(moments[0] ?? fromMs))
    toMs = Math.max(toMs, Number(moments.at(-1) ?? toMs))
  }
  return { rows, fromMs, toMs }
}

function bytesOf({ rows }: RecordedBatch): number {
  return rows.reduce((sum, packed) => sum + bytesOfRows(packed), 0)
}

function bytesOfRows({ columns }: PackedRows): number {
  return Object.values(columns).reduce(
    (sum, column) =>
      sum +
      (column instanceof Float64Array
        ? column.byteLength
        : column.reduce((size, cell) => size + 16 + bytesOfCell(cell), 0)),
    0,
  )
}

function bytesOfCell(cell: string | readonly number[] | null): number {
  return (typeof cell === 'string' ? 2 : 8) * (cell?.length ?? 0)
}
