import type { ResultWindow } from '#shared/contract/index.ts'
import { type CellText, formatCsvRow, formatTsvRow } from './delimited.ts'
import type { Rectangle } from './selection.ts'

export interface ResultReader {
  readonly rows: (from: number, count: number) => Promise<ResultWindow>
  readonly cell: (row: number, column: number) => Promise<string | null>
}

/**
 * Rows as asked for, or up to the end of what is held. One answer may hold fewer when its cells are long: then the
 * rest is asked for again.
 */
export async function readWindow(
  read: ResultReader['rows'],
  from: number,
  count: number,
): Promise<ResultWindow> {
  let window = await read(from, count)
  while (window.rows.length < count && from + window.rows.length < window.held) {
    const next = await read(from + window.rows.length, count - window.rows.length)
    if (next.rows.length === 0) break
    window = {
      ...next,
      from,
      rows: [...window.rows, ...next.rows],
      cutCells: [...window.cutCells, ...next.cutCells],
    }
  }
  return window
}

const exportRows = 1_000
const cellsAtOnce = 8
/** Text goes into the file in parts of this size: a string can't hold a whole large result. */
const partChars = 4_000_000

/** Rows with those of their cut cells that are wanted made whole again. */
async function wholeRows(
  reader: ResultReader,
  from: number,
  count: number,
  wanted: (column: number) => boolean,
): Promise<readonly (readonly CellText[])[]> {
  const window = await reader.rows(from, count)
  const cuts = window.cutCells.filter(({ column }) => wanted(column))
  if (cuts.length === 0) return window.rows
  const rows = window.rows.map((row) => [...row])
  for (let next = 0; next < cuts.length; next += cellsAtOnce) {
    await Promise.all(
      cuts.slice(next, next + cellsAtOnce).map(async ({ row, column }) => {
        const whole = await reader.cell(row, column)
        const place = rows[row - window.from]
        if (place) place[column] = whole
      }),
    )
  }
  return rows
}

/** A rectangle of the result as lines for the clipboard. */
export async function copyAsTsv(reader: ResultReader, part: Rectangle): Promise<string> {
  const lines: string[] = []
  const wanted = (column: number): boolean => column >= part.firstColumn && column <= part.lastColumn
  let from = part.firstRow
  while (from <= part.lastRow) {
    const rows = await wholeRows(reader, from, Math.min(exportRows, part.lastRow - from + 1), wanted)
    if (rows.length === 0) break
    for (const row of rows) lines.push(formatTsvRow(row.slice(part.firstColumn, part.lastColumn + 1)))
    from += rows.length
  }
  return lines.join('\n')
}

/**
 * Everything held, as CSV with a header. Parts go into the file as they come, so that the window holds little text,
 * and the browser keeps the rest where it likes.
 */
export async function exportCsv(
  reader: ResultReader,
  held: number,
  onProgress: (rows: number) => void,
): Promise<Blob> {
  const { columns } = await reader.rows(0, 0)
  const parts: Blob[] = [new Blob([`${formatCsvRow(columns.map(({ name }) => name))}\r\n`])]
  let text = ''
  let from = 0
  while (from < held) {
    const rows = await wholeRows(reader, from, Math.min(exportRows, held - from), () => true)
    if (rows.length === 0) break
    for (const row of rows) {
      text += `${formatCsvRow(row)}\r\n`
      if (text.length < partChars) continue
      parts.push(new Blob([text]))
      text = ''
    }
    from += rows.length
    onProgress(from)
  }
  return new Blob([...parts, text], { type: 'text/csv;charset=utf-8' })
}
