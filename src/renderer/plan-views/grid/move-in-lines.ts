import type { GridLine } from './lines.ts'
import { moveInTree, type TreeMove } from './tree-rows.ts'

/** Where the keyboard leads: through the tree as `moveInTree` has it; through sorted or summed lines up and down. */
export function moveInLines(
  lines: readonly GridLine[],
  selectedIndex: number,
  key: string,
  pageRows: number,
): TreeMove | undefined {
  const rows = lines.flatMap(({ tree }) => (tree === undefined ? [] : [tree]))
  if (rows.length === lines.length) return moveInTree(rows, lines[selectedIndex]?.nodeId ?? 0, key, pageRows)
  const to = stepTo(Math.max(0, selectedIndex), key, pageRows, lines.length)
  const line = to === undefined ? undefined : lines[Math.min(Math.max(to, 0), lines.length - 1)]
  return line && { kind: 'select', nodeId: line.nodeId }
}

function stepTo(at: number, key: string, pageRows: number, count: number): number | undefined {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + pageRows,
    PageUp: at - pageRows,
    Home: 0,
    End: count - 1,
  }
  return steps[key]
}
