/**
 * Which rows of a long list are on screen, and where.
 *
 * Browsers stop laying out elements beyond some 33 million pixels (Chromium) or fewer (Firefox): a list of a million
 * rows is taller than that. Beyond `maxScrollPx` the scroll bar's way is squeezed, so that its ends still are the
 * list's ends, and rows are placed by where the bar stands.
 */
export interface RowGeometry {
  readonly rowCount: number
  readonly rowPx: number
  /** Height of the visible part, header excluded. */
  readonly viewPx: number
}

export const maxScrollPx = 8_000_000

export interface RowWindow {
  /** First and last (exclusive) row to draw. */
  readonly from: number
  readonly to: number
  /** Distance of row `from` from the top of the visible part; may be negative. */
  readonly offsetPx: number
}

/** Height of what scrolls. */
export function scrollHeight({ rowCount, rowPx }: RowGeometry): number {
  return Math.min(rowCount * rowPx, maxScrollPx)
}

/** Where the list's top stands, in unsqueezed pixels, for a position of the scroll bar. */
function listOffset(geometry: RowGeometry, scrollTop: number): number {
  const full = geometry.rowCount * geometry.rowPx
  const shown = scrollHeight(geometry)
  const range = shown - geometry.viewPx
  if (full <= shown || range <= 0) return scrollTop
  return (Math.min(Math.max(scrollTop, 0), range) / range) * (full - geometry.viewPx)
}

export function rowsInView(geometry: RowGeometry, scrollTop: number, overscan: number): RowWindow {
  const offset = listOffset(geometry, scrollTop)
  const first = Math.floor(offset / geometry.rowPx)
  const from = Math.max(0, first - overscan)
  const to = Math.min(geometry.rowCount, Math.ceil((offset + geometry.viewPx) / geometry.rowPx) + overscan)
  return { from, to: Math.max(from, to), offsetPx: from * geometry.rowPx - offset }
}

/** The scroll bar's position that just brings a row into view; `undefined` if it is in view already. */
export function scrollToRow(geometry: RowGeometry, scrollTop: number, row: number): number | undefined {
  const offset = listOffset(geometry, scrollTop)
  const top = row * geometry.rowPx
  const bottom = top + geometry.rowPx
  const wanted = top < offset ? top : bottom > offset + geometry.viewPx ? bottom - geometry.viewPx : undefined
  if (wanted === undefined) return undefined
  const full = geometry.rowCount * geometry.rowPx
  const shown = scrollHeight(geometry)
  if (full <= shown) return wanted
  return (wanted / (full - geometry.viewPx)) * (shown - geometry.viewPx)
}
