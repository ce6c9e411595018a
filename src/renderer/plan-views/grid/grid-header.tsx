import { ArrowDown, ArrowUp } from 'lucide-react'
import type { GridTableProps } from './grid-props.ts'
import type { GridSort } from './lines.ts'

/** Headings: each sorts by its column, largest first, then smallest first, then gives the tree back. */
export function GridHeader(props: GridTableProps & { readonly template: string }) {
  const { columns, sort, onSort, measure, template, grouping } = props
  return (
    <div
      role="row"
      aria-rowindex={1}
      className="sticky top-0 z-20 grid h-[26px] shrink-0 items-center gap-x-2.5 border-line border-b bg-surface-1 pr-3 text-ink-3 text-xs"
      style={{ gridTemplateColumns: template }}
    >
      <span
        role="columnheader"
        className="sticky left-0 z-10 h-full truncate bg-surface-1 pl-3 leading-[25px]"
      >
        {grouping === 'node'
          ? 'Node'
          : grouping === 'type'
            ? 'Node type'
            : grouping === 'relation'
              ? 'Relation'
              : 'Index'}
      </span>
      {measure !== undefined && (
        <span
          role="columnheader"
          className="truncate"
          title={`${measure.formula}. Dark: own; light: with everything below.`}
        >
          {measure.additive || measure.id === 'cost' ? `${measure.label} share` : measure.label}
        </span>
      )}
      {columns.map((column) => {
        const direction = sort?.columnId === column.id ? sort.direction : undefined
        const Arrow = direction === 'ascending' ? ArrowUp : ArrowDown
        return (
          <span
            key={column.id}
            role="columnheader"
            aria-sort={direction ?? 'none'}
            title={column.origin}
            className="min-w-0"
          >
            <button
              type="button"
              onClick={() => onSort(nextSort(sort, column.id))}
              className={`flex w-full items-center justify-end gap-0.5 hover:text-ink ${direction === undefined ? '' : 'text-ink'}`}
            >
              {direction !== undefined && <Arrow size={12} aria-hidden className="shrink-0" />}
              <span className="truncate">{column.title}</span>
            </button>
          </span>
        )
      })}
    </div>
  )
}

export function nextSort(sort: GridSort | undefined, columnId: string): GridSort | undefined {
  if (sort?.columnId !== columnId) return { columnId, direction: 'descending' }
  return sort.direction === 'descending' ? { columnId, direction: 'ascending' } : undefined
}
