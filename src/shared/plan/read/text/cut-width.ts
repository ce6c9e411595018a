import type { SourceLine } from '../source-line.ts'
import { toPlainLine } from './plain-line.ts'

const farEnough = 2_000

/**
 * The column at which something cut all long lines, or undefined. Lines that end inside parentheses show it: cut by a
 * terminal they are equally long, cut at spaces they are not.
 */
export function findCutWidth(lines: readonly SourceLine[], from: number): number | undefined {
  const counts = new Map<number, number>()
  let open = 0
  for (const line of lines.slice(from, from + farEnough)) {
    const plain = toPlainLine(line)
    let depth = 0
    for (const char of plain.text) {
      if (char === '(') depth += 1
      else if (char === ')') depth -= 1
    }
    if (depth <= 0) continue
    open += 1
    // A space at the cut may have got lost.
    for (const width of [plain.width, plain.width + 1]) counts.set(width, (counts.get(width) ?? 0) + 1)
  }
  let best: number | undefined
  for (const [width, count] of counts) {
    const most = best === undefined ? 0 : (counts.get(best) ?? 0)
    if (count > most || (count === most && width < (best ?? 0))) best = width
  }
  const most = best === undefined ? 0 : (counts.get(best) ?? 0)
  return most >= 2 && most >= 0.7 * open ? best : undefined
}
