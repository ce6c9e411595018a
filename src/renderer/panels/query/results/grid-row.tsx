import { memo } from 'react'
import { formatCountShort } from '#shared/units/index.ts'
import { cellPreview, isNumeric, type ResultColumn } from './columns.ts'
import type { Row, RowPages } from './row-pages.ts'
import { cellId } from './selection.ts'

interface GridRowProps {
  readonly gridId: string
  readonly row: number
  readonly top: number
  readonly height: number
  /** Absent until its page arrives. */
  readonly cells: Row | undefined
  readonly pages: RowPages
  readonly columns: readonly ResultColumn[]
  readonly edges: readonly number[]
  readonly from: number
  readonly to: number
  readonly numberPx: number
  /** Selected columns of this row, both included; −1 for none. */
  readonly selectedFrom: number
  readonly selectedTo: number
  readonly activeColumn: number
}

/** One row, of which only the columns in view exist. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { gridId, row, top, height, cells, pages, columns, edges, from, to, numberPx } = props
  return (
    <div
      role="row"
      aria-rowindex={row + 2}
      className="result-grid-row"
      style={{ height, transform: `translateY(${top}px)` }}
    >
      <div
        role="rowheader"
        aria-colindex={1}
        data-row={row}
        className="result-grid-number"
        style={{ width: numberPx }}
      >
        {row + 1}
      </div>
      {columns.slice(from, to).map((column, offset) => {
        const index = from + offset
        const left = numberPx + (edges[index] ?? 0)
        const cut = cells ? pages.cutChars(row, index) : undefined
        return (
          <div
            key={index}
            id={cellId(gridId, row, index)}
            role="gridcell"
            aria-colindex={index + 2}
            aria-selected={index >= props.selectedFrom && index <= props.selectedTo}
            data-row={row}
            data-column={index}
            data-active={index === props.activeColumn || undefined}
            data-numeric={isNumeric(column.type) || undefined}
            className="result-grid-cell"
            style={{ left, width: (edges[index + 1] ?? 0) - (edges[index] ?? 0) }}
          >
            <CellContent value={cells === undefined ? undefined : cells[index]} cutChars={cut} />
          </div>
        )
      })}
    </div>
  )
})

interface CellContentProps {
  /** `undefined` while it is fetched, `null` is SQL NULL. */
  readonly value: string | null | undefined
  readonly cutChars: number | undefined
}

function CellContent({ value, cutChars }: CellContentProps) {
  if (value === undefined) return <span className="result-grid-pending">·</span>
  if (value === null) return <span className="result-grid-null">NULL</span>
  if (cutChars === undefined) return cellPreview(value)
  return (
    <>
      <span className="result-grid-cut" title="Cut for the grid: Enter or a double click opens all of it">
        {formatCountShort(cutChars)} characters
      </span>
      {cellPreview(value)}
    </>
  )
}
