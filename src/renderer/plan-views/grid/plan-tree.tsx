import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { useWidth } from '#renderer/kit/index.ts'
import type { Plan } from '#shared/plan/index.ts'
import { type PlanColumn, planColumns } from './plan-columns.tsx'
import { computeShares } from './shares.ts'
import { buildTreeRows, moveInTree, type TreeRow } from './tree-rows.ts'

const rowPx = 26
const overscanRows = 12

interface PlanTreeProps {
  readonly plan: Plan
  readonly selectedId: number
  readonly onSelect: (nodeId: number) => void
}

/** The plan as a tree grid: one line a node, bars for its share, walked by arrows. Only visible lines exist. */
export function PlanTree({ plan, selectedId, onSelect }: PlanTreeProps) {
  const [collapsed, setCollapsed] = useState<ReadonlySet<number>>(new Set())
  const rows = useMemo(() => buildTreeRows(plan, collapsed), [plan, collapsed])
  const shares = useMemo(() => computeShares(plan), [plan])
  const scroller = useRef<HTMLDivElement>(null)
  const width = useWidth(scroller)
  const columns = useMemo(() => planColumns(plan, width), [plan, width])
  const template = columns.map((column) => column.width).join(' ')
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: overscanRows,
  })

  const selectedIndex = rows.findIndex((row) => row.node.id === selectedId)
  useEffect(() => {
    if (selectedIndex >= 0) virtual.scrollToIndex(selectedIndex, { align: 'auto' })
  }, [selectedIndex, virtual])

  const toggle = (nodeId: number) =>
    setCollapsed((before) => {
      const after = new Set(before)
      if (!after.delete(nodeId)) after.add(nodeId)
      return after
    })

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const pageRows = Math.max(1, Math.floor((scroller.current?.clientHeight ?? rowPx) / rowPx) - 2)
    const move = moveInTree(rows, selectedId, event.key, pageRows)
    if (move === undefined) return
    event.preventDefault()
    if (move.kind === 'select') onSelect(move.nodeId)
    else toggle(move.nodeId)
  }

  return (
    <div
      ref={scroller}
      role="treegrid"
      aria-label="Plan"
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length}
      aria-activedescendant={`plan-node-${selectedId}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
      className="min-h-0 flex-1 overflow-auto outline-offset-[-2px]"
    >
      <div className="min-w-[560px]">
        <div
          role="row"
          aria-rowindex={1}
          className="sticky top-0 z-10 grid h-[26px] items-center gap-x-2.5 border-line border-b bg-surface-1 px-3 text-ink-3 text-xs"
          style={{ gridTemplateColumns: template }}
        >
          {columns.map((column) => (
            <span
              key={column.id}
              role="columnheader"
              title={column.origin}
              className={column.numeric ? 'truncate text-right' : 'truncate'}
            >
              {column.title}
            </span>
          ))}
        </div>
        <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index]
            if (row === undefined) return null
            return (
              <PlanRow
                key={row.node.id}
                row={row}
                rowIndex={item.index + 2}
                top={item.start}
                columns={columns}
                template={template}
                share={shares[row.node.id]}
                selected={row.node.id === selectedId}
                onSelect={onSelect}
                onToggle={toggle}
              />
            )
          })}
        </div>
      </div>
    </div>
  )
}

interface PlanRowProps {
  readonly row: TreeRow
  readonly rowIndex: number
  readonly top: number
  readonly columns: readonly PlanColumn[]
  readonly template: string
  readonly share: ReturnType<typeof computeShares>[number]
  readonly selected: boolean
  readonly onSelect: (nodeId: number) => void
  readonly onToggle: (nodeId: number) => void
}

function PlanRow({
  row,
  rowIndex,
  top,
  columns,
  template,
  share,
  selected,
  onSelect,
  onToggle,
}: PlanRowProps) {
  const { node } = row
  const hasChildren = node.childIds.length > 0
  return (
    // The grid itself takes the keyboard (aria-activedescendant); a row only takes the pointer.
    <div
      id={`plan-node-${node.id}`}
      role="row"
      aria-rowindex={rowIndex}
      aria-level={node.depth + 1}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-selected={selected}
      {...(hasChildren ? { 'aria-expanded': row.expanded } : {})}
      onClick={() => onSelect(node.id)}
      onDoubleClick={() => (hasChildren ? onToggle(node.id) : undefined)}
      className={`absolute inset-x-0 grid items-center gap-x-2.5 border-line/60 border-b px-3 ${
        selected ? 'bg-surface-3' : 'hover:bg-surface-2'
      } ${node.neverExecuted ? 'text-ink-3' : ''}`}
      style={{ gridTemplateColumns: template, top, height: rowPx }}
    >
      {columns.map((column) => (
        <div
          key={column.id}
          role="gridcell"
          className={`min-w-0 truncate ${column.numeric ? 'text-right' : ''}`}
        >
          {column.render({ row, share, onToggle })}
        </div>
      ))}
    </div>
  )
}
