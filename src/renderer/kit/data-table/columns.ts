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
  /** A picture alone: nothing of it is copied. */
  readonly isPicture?: boolean
  readonly render?: (row: Row) => ReactNode
  /** Left out where room is short: those with the highest number first. Absent = it stays. */
  readonly spare?: number
}

/** Between columns, and beside the outer ones. */
const gapPx = 10
const sidesPx = 24
/** Where columns found no room, that is marked at the end of the head. */
const markPx = 12

export interface FittedColumns<Row> {
  readonly shown: readonly DataColumn<Row>[]
  /** Titles of those that found no room, in their order. */
  readonly leftOut: readonly string[]
  /** What those that are shown need; a narrower table scrolls. */
  readonly leastPx: number
}

/**
 * The columns that a table has room for.
 * @param wantedPx what all of them take where they are comfortable
 * @param widthPx of the table; 0 while it is not known
 */
export function fitColumns<Row>(
  columns: readonly DataColumn<Row>[],
  wantedPx: number,
  widthPx: number,
): FittedColumns<Row> {
  const needed = columns.reduce(
    (sum, { width }) => sum + leastOf(width),
    (columns.length - 1) * gapPx + sidesPx,
  )
  let leastPx = Math.max(wantedPx, needed)
  const leftOut = new Set<string>()
  const dispensable = columns
    .filter(({ spare }) => spare !== undefined)
    .toSorted((a, b) => (b.spare ?? 0) - (a.spare ?? 0))
  for (const { id, width } of widthPx === 0 ? [] : dispensable) {
    if (leastPx + (leftOut.size > 0 ? markPx : 0) <= widthPx) break
    leftOut.add(id)
    leastPx -= leastOf(width) + gapPx
  }
  return {
    shown: columns.filter(({ id }) => !leftOut.has(id)),
    leftOut: columns.filter(({ id }) => leftOut.has(id)).map(({ title }) => title),
    leastPx: leastPx + (leftOut.size > 0 ? markPx : 0),
  }
}

/** `80px` and `minmax(80px, 1fr)` take eighty pixels. */
const leastOf = (track: string): number => Number(/[\d.]+(?=px)/.exec(track)?.[0] ?? 0)

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
  const copied = columns.filter(({ isPicture }) => isPicture !== true)
  return [
    copied.map(({ title }) => clean(title)).join('\t'),
    ...rows.map((row) => copied.map(({ text }) => clean(text(row))).join('\t')),
  ].join('\n')
}
