import { ChevronDown, ChevronUp } from 'lucide-react'
import { classes } from '../classes.ts'
import { type DataColumn, nextOrder, type SortOrder } from './columns.ts'

interface TableHeadProps<Row> {
  /** All of them: what a click on one means depends on how the others begin. */
  readonly columns: readonly DataColumn<Row>[]
  readonly shown: readonly DataColumn<Row>[]
  /** Titles of those that found no room. */
  readonly leftOut: readonly string[]
  /** Widths of the shown columns, as a grid has them. */
  readonly template: string
  readonly order: SortOrder
  readonly onOrder: (order: SortOrder) => void
}

/** The row of titles, which stays in sight; each sorts by its column. */
export function TableHead<Row>(props: TableHeadProps<Row>) {
  const { columns, shown, leftOut, template, order, onOrder } = props
  return (
    <div
      role="row"
      aria-rowindex={1}
      className={classes(
        'sticky top-0 z-10 grid h-[26px] items-center gap-x-2.5 border-line border-b bg-surface-1 px-3 text-ink-3 text-xs',
        leftOut.length > 0 && 'pr-6',
      )}
      style={{ gridTemplateColumns: template }}
    >
      {shown.map((column) => (
        <Title
          key={column.id}
          column={column}
          order={order}
          onSort={() => onOrder(nextOrder(columns, order, column.id))}
        />
      ))}
      {leftOut.length > 0 && (
        <span
          title={`No room for ${leftOut.join(', ')}: copying takes them along`}
          className="absolute right-1.5 text-ink-3"
        >
          <span aria-hidden>⋯</span>
          <span className="sr-only">No room for {leftOut.join(', ')}</span>
        </span>
      )}
    </div>
  )
}

function Title<Row>(props: {
  readonly column: DataColumn<Row>
  readonly order: SortOrder
  readonly onSort: () => void
}) {
  const { column, order, onSort } = props
  const isSorted = order.columnId === column.id
  const Arrow = order.descending ? ChevronDown : ChevronUp
  return (
    <div
      role="columnheader"
      aria-sort={isSorted ? (order.descending ? 'descending' : 'ascending') : 'none'}
      className={classes('flex min-w-0', column.numeric === true && 'justify-end')}
    >
      <button
        type="button"
        title={column.origin}
        onClick={onSort}
        className={classes(
          'inline-flex min-w-0 items-center gap-0.5 rounded-sm hover:text-ink focus-visible:-outline-offset-1',
          isSorted && 'text-ink',
        )}
      >
        {isSorted && column.numeric === true && <Arrow size={12} aria-hidden className="shrink-0" />}
        <span className="truncate">{column.title}</span>
        {isSorted && column.numeric !== true && <Arrow size={12} aria-hidden className="shrink-0" />}
      </button>
    </div>
  )
}
