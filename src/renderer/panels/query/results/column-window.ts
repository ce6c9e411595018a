/** Left edges of all columns, and the width of all together as the last entry. */
export function columnEdges(widths: readonly number[]): readonly number[] {
  const edges = [0]
  let at = 0
  for (const width of widths) {
    at += width
    edges.push(at)
  }
  return edges
}

/** The last column whose left edge is at or before `x`; binary, since there may be 1,600. */
export function columnAt(edges: readonly number[], x: number): number {
  let low = 0
  let high = Math.max(0, edges.length - 2)
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((edges[middle] ?? 0) <= x) low = middle
    else high = middle - 1
  }
  return low
}

/** First and last (exclusive) column to draw. */
export function columnsInView(
  edges: readonly number[],
  scrollLeft: number,
  viewPx: number,
  overscan: number,
): { readonly from: number; readonly to: number } {
  const count = edges.length - 1
  if (count <= 0) return { from: 0, to: 0 }
  return {
    from: Math.max(0, columnAt(edges, scrollLeft) - overscan),
    to: Math.min(count, columnAt(edges, scrollLeft + viewPx) + 1 + overscan),
  }
}

/** The scroll position that just brings a column into view; `undefined` if it is in view already. */
export function scrollToColumn(
  edges: readonly number[],
  scrollLeft: number,
  viewPx: number,
  column: number,
): number | undefined {
  const left = edges[column] ?? 0
  const right = edges[column + 1] ?? left
  if (left < scrollLeft || right - left > viewPx) return left === scrollLeft ? undefined : left
  return right > scrollLeft + viewPx ? right - viewPx : undefined
}
