import type { RecordedTable } from './tables.ts'

/** `undefined` becomes NULL. Moments are epoch milliseconds. */
export type OutgoingCell = number | string | readonly number[] | undefined
export type ColumnKind = 'number' | 'text' | 'numbers'

/**
 * Rows on their way to a table, as columns: cloning an object for each row between threads would stall both. NaN in a
 * column of numbers is NULL.
 */
export interface PackedRows {
  readonly table: RecordedTable
  readonly count: number
  readonly columns: Readonly<Record<string, PackedColumn>>
}

/** Numbers, or texts and lists of numbers. */
export type PackedColumn = Float64Array | readonly (string | readonly number[] | null)[]

export interface OutgoingRows {
  /** In the order in which the columns were named. */
  add(...cells: readonly OutgoingCell[]): void
}

/** Everything that has been taken in and is not yet on its way to the file. */
export interface Outgoing {
  /** Where rows of a table are added; each table has one. */
  rows(table: RecordedTable, columns: Readonly<Record<string, ColumnKind>>): OutgoingRows
  isEmpty(): boolean
  /** Takes all of it out; tables in the order in which they were named first. */
  take(): readonly PackedRows[]
}

interface Builder extends OutgoingRows {
  count(): number
  take(): PackedRows
}

export function createOutgoing(): Outgoing {
  const builders: Builder[] = []
  return {
    rows(table, columns) {
      const builder = createBuilder(table, columns)
      builders.push(builder)
      return builder
    },
    isEmpty: () => builders.every((builder) => builder.count() === 0),
    take: () => builders.filter((builder) => builder.count() > 0).map((builder) => builder.take()),
  }
}

function createBuilder(table: RecordedTable, kinds: Readonly<Record<string, ColumnKind>>): Builder {
  const names = Object.keys(kinds)
  let columns = names.map((name) => createColumn(kinds[name] ?? 'number'))
  let count = 0
  return {
    count: () => count,
    add(...cells) {
      for (const [index, column] of columns.entries()) column.add(cells[index])
      count += 1
    },
    take() {
      const taken: PackedRows = {
        table,
        count,
        columns: Object.fromEntries(columns.map((column, index) => [names[index] ?? '', column.values()])),
      }
      columns = names.map((name) => createColumn(kinds[name] ?? 'number'))
      count = 0
      return taken
    },
  }
}

interface Column {
  add(cell: OutgoingCell): void
  values(): PackedColumn
}

function createColumn(kind: ColumnKind): Column {
  if (kind === 'text') {
    const texts: (string | null)[] = []
    return {
      add: (cell) => texts.push(typeof cell === 'string' ? cell.toWellFormed() : null),
      values: () => texts,
    }
  }
  if (kind === 'numbers') {
    const lists: (readonly number[] | null)[] = []
    return {
      add: (cell) => lists.push(typeof cell === 'object' ? cell : null),
      values: () => lists,
    }
  }
  let numbers = new Float64Array(256)
  let count = 0
  return {
    add(cell) {
      if (count === numbers.length) {
        const larger = new Float64Array(2 * count)
        larger.set(numbers)
        numbers = larger
      }
      numbers[count] = typeof cell === 'number' ? cell : Number.NaN
      count += 1
    },
    values: () => numbers.slice(0, count),
  }
}
