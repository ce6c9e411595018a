import {
  type ClipboardEvent,
  type KeyboardEvent,
  type PointerEvent,
  useEffect,
  useId,
  useMemo,
  useRef,
} from 'react'
import './grid.css'
import { columnEdges, columnsInView, scrollToColumn } from './column-window.ts'
import { minColumnPx, type ResultColumn } from './columns.ts'
import { GridHeader } from './grid-header.tsx'
import { GridRow } from './grid-row.tsx'
import type { RowPages } from './row-pages.ts'
import { rowsInView, scrollHeight, scrollToRow } from './row-window.ts'
import {
  type Cell,
  cellId,
  type GridSelection,
  moveSelection,
  rectangleOf,
  selectCell,
  selectRow,
} from './selection.ts'
import { useViewport } from './use-viewport.ts'

const rowPx = 24
const headerPx = 40
const overscanRows = 6
const overscanColumns = 2
const resizeStepPx = 16

export interface GridProps {
  readonly label: string
  readonly columns: readonly ResultColumn[]
  readonly widths: readonly number[]
  readonly rowCount: number
  readonly pages: RowPages
  readonly selection: GridSelection
  readonly onSelect: (selection: GridSelection) => void
  readonly onResize: (column: number, width: number) => void
  readonly onOpen: (cell: Cell) => void
  readonly onCopy: () => void
}

/** A grid of any number of rows and columns: only what is on screen exists, and only that is fetched. */
export function Grid(props: GridProps) {
  const { label, columns, widths, rowCount, pages, selection, onSelect, onResize, onOpen, onCopy } = props
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const view = useViewport(scroller)
  const numberPx = Math.max(44, String(rowCount).length * 7.5 + 20)

  const edges = useMemo(() => columnEdges(widths), [widths])
  const geometry = { rowCount, rowPx, viewPx: Math.max(0, view.height - headerPx) }
  const viewWidth = Math.max(0, view.width - numberPx)
  const rows = rowsInView(geometry, view.top, overscanRows)
  const shown = columnsInView(edges, view.left, viewWidth, overscanColumns)
  // Elements are used again for the rows that come into view: cheaper than making new ones.
  const pool = Math.ceil(geometry.viewPx / rowPx) + 2 * overscanRows + 2
  const totalWidth = numberPx + (edges.at(-1) ?? 0)
  // Whatever is not held yet; pages under way are not asked for twice.
  useEffect(() => pages.want(rows.from, rows.to))

  const size = {
    rows: rowCount,
    columns: columns.length,
    pageRows: Math.max(1, Math.floor(geometry.viewPx / rowPx) - 1),
  }
  const rectangle = rectangleOf(selection)

  const show = ({ row, column }: Cell): void => {
    const element = scroller.current
    if (!element) return
    const top = scrollToRow(geometry, element.scrollTop, row)
    const left = scrollToColumn(edges, element.scrollLeft, viewWidth, column)
    if (top !== undefined) element.scrollTop = top
    if (left !== undefined) element.scrollLeft = left
  }

  const onKeyDown = (event: KeyboardEvent): void => {
    const { active } = selection
    const mod = event.ctrlKey || event.metaKey
    if (event.key === 'Enter' && !mod && rowCount > 0) {
      event.preventDefault()
      onOpen(active)
      return
    }
    if (mod && event.key.toLowerCase() === 'c' && !event.shiftKey) {
      event.preventDefault()
      onCopy()
      return
    }
    if (event.altKey && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
      event.preventDefault()
      const step = event.key === 'ArrowLeft' ? -resizeStepPx : resizeStepPx
      onResize(active.column, Math.max(minColumnPx, (widths[active.column] ?? minColumnPx) + step))
      return
    }
    if (event.altKey) return
    const next = moveSelection(selection, { key: event.key, mod, shift: event.shiftKey }, size)
    if (!next) return
    event.preventDefault()
    onSelect(next)
    show(next.active)
  }

  const cellAt = (event: PointerEvent): Cell | 'row' | undefined => {
    const element = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-row]') : null
    const row = Number(element?.dataset['row'])
    if (!element || !Number.isInteger(row)) return undefined
    const column = Number(element.dataset['column'])
    return Number.isInteger(column) ? { row, column } : 'row'
  }

  const onPointerDown = (event: PointerEvent): void => {
    const cell = cellAt(event)
    if (event.button !== 0 || cell === undefined) return
    if (cell === 'row') {
      const row = Number((event.target as HTMLElement).dataset['row'])
      onSelect(selectRow(row, size))
    } else onSelect(event.shiftKey ? { anchor: selection.anchor, active: cell } : selectCell(cell))
  }

  const onPointerMove = (event: PointerEvent): void => {
    const cell = event.buttons === 1 ? cellAt(event) : undefined
    if (cell === undefined || cell === 'row') return
    if (cell.row !== selection.active.row || cell.column !== selection.active.column)
      onSelect({ anchor: selection.anchor, active: cell })
  }

  const activeShown =
    rowCount > 0 &&
    selection.active.row >= rows.from &&
    selection.active.row < rows.to &&
    selection.active.column >= shown.from &&
    selection.active.column < shown.to

  return (
    <div
      ref={scroller}
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={rowCount + 1}
      aria-colcount={columns.length + 1}
      aria-multiselectable
      {...(activeShown
        ? { 'aria-activedescendant': cellId(id, selection.active.row, selection.active.column) }
        : {})}
      className="result-grid"
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onDoubleClick={() => onOpen(selection.active)}
      onCopy={(event: ClipboardEvent) => {
        event.preventDefault()
        onCopy()
      }}
    >
      <div
        role="presentation"
        className="result-grid-sheet"
        style={{ width: totalWidth, height: headerPx + scrollHeight(geometry) }}
      >
        <GridHeader
          columns={columns}
          widths={widths}
          edges={edges}
          from={shown.from}
          to={shown.to}
          numberPx={numberPx}
          height={headerPx}
          rectangle={rowCount > 0 ? rectangle : undefined}
          onResize={onResize}
        />
        {Array.from({ length: rows.to - rows.from }, (_, offset) => {
          const row = rows.from + offset
          const selected = row >= rectangle.firstRow && row <= rectangle.lastRow
          return (
            <GridRow
              key={row % pool}
              gridId={id}
              row={row}
              top={headerPx + view.top + rows.offsetPx + offset * rowPx}
              height={rowPx}
              cells={pages.row(row)}
              pages={pages}
              columns={columns}
              edges={edges}
              from={shown.from}
              to={shown.to}
              numberPx={numberPx}
              selectedFrom={selected ? rectangle.firstColumn : -1}
              selectedTo={selected ? rectangle.lastColumn : -1}
              activeColumn={row === selection.active.row ? selection.active.column : -1}
            />
          )
        })}
      </div>
    </div>
  )
}
