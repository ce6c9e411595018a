import { cutText } from '#shared/statements/index.ts'
import type { Bytes } from '#shared/units/index.ts'

/** One row is one entry; `null` is SQL NULL. */
export type Row = readonly (string | null)[]

/**
 * Rows as packed bytes: a hundred thousand rows are a few large buffers instead of a million small strings, so that
 * their size is known, they cost the garbage collector nothing, and all of them go at once.
 */
export interface RowStore {
  readonly rows: number
  readonly bytes: Bytes
  add(rows: readonly Row[]): void
  /** One row, with long cells cut (never inside a character) and their full length in UTF-16 units. */
  row(index: number, maxCellChars: number): CutRow | undefined
  /** One cell, `undefined` where there is none. */
  cell(row: number, column: number): string | null | undefined
  clear(): void
}

export interface CutRow {
  readonly values: Row
  readonly cut: readonly { readonly column: number; readonly chars: number }[]
}

interface Chunk {
  readonly firstRow: number
  readonly rows: number
  readonly text: Buffer
  /** End of each cell in `text`; NULL is the end before, with the top bit set. */
  readonly ends: Uint32Array
  /** Lengths in UTF-16 units of cells beyond `longCellChars`, by place in `ends`. */
  readonly longCells: ReadonlyMap<number, number>
}

/** The length of shorter cells is found by decoding them. */
const longCellChars = 1_024
/** UTF-8 takes at most so many bytes for one UTF-16 unit. */
const maxUnitBytes = 3

const nullBit = 0x8000_0000

export function createRowStore(columns: () => number): RowStore {
  let chunks: Chunk[] = []
  let count = 0
  let bytes = 0

  function chunkOf(row: number): Chunk | undefined {
    let low = 0
    let high = chunks.length - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const chunk = chunks[middle]
      if (chunk === undefined) return undefined
      if (row < chunk.firstRow) high = middle - 1
      else if (row >= chunk.firstRow + chunk.rows) low = middle + 1
      else return chunk
    }
    return undefined
  }

  function read(chunk: Chunk, cell: number, maxChars = Number.POSITIVE_INFINITY): string | null {
    const end = chunk.ends[cell] ?? 0
    if (end >= nullBit) return null
    const start = cell === 0 ? 0 : (chunk.ends[cell - 1] ?? 0) % nullBit
    if ((chunk.longCells.get(cell) ?? 0) <= maxChars) return chunk.text.toString('utf8', start, end)
    return cutText(
      chunk.text.toString('utf8', start, Math.min(end, start + (maxChars + 1) * maxUnitBytes)),
      maxChars,
    )
  }

  return {
    get rows() {
      return count
    },
    get bytes() {
      return bytes
    },
    add(rows) {
      if (rows.length === 0) return
      const chunk = packRows(rows, count, columns())
      chunks.push(chunk)
      count += rows.length
      bytes += chunk.text.byteLength + chunk.ends.byteLength
    },
    row(index, maxCellChars) {
      const chunk = chunkOf(index)
      if (chunk === undefined) return undefined
      const first = (index - chunk.firstRow) * columns()
      const values = Array.from({ length: columns() }, (_, column) =>
        read(chunk, first + column, maxCellChars),
      )
      const cut = values.flatMap((_, column) => {
        const chars = chunk.longCells.get(first + column) ?? 0
        return chars > maxCellChars ? [{ column, chars }] : []
      })
      return { values, cut }
    },
    cell(row, column) {
      const chunk = chunkOf(row)
      if (chunk === undefined || column < 0 || column >= columns()) return undefined
      return read(chunk, (row - chunk.firstRow) * columns() + column)
    },
    clear() {
      chunks = []
      count = 0
      bytes = 0
    },
  }
}

function packRows(rows: readonly Row[], firstRow: number, columns: number): Chunk {
  const ends = new Uint32Array(rows.length * columns)
  const longCells = new Map<number, number>()
  let end = 0
  let cell = 0
  for (const row of rows) {
    for (let column = 0; column < columns; column += 1) {
      const value = row[column] ?? null
      if (value !== null) end += Buffer.byteLength(value)
      if (value !== null && value.length > longCellChars) longCells.set(cell, value.length)
      ends[cell] = value === null ? end + nullBit : end
      cell += 1
    }
  }
  const text = Buffer.allocUnsafeSlow(end)
  let at = 0
  for (const row of rows) {
    for (let column = 0; column < columns; column += 1) {
      const value = row[column]
      if (value !== null && value !== undefined) at += text.write(value, at)
    }
  }
  return { firstRow, rows: rows.length, text, ends, longCells }
}
