import type { GridTableProps } from './grid-props.ts'
import { gather } from './lines.ts'

/** Own figures of all nodes, summed: what they add up to. */
export function GridFooter(props: GridTableProps & { readonly template: string; readonly rowIndex: number }) {
  const { document, columns, measure, template, rowIndex } = props
  const { nodes } = document.plan
  return (
    <div
      role="row"
      aria-rowindex={rowIndex}
      className="sticky bottom-0 z-20 mt-auto grid h-[26px] shrink-0 items-center gap-x-2.5 border-line border-t bg-surface-1 pr-3 text-ink-2"
      style={{ gridTemplateColumns: template }}
    >
      <span
        role="gridcell"
        className="sticky left-0 z-10 h-full truncate bg-surface-1 pl-3 text-xs leading-[25px]"
      >
        Own figures of{' '}
        {nodes.length === 1 ? 'the one node' : `all ${nodes.length.toLocaleString('en-US')} nodes`}
      </span>
      {measure !== undefined && <span role="gridcell" />}
      {columns.map((column) => {
        // Rows of a node are the next one's input: their sum says nothing.
        const told = column.gather === 'sum' && !['rows', 'planRows', 'loops'].includes(column.id)
        const sum = told ? gather(nodes, column) : undefined
        return (
          <span key={column.id} role="gridcell" className="truncate px-1 text-right" title={`${sum ?? ''}`}>
            {sum === undefined ? '' : column.format(sum)}
          </span>
        )
      })}
    </div>
  )
}
