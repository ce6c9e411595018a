import type { ReactNode } from 'react'

/** A column of a data table; figures and texts come from the row, so that sorting and copying need no screen. */
export interface DataColumn<Row> {
  readonly id: string
  readonly title: string
  /** Where the value comes from and what it means, shown on hover of the head. */
  readonly origin: string
  /** A CSS track size: `80px`, `minmax(160px, 1fr)`. */
  readonly width: string
  /** Figures stand on the right, and sort largest first. */
  readonly numeric?: boolean
  /** What rows are sorted by; `undefined` comes last in either direction. Absent = the text. */
  readonly sortBy?: (row: Row) => number | string | undefined
  /** As it is copied, and shown unless `render` says otherwise. */
  readonly text: (row: Row) => string
  readonly render?: (row: Row) => ReactNode
}

export interface SortOrder {
  readonly columnId: string
  readonly descending: boolean
}

/** The order that a click on a column's head asks for: figures largest first, texts from A on; a second click turns it. */
export function nextOrder<Row>(
  columns: readonly DataColumn<Row>[],
  current: SortOrder,
  columnId: string,
): SortOrder {
  if (current.columnId === columnId) return { columnId, descending: !current.descending }
  return { columnId, descending: columns.find(({ id }) => id === columnId)?.numeric === true }
}

/** Rows in order; rows without a value come last, and equal ones keep their places. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly DataColumn<Row>[],
  { columnId, descending }: SortOrder,
): readonly Row[] {
  const column = columns.find(({ id }) => id === columnId)
  if (column === undefined) return rows
  const { sortBy = column.text } = column
  const keyed = rows.map((row) => ({ row, key: sortBy(row) }))
  const sign = descending ? -1 : 1
  keyed.sort((a, b) => {
    if (a.key === undefined || b.key === undefined) {
      return a.key === b.key ? 0 : a.key === undefined ? 1 : -1
    }
    if (typeof a.key === 'number' && typeof b.key === 'number') return sign * (a.key - b.key)
    const [left, right] = [String(a.key), String(b.key)]
    return left === right ? 0 : sign * (left < right ? -1 : 1)
  })
  return keyed.map(({ row }) => row)
}

/** Head and rows as tab-separated text, as spreadsheets take it. */
export function toTsv<Row>(rows: readonly Row[], columns: readonly DataColumn<Row>[]): string {
  const clean = (text: string) => text.replaceAll(/[\t\r\n]+/g, ' ')
  return [
    columns.map(({ title }) => clean(title)).join('\t'),
    ...rows.map((row) => columns.map(({ text }) => clean(text(row))).join('\t')),
  ].join('\n')
}
