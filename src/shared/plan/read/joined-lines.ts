import type { SourceLine } from './source-line.ts'

/** Lines as one text, for readers that work with offsets. */
export interface JoinedLines {
  readonly text: string
  /** Index of the line that holds an offset. */
  readonly lineAt: (offset: number) => number
  /** Where an offset stands in the paste. */
  readonly placeOf: (offset: number) => { readonly line: number; readonly column: number }
}

export function joinLines(lines: readonly SourceLine[]): JoinedLines {
  const starts: number[] = []
  let length = 0
  for (const { text } of lines) {
    starts.push(length)
    length += text.length + 1
  }
  const lineAt = (offset: number): number => {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return low
  }
  return {
    text: lines.map(({ text }) => text).join('\n'),
    lineAt,
    placeOf: (offset) => {
      const at = lineAt(offset)
      const line = lines[at]
      return line === undefined
        ? { line: 1, column: 1 }
        : { line: line.line, column: line.column + offset - (starts[at] ?? 0) }
    },
  }
}
