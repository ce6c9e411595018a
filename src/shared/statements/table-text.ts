/** A result as text: a header and rows of the server's own text; `null` is SQL NULL. */
export interface TextTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | null)[])[]
}

/**
 * Comma-separated values with CRLF line ends. NULL is empty, an empty text is `""`, so that both survive
 * (as `COPY … WITH (FORMAT csv)` has it).
 *
 * @source RFC 4180; PostgreSQL manual, COPY, "CSV Format"
 */
export function formatCsv(
  table: TextTable,
  options: { readonly header: boolean } = { header: true },
): string {
  const lines = table.rows.map((row) => row.map(csvCell).join(','))
  return [...(options.header ? [table.columns.map(csvCell).join(',')] : []), ...lines, ''].join('\r\n')
}

function csvCell(value: string | null): string {
  if (value === null) return ''
  if (value === '' || /[",\r\n]/.test(value) || /^\s|\s$/.test(value))
    return `"${value.replaceAll('"', '""')}"`
  return value
}

/**
 * Tab-separated values for the clipboard, as spreadsheets take them: a cell with a tab, a line break or a quote is
 * put in quotes. NULL is empty.
 */
export function formatTsv(
  table: TextTable,
  options: { readonly header: boolean } = { header: true },
): string {
  const lines = table.rows.map((row) => row.map(tsvCell).join('\t'))
  return [...(options.header ? [table.columns.map(tsvCell).join('\t')] : []), ...lines].join('\n')
}

function tsvCell(value: string | null): string {
  if (value === null) return ''
  return /["\t\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}
