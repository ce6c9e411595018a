import type { SourceLine } from '../source-line.ts'
import { toPlainLine } from './plain-line.ts'

const farEnough = 2_000

/** Lines that end inside parentheses, from the first one on, in order. */
interface OpenLines {
  /** What was not looked at yet begins here. */
  upTo: number
  readonly found: { readonly at: number; readonly width: number }[]
}

/** A text may hold thousands of plans, each of which looks far ahead. */
const known = new WeakMap<readonly SourceLine[], OpenLines>()

function openLines(lines: readonly SourceLine[], to: number): OpenLines['found'] {
  const open = known.get(lines) ?? { upTo: 0, found: [] }
  known.set(lines, open)
  for (; open.upTo < to; open.upTo += 1) {
    const line = lines[open.upTo]
    if (line === undefined) break
    const plain = toPlainLine(line)
    let depth = 0
    for (const char of plain.text) {
      if (char === '(') depth += 1
      else if (char === ')') depth -= 1
    }
    if (depth > 0) open.found.push({ at: open.upTo, width: plain.width })
  }
  return open.found
}

/**
 * The column at which something cut all long lines, or undefined. Lines that end inside parentheses show it: cut by a
 * terminal they are equally long, cut at spaces they are not.
 */
export function findCutWidth(lines: readonly SourceLine[], from: number): number | undefined {
  const counts = new Map<number, number>()
  let open = 0
  const to = from + farEnough
  const found = openLines(lines, to)
  for (let index = found.findLastIndex(({ at }) => at < to); index >= 0; index -= 1) {
    const { at, width: shown } = found[index] ?? { at: -1, width: 0 }
    if (at < from) break
    open += 1
    // A space at the cut may have got lost.
    for (const width of [shown, shown + 1]) counts.set(width, (counts.get(width) ?? 0) + 1)
  }
  let best: number | undefined
  for (const [width, count] of counts) {
    const most = best === undefined ? 0 : (counts.get(best) ?? 0)
    if (count > most || (count === most && width < (best ?? 0))) best = width
  }
  const most = best === undefined ? 0 : (counts.get(best) ?? 0)
  return most >= 2 && most >= 0.7 * open ? best : undefined
}
