import type { ResultWindow } from '#shared/contract/index.ts'
import { type CellText, formatCsvRow, formatTsvRow } from './delimited.ts'
import type { Rectangle } from './selection.ts'

export interface ResultReader {
  readonly rows: (from: number, count: number) => Promise<ResultWindow>
  readonly cell: (row: number, column: number) => Promise<string | null>
}

const exportPage = 2_000

/** Rows with their cut cells made whole again. */
async function wholeRows(
  reader: ResultReader,
  from: number,
  count: number,
  columns: (column: number) => boolean,
): Promise<readonly (readonly CellText[])[]> {
  const window = await reader.rows(from, count)
  if (window.cutCells.length === 0) return window.rows
  const rows = window.rows.map((row) => [...row])
  for (const { row, column } of window.cutCells) {
    const place = rows[row - window.from]
    if (place && columns(column)) place[column] = await reader.cell(row, column)
  }
  return rows
}

/** A rectangle of the result as lines for the clipboard. */
export async function copyAsTsv(reader: ResultReader, part: Rectangle): Promise<string> {
  const lines: string[] = []
  const wanted = (column: number): boolean => column >= part.firstColumn && column <= part.lastColumn
  for (let from = part.firstRow; from <= part.lastRow; from += exportPage) {
    const count = Math.min(exportPage, part.lastRow - from + 1)
    for (const row of await wholeRows(reader, from, count, wanted))
      lines.push(formatTsvRow(row.slice(part.firstColumn, part.lastColumn + 1)))
  }
  return lines.join('\n')
}

/**
 * Everything held, as CSV with a header. Chunks go into the file one page at a time, so that the window holds one
 * page of text, and the browser keeps the rest where it likes.
 */
export async function exportCsv(
  reader: ResultReader,
  held: number,
  onProgress: (rows: number) => void,
): Promise<Blob> {
  const parts: Blob[] = []
  const { columns } = await reader.rows(0, 0)
  parts.push(new Blob([`${formatCsvRow(columns.map(({ name }) => name))}\r\n`]))
  for (let from = 0; from < held; from += exportPage) {
    const rows = await wholeRows(reader, from, Math.min(exportPage, held - from), () => true)
    parts.push(new Blob([rows.map((row) => `${formatCsvRow(row)}\r\n`).join('')]))
    onProgress(from + rows.length)
    if (rows.length === 0) break
  }
  return new Blob(parts, { type: 'text/csv;charset=utf-8' })
}
