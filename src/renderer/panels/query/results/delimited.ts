export type CellText = string | null

/**
 * One line of CSV without its end, as RFC 4180 has it. NULL is empty, an empty string is `""`: what COPY … CSV writes
 * and reads.
 *
 * @source RFC 4180; PostgreSQL manual, COPY, "CSV Format"
 */
export function formatCsvRow(cells: readonly CellText[]): string {
  const line = cells
    .map((cell) => {
      if (cell === null) return ''
      return cell === '' || /[",\r\n]/.test(cell) || cell === '\\.' ? `"${cell.replaceAll('"', '""')}"` : cell
    })
    .join(',')
  // A single NULL would be an empty line, which readers skip.
  return line === '' && cells.length === 1 ? '""' : line
}

/**
 * One line for a spreadsheet's clipboard: tabs between cells; what holds a tab, a line break or a quote is quoted, as
 * spreadsheets write it themselves. NULL is empty.
 */
export function formatTsvRow(cells: readonly CellText[]): string {
  return cells
    .map((cell) => {
      const text = cell ?? ''
      return /[\t\r\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
    })
    .join('\t')
}
