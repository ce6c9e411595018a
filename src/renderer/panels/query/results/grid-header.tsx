import type { PointerEvent } from 'react'
import { isNumeric, minColumnPx, type ResultColumn } from './columns.ts'
import type { Rectangle } from './selection.ts'

interface GridHeaderProps {
  readonly columns: readonly ResultColumn[]
  readonly widths: readonly number[]
  readonly edges: readonly number[]
  readonly from: number
  readonly to: number
  readonly numberPx: number
  readonly height: number
  readonly rectangle: Rectangle | undefined
  readonly onResize: (column: number, width: number) => void
}

/** Names and types, which stay while the rows scroll. */
export function GridHeader(props: GridHeaderProps) {
  const { columns, widths, edges, from, to, numberPx, height, rectangle, onResize } = props
  return (
    <div role="row" aria-rowindex={1} className="result-grid-header" style={{ height }}>
      <div
        role="columnheader"
        aria-colindex={1}
        className="result-grid-corner"
        style={{ width: numberPx, height }}
      >
        #
      </div>
      {columns.slice(from, to).map((column, offset) => {
        const index = from + offset
        const touched =
          rectangle !== undefined && index >= rectangle.firstColumn && index <= rectangle.lastColumn
        return (
          <div
            key={index}
            role="columnheader"
            aria-colindex={index + 2}
            data-touched={touched || undefined}
            data-numeric={isNumeric(column.type) || undefined}
            className="result-grid-title"
            style={{ left: numberPx + (edges[index] ?? 0), width: widths[index], height }}
            title={`${column.name} · ${column.type}`}
          >
            <span className="result-grid-name">{column.name}</span>
            <span className="result-grid-type">{column.type}</span>
            <ResizeHandle width={widths[index] ?? minColumnPx} onResize={(width) => onResize(index, width)} />
          </div>
        )
      })}
    </div>
  )
}

interface ResizeHandleProps {
  readonly width: number
  readonly onResize: (width: number) => void
}

/** For the mouse; Alt with the arrows does the same from the keyboard. */
function ResizeHandle({ width, onResize }: ResizeHandleProps) {
  const onPointerDown = (down: PointerEvent<HTMLSpanElement>): void => {
    if (down.button !== 0) return
    down.preventDefault()
    down.stopPropagation()
    const handle = down.currentTarget
    handle.setPointerCapture(down.pointerId)
    const move = (event: globalThis.PointerEvent): void =>
      onResize(Math.max(minColumnPx, Math.round(width + event.clientX - down.clientX)))
    const up = (): void => {
      handle.removeEventListener('pointermove', move)
      handle.removeEventListener('pointerup', up)
      handle.removeEventListener('pointercancel', up)
    }
    handle.addEventListener('pointermove', move)
    handle.addEventListener('pointerup', up)
    handle.addEventListener('pointercancel', up)
  }
  return <span aria-hidden className="result-grid-resize" onPointerDown={onPointerDown} />
}
