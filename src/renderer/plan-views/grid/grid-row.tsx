import type { Finding, Measure } from '#shared/plan/index.ts'
import { formatMeasure } from '../format-measure.ts'
import type { FigureScope, GridColumn } from './columns.ts'
import { FigureCell } from './grid-cell.tsx'
import type { GridLine } from './lines.ts'
import { NodeName } from './node-name.tsx'
import { ShareBar } from './share-bar.tsx'
import type { NodeShare } from './shares.ts'

interface GridRowProps {
  readonly line: GridLine
  readonly rowIndex: number
  readonly top: number
  readonly columns: readonly GridColumn[]
  readonly scope: FigureScope
  readonly template: string
  readonly measure: Measure | undefined
  readonly share: NodeShare | undefined
  readonly heats: ReadonlyMap<string, number>
  readonly findings: readonly Finding[] | undefined
  /** Undefined where nothing is searched for. */
  readonly isMatch: boolean | undefined
  readonly selected: boolean
  readonly onSelect: (nodeId: number) => void
  readonly onToggle: (nodeId: number) => void
}

export function GridRow(props: GridRowProps) {
  const { line, rowIndex, top, columns, scope, template, measure, share, heats, selected, isMatch } = props
  const [node] = line.nodes
  const { tree } = line
  const hasChildren = tree !== undefined && tree.node.childIds.length > 0
  const ground = selected ? 'bg-surface-3' : 'bg-surface-1 hover:bg-surface-2'
  const ink = isMatch === false || node?.neverExecuted === true ? 'text-ink-3' : ''
  const own = measure !== undefined && node !== undefined ? measure.exclusive(node) : undefined
  return (
    // The grid itself takes the keyboard (aria-activedescendant); a row only takes the pointer.
    <div
      id={`plan-${line.key}`}
      role="row"
      aria-rowindex={rowIndex}
      aria-selected={selected}
      {...(tree === undefined
        ? {}
        : {
            'aria-level': tree.node.depth + 1,
            'aria-posinset': tree.position,
            'aria-setsize': tree.siblings,
          })}
      {...(hasChildren ? { 'aria-expanded': tree.expanded } : {})}
      onClick={() => props.onSelect(line.nodeId)}
      onDoubleClick={() => (hasChildren ? props.onToggle(line.nodeId) : undefined)}
      className={`absolute inset-x-0 grid items-center gap-x-2.5 border-line/60 border-b pr-3 ${ground} ${ink}`}
      style={{ gridTemplateColumns: template, top, height: 26 }}
    >
      <div
        role="gridcell"
        className={`sticky left-0 z-10 flex h-full min-w-0 items-center bg-inherit pl-3 ${
          isMatch === true ? 'shadow-[inset_3px_0_0_var(--accent)]' : ''
        }`}
      >
        <NodeName line={line} findings={props.findings} onToggle={props.onToggle} />
      </div>
      {measure !== undefined && (
        <div role="gridcell" className="min-w-0">
          <ShareBar
            share={share}
            words={
              measure.additive || measure.id === 'cost' || own === undefined
                ? undefined
                : formatMeasure(measure.unit, own)
            }
          />
        </div>
      )}
      {columns.map((column) => (
        <div key={column.id} role="gridcell" className="min-w-0">
          <FigureCell
            line={line}
            column={column}
            scope={scope}
            most={column.measure === measure?.id ? heats.get(column.id) : undefined}
          />
        </div>
      ))}
    </div>
  )
}
