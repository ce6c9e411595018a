import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, useId, useMemo, useRef } from 'react'
import { classes } from '../classes.ts'
import { useWidth } from '../use-width.ts'
import { type DataColumn, fitColumns, type SortOrder, sortRows } from './columns.ts'
import { copyText, useCopied } from './copied.ts'
import { TableHead } from './table-head.tsx'

const rowPx = 26
const pageRows = 20

export interface DataTableProps<Row> {
  /** What the table lists, for screen readers. */
  readonly label: string
  readonly columns: readonly DataColumn<Row>[]
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
  readonly order: SortOrder
  readonly onOrder: (order: SortOrder) => void
  readonly selectedKey: string | undefined
  readonly onSelect: (row: Row) => void
  /** Enter or a double click; a click too where `opensOnClick`. */
  readonly onOpen?: (row: Row) => void
  readonly opensOnClick?: boolean
  /** Keys of the panel's own on the selected row (`c`, `Delete` …); answers whether it was one. */
  readonly onKey?: (key: string, row: Row) => boolean
  /** A narrower table leaves out the columns that it can spare, then scrolls sideways. */
  readonly minWidthPx?: number
  /** Instead of rows, where there are none. */
  readonly empty?: ReactNode
  readonly rowClass?: (row: Row) => string | undefined
  /** Rows with what they don't hold by themselves, before they are copied: whole texts. */
  readonly completeRows?: (rows: readonly Row[]) => Promise<readonly Row[]>
}

/**
 * A table of any length with a handful of elements: rows by arrows, Home, End and pages, heads sort by click or Enter,
 * Ctrl+C copies the selected row, with Shift everything, as TSV.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, keyOf, order, onOrder, selectedKey, onSelect, onOpen, onKey } = props
  const { opensOnClick = false, minWidthPx = 640, empty, rowClass, completeRows } = props
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useMemo(() => sortRows(props.rows, columns, order), [props.rows, columns, order])
  const widthPx = useWidth(scroller)
  const { shown, leftOut, leastPx } = useMemo(
    () => fitColumns(columns, minWidthPx, widthPx),
    [columns, minWidthPx, widthPx],
  )
  const template = shown.map(({ width }) => width).join(' ')
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: 12,
    // Below the sticky head.
    scrollPaddingStart: rowPx,
  })
  const { words: copiedWords, tellCopied } = useCopied()
  const at = rows.findIndex((row) => keyOf(row) === selectedKey)
  const selected = rows[at]

  const move = (to: number) => {
    const index = Math.min(Math.max(to, 0), rows.length - 1)
    const row = rows[index]
    if (row === undefined) return
    onSelect(row)
    virtual.scrollToIndex(index, { align: 'auto' })
  }

  const copy = (all: boolean) => {
    const copied = all || selected === undefined ? rows : [selected]
    void tellCopied(copied.length, copyText(completeRows?.(copied) ?? copied, columns))
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.altKey) return
    const isCopy = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'c'
    if (!isCopy && (event.ctrlKey || event.metaKey)) return
    const actions: Readonly<Record<string, () => void>> = {
      ArrowDown: () => move(at + 1),
      ArrowUp: () => move(at < 0 ? rows.length - 1 : at - 1),
      PageDown: () => move(at + pageRows),
      PageUp: () => move(at - pageRows),
      Home: () => move(0),
      End: () => move(rows.length - 1),
      // Nothing is chosen yet: that would be the first.
      ...(selected === undefined ? { Enter: () => move(0) } : {}),
      ...(selected === undefined || onOpen === undefined ? {} : { Enter: () => onOpen(selected) }),
    }
    const action = isCopy ? () => copy(event.shiftKey) : actions[event.key]
    if (action !== undefined) action()
    else if (selected === undefined || onKey?.(event.key, selected) !== true) return
    event.preventDefault()
  }

  return (
    <div className="relative flex min-h-0 min-w-0 flex-1 flex-col">
      <div
        ref={scroller}
        role="grid"
        aria-label={label}
        aria-rowcount={rows.length + 1}
        aria-colcount={shown.length}
        aria-activedescendant={selected === undefined ? undefined : `${id}-${at}`}
        tabIndex={0}
        onKeyDown={onKeyDown}
        className="min-h-0 flex-1 overflow-auto bg-surface-1 outline-offset-[-2px]"
      >
        <div style={{ minWidth: leastPx }}>
          <TableHead
            columns={columns}
            shown={shown}
            leftOut={leftOut}
            template={template}
            order={order}
            onOrder={onOrder}
          />
          <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map((item) => {
              const row = rows[item.index]
              if (row === undefined) return null
              const key = keyOf(row)
              return (
                <div
                  key={key}
                  id={`${id}-${item.index}`}
                  role="row"
                  aria-rowindex={item.index + 2}
                  aria-selected={key === selectedKey}
                  onClick={() => {
                    onSelect(row)
                    if (opensOnClick) onOpen?.(row)
                  }}
                  onDoubleClick={() => opensOnClick || onOpen?.(row)}
                  className={classes(
                    'absolute inset-x-0 grid cursor-default items-center gap-x-2.5 border-line/60 border-b px-3',
                    // The mark of columns that found no room stands in the head there.
                    leftOut.length > 0 && 'pr-6',
                    key === selectedKey ? 'bg-surface-3' : 'hover:bg-surface-2',
                    rowClass?.(row),
                  )}
                  style={{ gridTemplateColumns: template, top: item.start, height: rowPx }}
                >
                  {shown.map((column) => (
                    <div
                      key={column.id}
                      role="gridcell"
                      className={classes('min-w-0 truncate', column.numeric === true && 'text-right')}
                    >
                      {column.render === undefined ? column.text(row) : column.render(row)}
                    </div>
                  ))}
                </div>
              )
            })}
          </div>
        </div>
        {rows.length === 0 && <div className="sticky left-0">{empty}</div>}
      </div>
      <span
        aria-live="polite"
        className={classes(
          'absolute right-3 bottom-2',
          copiedWords !== '' && 'rounded-md border border-line-strong bg-surface-2 px-2 py-1 text-xs',
        )}
      >
        {copiedWords}
      </span>
    </div>
  )
}
