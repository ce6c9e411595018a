/** Columns of indent that are kept; a chain of thousands of nodes would stand thousands of columns to the right. */
const keptColumns = 160

/** A line in parts: its indent, cut to what can be drawn, how much of that was cut, and the rest. */
export interface IndentedLine {
  readonly indent: string
  readonly cut: number
  readonly text: string
}

export function splitIndent(line: string): IndentedLine {
  const text = line.trimStart()
  const columns = line.length - text.length
  const kept = Math.min(columns, keptColumns)
  return { indent: ' '.repeat(kept), cut: columns - kept, text }
}

/** How wide an indent is drawn, in characters: the server indents generously, and half of it says as much. */
export function drawnIndent(columns: number): number {
  return Math.min(columns, keptColumns) / 2
}
