/** A cell by absolute row and column, both from 0. */
export interface Cell {
  readonly row: number
  readonly column: number
}

/** How a cell is known to assistive technology. */
export function cellId(gridId: string, row: number, column: number): string {
  return `${gridId}-${row}-${column}`
}

/** What is selected: a rectangle between `anchor` and `active`, where the keyboard is. */
export interface GridSelection {
  readonly anchor: Cell
  readonly active: Cell
}

export interface Rectangle {
  readonly firstRow: number
  readonly lastRow: number
  readonly firstColumn: number
  readonly lastColumn: number
}

export interface GridSize {
  readonly rows: number
  readonly columns: number
  /** Rows that fit on the screen. */
  readonly pageRows: number
}

export function rectangleOf({ anchor, active }: GridSelection): Rectangle {
  return {
    firstRow: Math.min(anchor.row, active.row),
    lastRow: Math.max(anchor.row, active.row),
    firstColumn: Math.min(anchor.column, active.column),
    lastColumn: Math.max(anchor.column, active.column),
  }
}

export function contains(rectangle: Rectangle, row: number, column: number): boolean {
  return (
    row >= rectangle.firstRow &&
    row <= rectangle.lastRow &&
    column >= rectangle.firstColumn &&
    column <= rectangle.lastColumn
  )
}

export function selectCell(cell: Cell): GridSelection {
  return { anchor: cell, active: cell }
}

/** From the first to the last cell. */
export function selectAll({ rows, columns }: GridSize): GridSelection {
  return { anchor: { row: 0, column: 0 }, active: { row: rows - 1, column: columns - 1 } }
}

export function selectRow(row: number, { columns }: GridSize): GridSelection {
  return { anchor: { row, column: 0 }, active: { row, column: columns - 1 } }
}

export interface GridKey {
  readonly key: string
  /** Ctrl, or ⌘ on macOS. */
  readonly mod: boolean
  readonly shift: boolean
}

function target({ row, column }: Cell, { key, mod }: GridKey, size: GridSize): Cell | undefined {
  const lastRow = size.rows - 1
  const lastColumn = size.columns - 1
  switch (key) {
    case 'ArrowUp':
      return { row: mod ? 0 : row - 1, column }
    case 'ArrowDown':
      return { row: mod ? lastRow : row + 1, column }
    case 'ArrowLeft':
      return { row, column: mod ? 0 : column - 1 }
    case 'ArrowRight':
      return { row, column: mod ? lastColumn : column + 1 }
    case 'PageUp':
      return { row: row - size.pageRows, column }
    case 'PageDown':
      return { row: row + size.pageRows, column }
    case 'Home':
      return { row: mod ? 0 : row, column: 0 }
    case 'End':
      return { row: mod ? lastRow : row, column: lastColumn }
    default:
      return undefined
  }
}

/**
 * Where a key leads; with shift the rectangle grows from its anchor. `undefined` for keys that are not the grid's.
 *
 * @source WAI-ARIA Authoring Practices, "Grid Pattern"
 */
export function moveSelection(
  selection: GridSelection,
  press: GridKey,
  size: GridSize,
): GridSelection | undefined {
  if (size.rows === 0 || size.columns === 0) return undefined
  if (press.mod && press.key.toLowerCase() === 'a') return selectAll(size)
  const next = target(selection.active, press, size)
  if (!next) return undefined
  const active = {
    row: Math.min(Math.max(next.row, 0), size.rows - 1),
    column: Math.min(Math.max(next.column, 0), size.columns - 1),
  }
  return press.shift ? { anchor: selection.anchor, active } : selectCell(active)
}
