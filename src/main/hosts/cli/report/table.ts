type Alignment = 'left' | 'right'

/** Columns padded to their widest cell, two spaces apart, no trailing blanks. */
export function formatTable(
  head: readonly string[],
  lines: readonly (readonly string[])[],
  alignments: readonly Alignment[],
): string {
  const all = [head, ...lines]
  const widths = head.map((_cell, column) => Math.max(...all.map((line) => line[column]?.length ?? 0)))
  return all
    .map((line) =>
      line
        .map((cell, column) => {
          const width = widths[column] ?? 0
          return alignments[column] === 'right' ? cell.padStart(width) : cell.padEnd(width)
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
