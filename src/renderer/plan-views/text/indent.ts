/** Columns of indent that are drawn; a chain of thousands of nodes would stand thousands of columns to the right. */
const drawnColumns = 240

/** A line with no more indent than can be drawn, and how many columns were left out. */
export function cutIndent(line: string): { readonly text: string; readonly cut: number } {
  const indent = line.length - line.trimStart().length
  const cut = Math.max(0, indent - drawnColumns)
  return { text: line.slice(cut), cut }
}
